import type { BreakName } from './breaks'
import type { MistakeCode } from './mistakes'

/** The numbers of events that Topsort gets. */
export type Sent = { impressions: number; clicks: number; purchases: number; pageviews: number }

/**
 * The expected results of an archive: what a reader counts, what the checks find, and what is credited. Amounts are in
 * dollars.
 */
export type Truth = {
  /** Lines with an event, including repeats. */
  events: number
  /** Lines that are not JSON. */
  unreadable: number
  /** Events that Segment drops, because an earlier event of the same day has the same message id. */
  repeats: number
  /** Events whose `integrations` exclude Topsort, without repeats. */
  excluded: number
  /** Events whose mapping or conversion fails. */
  failed: number
  /** The number of events of each name, or of each type if they have no name. Without repeats. */
  calls: Record<string, number>
  /** The events that are sent to Topsort with `mappings.json`. If there is none: with the mappings of a new customer. */
  sent: Sent
  /** The sent events that have a bid. */
  sponsored: Pick<Sent, 'impressions' | 'clicks'>
  /** The number of clicks whose bid the sandbox refuses. */
  unknownBids: number
  /** The number of cases of each finding. */
  findings: Partial<Record<MistakeCode, number>>
  /** What has broken: the number of orders that it touches (for `click-robot`: of clicks), and their revenue that is lost or not credited. */
  breaks: Partial<Record<BreakName, { orders: number; revenue: number }>>
  revenue: {
    /** The amount of the order lines that are sent. */
    reported: number
    /** The amount that is credited to an ad by the default rules: the last click on the product within 14 days. */
    credited: number
    /** The amount of the order lines that cannot be sent. */
    leftOut: number
  }
  /** By the day of the event's timestamp, in UTC. */
  days: (Sent & { day: string; events: number; revenue: number })[]
}

/** The expected results of one call. Amounts are in cents. */
export type Expected = Partial<Sent> & {
  sponsored?: number
  failed?: boolean
  unknownBid?: boolean
  revenue?: number
  credited?: number
  leftOut?: number
}

/** Adds up the expected results while an archive is generated. */
export type TruthTally = {
  /** Counts a line with an event. */
  line: () => void
  unreadable: () => void
  repeat: () => void
  /** Counts a call and its expected results. Excluded calls have none. */
  call: (name: string, timestamp: string, expected: Expected, isExcluded: boolean) => void
  found: (code: MistakeCode, times?: number) => void
  /** Counts an order that something broken touches. The amount is in cents. */
  broke: (name: BreakName, cents: number) => void
  truth: () => Truth
}

type Day = Sent & { events: number; cents: number }

const NOTHING: Sent = { impressions: 0, clicks: 0, purchases: 0, pageviews: 0 }

/** Creates a tally without any results. */
export function createTruthTally(): TruthTally {
  const counts = { events: 0, unreadable: 0, repeats: 0, excluded: 0, failed: 0, unknownBids: 0 }
  const cents = { reported: 0, credited: 0, leftOut: 0 }
  const sent = { ...NOTHING }
  const sponsored = { impressions: 0, clicks: 0 }
  const calls = new Map<string, number>()
  const findings = new Map<MistakeCode, number>()
  const breaks = createBreaks()
  const days = new Map<string, Day>()

  function dayOf(timestamp: string): Day {
    const key = timestamp.slice(0, 10)
    const day = days.get(key) ?? { ...NOTHING, events: 0, cents: 0 }
    days.set(key, day)
    return day
  }

  return {
    line() {
      counts.events += 1
    },
    unreadable() {
      counts.unreadable += 1
    },
    repeat() {
      counts.repeats += 1
    },
    call(name, timestamp, expected, isExcluded) {
      calls.set(name, (calls.get(name) ?? 0) + 1)
      const day = dayOf(timestamp)
      day.events += 1
      if (isExcluded) {
        counts.excluded += 1
        return
      }
      if (expected.failed) counts.failed += 1
      if (expected.unknownBid) counts.unknownBids += 1
      for (const type of ['impressions', 'clicks', 'purchases', 'pageviews'] as const) {
        sent[type] += expected[type] ?? 0
        day[type] += expected[type] ?? 0
      }
      if (expected.impressions) sponsored.impressions += expected.sponsored ?? 0
      if (expected.clicks) sponsored.clicks += expected.sponsored ?? 0
      cents.reported += expected.revenue ?? 0
      cents.credited += expected.credited ?? 0
      cents.leftOut += expected.leftOut ?? 0
      day.cents += expected.revenue ?? 0
    },
    found(code, times = 1) {
      findings.set(code, (findings.get(code) ?? 0) + times)
    },
    broke: breaks.add,
    truth: () => ({
      ...counts,
      calls: sortedRecord(calls),
      sent,
      sponsored,
      findings: sortedRecord(findings),
      breaks: breaks.list(),
      revenue: {
        reported: cents.reported / 100,
        credited: cents.credited / 100,
        leftOut: cents.leftOut / 100
      },
      days: [...days]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([day, { cents: dayCents, ...rest }]) => ({ day, ...rest, revenue: dayCents / 100 }))
    })
  }
}

/** Counts the orders that something broken touches. */
function createBreaks() {
  const counts = new Map<BreakName, { orders: number; cents: number }>()
  return {
    add: (name: BreakName, cents: number): void => {
      const known = counts.get(name) ?? { orders: 0, cents: 0 }
      counts.set(name, { orders: known.orders + 1, cents: known.cents + cents })
    },
    list: (): Truth['breaks'] =>
      Object.fromEntries([...counts].map(([name, { orders, cents }]) => [name, { orders, revenue: cents / 100 }]))
  }
}

function sortedRecord<Key extends string>(map: ReadonlyMap<Key, number>): Record<Key, number> {
  return Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1))) as Record<Key, number>
}
