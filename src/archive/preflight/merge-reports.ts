import { InputError } from '../../core'
import { roundMoney } from '../../sandbox/attribution'
import { compareCost } from '../../checks'
import { byCount as byCountOfChange } from './changes'
import { emptyDay } from './days'
import { byCount, MAX_SAMPLES } from './message-groups'
import type { Change, Day, MessageGroup, PlacedFinding, Report, Share } from './report'

/** Returns the report of nothing. */
export function emptyReport(): Report {
  const none = (): Share => ({ count: 0, of: 0 })
  return {
    version: 1,
    input: {
      files: 0,
      bytes: 0,
      events: 0,
      unreadable: 0,
      notSelected: 0,
      repeats: 0,
      excluded: 0,
      filtered: 0,
      unmapped: 0,
      madeIds: 0,
      first: null,
      last: null
    },
    mappings: [],
    sent: { impressions: 0, clicks: 0, purchases: 0, pageviews: 0 },
    sponsored: { impressions: 0, clicks: 0 },
    failures: [],
    leftOut: [],
    unreadable: [],
    changes: [],
    findings: [],
    coverage: {
      clicksWithBid: none(),
      impressionsWithBid: none(),
      ordersWithEarlierClick: none(),
      linesWithVendor: none(),
      eventsWithAnonymousId: none(),
      eventsWithUserId: none(),
      eventsWithNoId: none()
    },
    revenue: {
      reported: 0,
      lines: 0,
      credited: 0,
      creditedLines: 0,
      leftOut: 0,
      leftOutLines: 0,
      reasons: []
    },
    days: [],
    limits: []
  }
}

/**
 * Reads a report from JSON.
 *
 * @throws InputError if it is none, or one of another version
 */
export function readReport(text: string, name: string): Report {
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

/**
 * Merges the reports of parts of an archive. The parts have no event in common, and those of one user are in one part:
 * otherwise credit and earlier clicks are counted too low.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const merged = emptyReport()
  const of = <Key extends keyof Report>(key: Key): Report[Key][] => reports.map((report) => report[key])
  return {
    ...merged,
    input: { ...addUp(merged.input, of('input')), ...timesOf(reports) },
    mappings: groupBy(of('mappings').flat(), ({ name, action }) => `${name}\n${action}`, addUpTwo),
    sent: addUp(merged.sent, of('sent')),
    sponsored: addUp(merged.sponsored, of('sponsored')),
    failures: mergeGroups(of('failures').flat()),
    leftOut: mergeGroups(of('leftOut').flat()),
    unreadable: mergeGroups(of('unreadable').flat()),
    changes: groupBy(
      of('changes').flat(),
      ({ mapping, path, kind }) => `${mapping}\n${path}\n${kind}`,
      joinChanges
    ).sort(byCountOfChange),
    findings: groupBy(of('findings').flat(), ({ code }) => code, joinFindings).sort(compareCost),
    coverage: mergeCoverage(of('coverage')),
    revenue: mergeRevenue(of('revenue')),
    days: groupBy(of('days').flat(), ({ day }) => day, joinDays).sort((one, other) => (one.day < other.day ? -1 : 1)),
    limits: [...new Set(of('limits').flat())]
  }
}

function groupBy<Item>(items: Item[], keyOf: (item: Item) => string, join: (one: Item, other: Item) => Item): Item[] {
  const groups = new Map<string, Item>()
  for (const item of items) {
    const key = keyOf(item)
    const known = groups.get(key)
    groups.set(key, known === undefined ? item : join(known, item))
  }
  return [...groups.values()]
}

function addUpTwo<Counts extends object>(one: Counts, other: Counts): Counts {
  return Object.fromEntries(
    Object.entries(one).map(([key, value]: [string, unknown]) => {
      const more: unknown = other[key as keyof Counts]
      return [key, typeof value === 'number' && typeof more === 'number' ? roundMoney(value + more) : value]
    })
  ) as Counts
}

function addUp<Counts extends object>(none: Counts, all: Counts[]): Counts {
  return all.reduce((one, other) => addUpTwo(one, other), none)
}

function timesOf(reports: readonly Report[]): Pick<Report['input'], 'first' | 'last'> {
  const firsts = reports.flatMap(({ input }) => input.first ?? [])
  const lasts = reports.flatMap(({ input }) => input.last ?? [])
  return { first: firsts.sort().at(0) ?? null, last: lasts.sort().at(-1) ?? null }
}

function mergeGroups(groups: MessageGroup[]): MessageGroup[] {
  return groupBy(groups, keyOfGroup, (one, other) => ({
    ...one,
    count: one.count + other.count,
    samples: [...one.samples, ...other.samples].slice(0, MAX_SAMPLES)
  })).sort(byCount)
}

/** The message of a code is the same in each report of a version, because it has no values. */
function keyOfGroup({ code = '', message }: { code?: string; message: string }): string {
  return `${code}\n${message}`
}

function joinChanges(one: Change, other: Change): Change {
  return { ...one, count: one.count + other.count, samples: [...one.samples, ...other.samples].slice(0, MAX_SAMPLES) }
}

function joinFindings(one: PlacedFinding, other: PlacedFinding): PlacedFinding {
  return {
    ...one,
    count: one.count + other.count,
    first: one.first < other.first ? one.first : other.first,
    last: one.last > other.last ? one.last : other.last,
    samples: [...one.samples, ...other.samples].slice(-MAX_SAMPLES)
  }
}

function mergeCoverage(all: Report['coverage'][]): Report['coverage'] {
  const none = emptyReport().coverage
  const keys = Object.keys(none) as (keyof Report['coverage'])[]
  return Object.fromEntries(
    keys.map((key) => [
      key,
      addUp(
        none[key],
        all.map((coverage) => coverage[key])
      )
    ])
  ) as Report['coverage']
}

function mergeRevenue(all: Report['revenue'][]): Report['revenue'] {
  const reasons = groupBy(
    all.flatMap((revenue) => revenue.reasons),
    keyOfGroup,
    (one, other) => ({ ...addUpTwo(one, other), samples: [...one.samples, ...other.samples].slice(0, MAX_SAMPLES) })
  )
  return {
    ...addUp(emptyReport().revenue, all),
    reasons: reasons.sort((one, other) => other.amount - one.amount || other.lines - one.lines)
  }
}

function joinDays(one: Day, other: Day): Day {
  return addUpTwo({ ...emptyDay(one.day), ...one }, other)
}
