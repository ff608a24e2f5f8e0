import { isDeepStrictEqual } from 'node:util'
import { commandLine, InputError } from '../../core'
import { readText } from '../command'
import { mergeReports } from './merge-reports'
import type { Report, ReportPart } from './report'

/** The report of a part, and the file that it was read from. */
type PartReport = { file: string; report: Report; part: ReportPart }

/**
 * Reads the reports of all parts of a split, and merges them. The report of a whole archive is returned as it is if there
 * is no other one.
 *
 * @throws InputError if a file is not the report of a part, or if the parts do not make up one archive
 */
export async function readReports(files: readonly string[]): Promise<Report> {
  const reports: PartReport[] = []
  for (const file of files) {
    const report = parseReport(await readText(file), file)
    if (!report.part && files.length === 1) return mergeReports([report])
    if (!report.part) {
      throw new InputError(
        `${file} is not the report of a part, so others may have the same persons, and their figures cannot be added up. Read all folders in one run: ${commandLine('preflight', 'PATH PATH')}. Or split them first with --split.`
      )
    }
    reports.push({ file, report, part: report.part })
  }
  checkParts(reports)
  return mergeReports(reports.map(({ report }) => report))
}

/** What the reports must have in common, and the name of each. */
const COMMON: [key: keyof ReportPart, name: string][] = [
  ['input', 'of another archive'],
  ['of', 'of a split into another number of parts'],
  ['selection', 'of another time or source (--from, --to, --source)'],
  ['mappings', 'with other mappings (--mappings)'],
  ['filters', 'with other filters (--filters)'],
  ['attribution', 'with other attribution settings (--attribution)'],
  ['asSegmentReplay', 'with another --as-segment-replay'],
  ['program', 'of another version of this project']
]

/** @throws InputError if reports do not fit together, or if one is missing or there twice */
function checkParts(reports: readonly PartReport[]): void {
  const [first, ...others] = reports
  for (const { file, part } of others) {
    for (const [key, name] of COMMON) {
      if (isDeepStrictEqual(part[key], first.part[key])) continue
      throw new InputError(
        `${file} is ${name}: ${first.file} has ${show(first.part[key])}, and it has ${show(part[key])}.`
      )
    }
  }
  const files = new Map<number, string>()
  for (const { file, part } of reports) {
    const other = files.get(part.index)
    if (other !== undefined) throw new InputError(`${other} and ${file} are both reports of part ${part.index}.`)
    files.set(part.index, file)
  }
  const { of } = first.part
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((index) => !files.has(index))
  if (missing.length === 0) return
  throw new InputError(
    `The report of part ${missing.slice(0, MAX_NAMED).join(', ')} of ${of} is missing. All parts are needed.`
  )
}

const MAX_NAMED = 10

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Parses a report that was written with `--json`. @throws InputError if it is not one, or one of another version */
export function parseReport(text: string, name: string): Report {
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
