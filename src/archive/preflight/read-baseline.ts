import { SEVERITIES } from '../../checks'
import { InputError, isObject } from '../../core'
import { readText } from '../command'
import { parseReport } from './read-reports'
import type { Report } from './report'

/**
 * Reads the report of `--baseline`.
 *
 * @throws InputError if it cannot be read, or if it is not the report of a whole archive with events
 */
export async function readBaseline(file: string): Promise<Report> {
  const name = `--baseline ${file}`
  const report = parseReport(await readText(file, name), name)
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

/** An example of what is compared. The item of a list stands for each of its items. */
const COMPARED = {
  input: { events: 0, notSelected: 0 },
  days: [{ day: '', events: 0, purchases: 0, ordersWithEarlierClick: 0, revenue: {} }],
  mappings: [{ taken: 0, delivered: 0 }],
  findings: [{ code: '', severity: '', title: '', count: 0, otherCosts: [] }],
  verdict: { points: [{ badge: '', text: '' }] },
  coverage: { clicksWithBid: { count: 0, of: 0 } },
  revenue: { byCurrency: {} },
  breakdown: [{ clicks: 0, clicksWithBid: 0 }]
}

/** Returns whether a report has all that is compared. A file may have been changed since, or come from elsewhere. */
function isComparable(report: Report): boolean {
  if (!hasShape(report, COMPARED)) return false
  const { input, days, findings } = report
  return (
    [input.first, input.last].every((time) => time === null || !Number.isNaN(Date.parse(time))) &&
    days.every(({ revenue }) => hasShape(Object.values(revenue), [{ reported: 0, credited: 0 }])) &&
    findings.every(({ severity }) => Object.hasOwn(SEVERITIES, severity)) &&
    findings.every(({ cost, otherCosts }) => (cost === null || isCost(cost)) && otherCosts.every(isCost))
  )
}

function isCost(cost: unknown): boolean {
  return hasShape(cost, { amount: 0, currency: '' }) || hasShape(cost, { amount: 0, currency: null })
}

/** Returns whether a value has the kind of the example, with all of its keys. An example without items fits any list. */
function hasShape(value: unknown, example: unknown): boolean {
  if (Array.isArray(example)) {
    return Array.isArray(value) && (example.length === 0 || value.every((item) => hasShape(item, example[0])))
  }
  if (isObject(example)) {
    return isObject(value) && Object.entries(example).every(([key, part]) => hasShape(value[key], part))
  }
  if (typeof example === 'number') return Number.isFinite(value)
  return example === null ? value === null : typeof value === typeof example
}
