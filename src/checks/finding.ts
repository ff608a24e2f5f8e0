/** How much a finding matters, most expensive first. */
export const SEVERITIES = ['loses money', 'loses data', 'worth a look', 'good news'] as const

/** How much a finding matters. */
export type Severity = (typeof SEVERITIES)[number]

/** The ids of one event that a finding is about. */
export type Sample = {
  /** Segment's message id, or the event id of an event that did not come through Segment. */
  messageId: string
  /** The `opaqueUserId` that was sent, or the user of the Segment call. */
  user?: string
  bid?: string
  product?: string
  order?: string
  /** The event that this one repeats or contradicts. */
  otherMessageId?: string
  /** The id under which the same person was seen elsewhere. */
  otherUser?: string
}

/** One case of a mistake. */
export type Sighting = {
  /** Unique among the sightings of a check, and the same each time the same case is seen. */
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
  /** Why it costs, in whole sentences. */
  why: string
  /** What to do, in whole sentences. */
  cure: string
  /** Where the finding is explained, as a path inside the project. */
  link: string
  count: number
  /** When the earliest case happened, ISO 8601. */
  first: string
  /** When the latest case happened, ISO 8601. */
  last: string
  /** The newest cases, newest last; at most 10. */
  samples: Sample[]
}
