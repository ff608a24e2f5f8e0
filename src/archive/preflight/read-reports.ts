import { readFile } from 'node:fs/promises'
import { InputError } from '../../core'
import { mergeReports } from './merge-reports'
import type { Report } from './report'

/**
 * Reads the reports of parts, and merges them.
 *
 * @throws InputError if a file is not a report
 */
export async function readReports(files: readonly string[]): Promise<Report> {
  const reports: Report[] = []
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new InputError(`${file} cannot be read: ${(error as Error).message}.`)
    })
    reports.push(parseReport(text, file))
  }
  return mergeReports(reports)
}

/** @throws InputError if the text is not a report, or one of another version */
function parseReport(text: string, name: string): Report {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InputError(`${name} is not JSON. Write it with preflight --json.`)
  }
  const { version, input, days } = Object(value) as Partial<Report>
  if (version !== 1 || typeof input !== 'object' || !Array.isArray(days)) {
    throw new InputError(`${name} is not a report of this version. Write it with preflight --json.`)
  }
  return value as Report
}
