import { SEVERITIES, type Severity } from './severities'

/** The ids of one case. */
export type Sample = {
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

/** One case of a mistake. */
export type Sighting = {
  /** Identifies the case among the sightings of a check. It stays the same when the case is found again. */
  key: string
  /** When the event happened, in milliseconds since 1970. */
  time: number
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
  /** When the earliest case happened, ISO 8601. */
  first: string
  /** When the latest case happened, ISO 8601. */
  last: string
  /** The newest 10 cases, newest last. */
  samples: Sample[]
}

const ORDER = Object.keys(SEVERITIES)

/**
 * Compares two findings for sorting: by severity, then by count, the highest first.
 *
 * @example
 * findings.sort(compareCost)
 */
export function compareCost(
  one: Pick<Finding, 'severity' | 'count' | 'code'>,
  other: Pick<Finding, 'severity' | 'count' | 'code'>
): number {
  return (
    ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity) ||
    other.count - one.count ||
    one.code.localeCompare(other.code)
  )
}
