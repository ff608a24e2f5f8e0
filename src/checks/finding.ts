import { SEVERITIES, type Severity } from './severities'
import type { CheckText, WholeResult } from './model'

/** One case of a finding. Most of the values are those of one check. */
export type Sample = CaseIds & {
  /** In `broken-since`: the share that changed in a step, and the first day after it, such as `2026-01-18`. */
  measure?: string
  day?: string
  /** The shares before and after the step, from 0 to 1, or events a day. */
  before?: number
  after?: number
  /** In `broken-since` and `mapping-fails`: where the events come from. */
  source?: string
  platform?: string
  version?: string
  mapping?: string
  /** In `mapping-fails`: the field without a value, the path of a sibling that holds it, and the first day. */
  field?: string
  found?: string
  since?: string
  /** In `unmapped-events`: the name of the events, and what they look like. */
  name?: string
  looksLike?: string
  /** In `trigger-loses-meaning`: a trigger, and the spelling that works. */
  trigger?: string
  spelling?: string
}

/** The ids of one case. */
export type CaseIds = {
  /** Segment's message id. For an event that did not come through Segment, its event id. */
  messageId: string
  /** The `opaqueUserId` that was sent, or the user of the Segment call. */
  user?: string
  bid?: string
  product?: string
  order?: string
  /** The other event of the case, for example the first click of a double click. */
  otherMessageId?: string
  /** Another id of the same person. */
  otherUser?: string
  /** Only with `hasSortKeys`: a text that sorts the samples of a finding, the newest last. */
  sortKey?: string
}

/** What happened to the revenue of orders because of a mistake. */
export type CostKind = 'uncredited' | 'not reported' | 'reported twice' | 'reported wrongly'

/** An amount of money. */
export type Money = {
  amount: number
  /** The ISO 4217 code, or null if the order names none. */
  currency: string | null
}

/** What a mistake costs: the revenue of the orders that it touches. Each line of an order counts once. */
export type Cost = Money & { of: CostKind }

/** One case of a mistake. */
export type Sighting = {
  /** Identifies the case among the sightings of a check. It stays the same when the case is found again. */
  key: string
  /** When the event happened, in milliseconds since 1970. */
  time: number
  /** The revenue that the case touches. Absent if it touches none, or if it is not known. */
  revenue?: Money
  sample: Sample
}

/** All cases of one mistake. */
export type Finding = {
  /** Stable: other tools may rely on it. */
  code: string
  severity: Severity
  /** A sentence without its period. */
  title: string
  /** Why the mistake costs money or data, in whole sentences. */
  why: string
  /** What to do about it, in whole sentences. */
  cure: string
  /** The section of the documentation that explains the finding, as a path in this project. */
  link: string
  count: number
  /** What it costs, in the currency that it costs most in. Null if that is not known, or if it costs no revenue. */
  cost: Cost | null
  /** What it costs in other currencies. Amounts in several currencies are never added up. */
  otherCosts: Cost[]
  /** When the earliest case happened, ISO 8601. */
  first: string
  /** When the latest case happened, ISO 8601. */
  last: string
  /** The newest 10 cases, newest last. */
  samples: Sample[]
  /** One or two sentences with the figures of this finding, if the title and the count say too little. */
  sentence?: string
  /** Set if the sentence says what the finding costs. */
  isCostSaid?: true
}

const ORDER = Object.keys(SEVERITIES)

type Rank = Pick<Finding, 'severity' | 'cost' | 'count' | 'code'>

/**
 * Compares two findings for sorting: by severity, then by what they cost, then by count, the highest first.
 *
 * @example
 * findings.sort(compareCost)
 */
export function compareCost(one: Rank, other: Rank): number {
  return (
    ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity) ||
    (other.cost?.amount ?? 0) - (one.cost?.amount ?? 0) ||
    other.count - one.count ||
    one.code.localeCompare(other.code)
  )
}

/**
 * Makes a finding of what a check has found.
 *
 * @param result times in milliseconds since 1970, and the costs by currency, the largest first
 */
export function toFinding(
  { code, severity, title, why, cure }: CheckText,
  { count, first, last, costs, samples, sentence, isCostSaid }: WholeResult
): Finding {
  const [cost = null, ...otherCosts] = costs
  return {
    code,
    severity,
    title,
    why,
    cure,
    link: `docs/findings.md#${code}`,
    count,
    cost,
    otherCosts,
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    samples,
    ...(sentence !== undefined && { sentence }),
    ...(isCostSaid && { isCostSaid })
  }
}
