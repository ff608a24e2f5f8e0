import { readFile } from 'node:fs/promises'
import { InputError } from '../../core'
import { mergeReports, readReport } from './merge-reports'
import type { Report } from './report'

/** Reads the reports of parts, and merges them. @throws InputError if a file is none */
export async function readReports(files: readonly string[]): Promise<Report> {
  const reports: Report[] = []
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new InputError(`${file} cannot be read: ${(error as Error).message}.`)
    })
    reports.push(readReport(text, file))
  }
  return mergeReports(reports)
}
