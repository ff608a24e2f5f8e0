import { readFile } from 'node:fs/promises'
import { SEVERITIES } from '../../checks'
import { InputError, isObject } from '../../core'
import { parseReport } from './read-reports'
import type { Report } from './report'

/**
 * Reads the report of `--baseline`.
 *
 * @throws InputError if it cannot be read, or if it is not the report of a whole archive with events
 */
export async function readBaseline(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new InputError(`--baseline ${file} cannot be read: ${(error as Error).message}.`)
  })
  const name = `--baseline ${file}`
  const report = parseReport(text, name)
  if (!isComparable(report)) {
    throw new InputError(`${name} is not a report of this version. Write it with preflight --json.`)
  }
  if (report.part) {
    throw new InputError(`${name} is the report of a part. Merge the reports of all parts first, with --merge.`)
  }
  if (report.input.first === null || report.input.last === null) {
    throw new InputError(`${name} has no events, so nothing can be compared with it.`)
  }
  return report
}

/** Returns whether a value has all that is compared. A file may have been changed since, or come from elsewhere. */
function isComparable({ input, days, ...report }: Partial<Record<keyof Report, unknown>>): boolean {
  const { mappings, findings, verdict, coverage, revenue, breakdown } = report
  return (
    isObject(input) &&
    [input.events, input.notSelected].every(Number.isFinite) &&
    [input.first, input.last].every(isTime) &&
    isListOf(days, isDay) &&
    isListOf(mappings, ({ taken, delivered }) => [taken, delivered].every(Number.isFinite)) &&
    isListOf(findings, isFinding) &&
    isObject(verdict) &&
    isListOf(verdict.points, ({ badge, text }) => typeof badge === 'string' && typeof text === 'string') &&
    isObject(coverage) &&
    isObject(coverage.clicksWithBid) &&
    [coverage.clicksWithBid.count, coverage.clicksWithBid.of].every(Number.isFinite) &&
    isObject(revenue) &&
    isObject(revenue.byCurrency) &&
    isListOf(breakdown, ({ clicks, clicksWithBid }) => [clicks, clicksWithBid].every(Number.isFinite))
  )
}

const DAY_COUNTS = ['events', 'purchases', 'ordersWithEarlierClick']

type Item = Record<string, unknown>

function isDay({ day, revenue, ...counts }: Item): boolean {
  return (
    typeof day === 'string' &&
    DAY_COUNTS.every((key) => Number.isFinite(counts[key])) &&
    isObject(revenue) &&
    isListOf(Object.values(revenue), ({ reported, credited }) => [reported, credited].every(Number.isFinite))
  )
}

function isListOf(value: unknown, isItem: (item: Item) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isObject(item) && isItem(item))
}

function isFinding({ code, severity, title, count, cost, otherCosts }: Item): boolean {
  return (
    [code, severity, title].every((text) => typeof text === 'string') &&
    Object.hasOwn(SEVERITIES, severity as string) &&
    Number.isFinite(count) &&
    (cost === null || (isObject(cost) && isCost(cost))) &&
    isListOf(otherCosts, isCost)
  )
}

function isCost({ amount, currency }: Item): boolean {
  return Number.isFinite(amount) && (currency === null || typeof currency === 'string')
}

function isTime(value: unknown): boolean {
  return value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
}
