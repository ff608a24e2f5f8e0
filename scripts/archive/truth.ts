import type { MistakeCode } from './mistakes'

/** What Topsort gets for one call, or for all of them. */
export type Sent = { impressions: number; clicks: number; purchases: number; pageviews: number }

/**
 * What is known of an archive because it was made: what a reader must count, what checks must find, and what must be
 * credited. Amounts are in dollars.
 */
export type Truth = {
  /** Lines that hold an event, repeats included. */
  events: number
  /** Lines that are not JSON. */
  unreadable: number
  /** Events with the message id of an earlier one of the same day, which Segment drops. */
  repeats: number
  /** Events whose `integrations` leave Topsort out, without repeats. */
  excluded: number
  /** Events whose mapping or conversion fails. */
  failed: number
  /** Events by name, or by type if they have none. Without repeats. */
  calls: Record<string, number>
  /** What is sent to Topsort with the mappings beside the archive, or else with those of a new customer. */
  sent: Sent
  /** Those that have a bid. */
  sponsored: Pick<Sent, 'impressions' | 'clicks'>
  /** How many clicks have a bid that the sandbox refuses. */
  unknownBids: number
  /** The findings of the checks over the whole archive. */
  findings: Partial<Record<MistakeCode, number>>
  revenue: {
    /** In the order lines that are sent. */
    reported: number
    /** Credited to an ad by the default rules: the last click on the same product within 14 days. */
    credited: number
    /** In the order lines that cannot be sent. */
    leftOut: number
  }
  /** By the day of the event's timestamp, in UTC. */
  days: (Sent & { day: string; events: number; revenue: number })[]
}

/** What one call adds to the truth. Amounts are in cents. */
export type Expected = Partial<Sent> & {
  sponsored?: number
  failed?: boolean
  unknownBid?: boolean
  revenue?: number
  credited?: number
  leftOut?: number
}

/** Collects the truth while an archive is made. */
export type TruthTally = {
  /** Counts a line with an event. */
  line: () => void
  unreadable: () => void
  repeat: () => void
  /** Counts a call, and what must come of it. An excluded one comes to nothing. */
  call: (name: string, timestamp: string, expected: Expected, isExcluded: boolean) => void
  found: (code: MistakeCode, times?: number) => void
  truth: () => Truth
}

type Day = Sent & { events: number; cents: number }

const NOTHING: Sent = { impressions: 0, clicks: 0, purchases: 0, pageviews: 0 }

export function createTruthTally(): TruthTally {
  const counts = { events: 0, unreadable: 0, repeats: 0, excluded: 0, failed: 0, unknownBids: 0 }
  const cents = { reported: 0, credited: 0, leftOut: 0 }
  const sent = { ...NOTHING }
  const sponsored = { impressions: 0, clicks: 0 }
  const calls = new Map<string, number>()
  const findings = new Map<MistakeCode, number>()
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
    truth: () => ({
      ...counts,
      calls: sortedRecord(calls),
      sent,
      sponsored,
      findings: sortedRecord(findings),
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

function sortedRecord<Key extends string>(map: Map<Key, number>): Record<Key, number> {
  return Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1))) as Record<Key, number>
}
