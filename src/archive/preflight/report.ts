import type { BreakdownGroup, Cost, Diagnosis, Finding, Sample, SavedWholes } from '../../checks'
import type { LostTrigger } from '../../pipeline'
import type { emptyCoverage, emptyDay, emptyInput, RevenueSums, Share } from './empty'
import type { describePart } from './part'

export type { RevenueSums, Share } from './empty'

/**
 * The result of a preflight. Plain data: it is written as JSON, and reports of parts of an archive can
 * be merged. Sums of amounts in several currencies are in `revenue.byCurrency`. Days and times are in UTC.
 */
export type Report = {
  /** The version of this shape. */
  version: 1
  /** Set if the archive was a part of a split one. */
  part?: ReportPart
  /** What costs most, at most five sentences. Empty if nothing is lost. */
  diagnosis: Diagnosis[]
  /** Set by `--baseline`: what changed since an earlier report. */
  changesSince?: ChangesSince
  /** What the report means. */
  verdict: Verdict
  input: InputCounts
  mappings: MappingCounts[]
  /** Events that Topsort would get. */
  sent: SentCounts
  /** Those of them that have a bid. The others are organic. */
  sponsored: Pick<SentCounts, 'impressions' | 'clicks'>
  /** Events that would fail, grouped by their reason, most frequent first. */
  failures: MessageGroup[]
  /** Events that would be sent in part, grouped in the same way. An event is in a group for each part that is omitted. */
  leftOut: MessageGroup[]
  /** Lines and files that could not be read, grouped by the reason. */
  unreadable: MessageGroup[]
  /** Optional values that would be changed or omitted, most frequent first. */
  changes: Change[]
  /** The mistakes that cost money, most expensive first. */
  findings: PlacedFinding[]
  coverage: Coverage
  revenue: Revenue
  /** By the day on which the events happened, oldest first. */
  days: Day[]
  /** By source, platform, app version and SDK: the largest 20 groups, and the rest in one. */
  breakdown: BreakdownGroup[]
  /** The limits of the report, because memory is bounded. Whole sentences. */
  limits: string[]
  /** The sketches of the checks that need all calls, with which `--merge` goes on. Their shape may change. */
  sketches: SavedWholes
}

/** What a report of a part must have in common with the reports of the other parts. */
export type ReportPart = ReturnType<typeof describePart>

/** A report that is not judged yet. */
export type ReportFacts = Omit<Report, 'verdict' | 'diagnosis' | 'breakdown' | 'changesSince'>

/** What changed since an earlier report. Each list has the most expensive changes first, and shares last. */
export type ChangesSince = {
  /** The archive of the earlier report. The times are ISO 8601. */
  baseline: { first: string; last: string; events: number }
  /** Findings and points that the earlier report does not have. */
  new: Difference[]
  /** Findings that grew, and shares that fell. */
  worse: Difference[]
  /** Findings and points that only the earlier report has. */
  gone: Difference[]
}

/** A difference between two reports. */
export type Difference = {
  kind: 'finding' | 'point' | 'share'
  /** The code of the finding, the badge of the point, or the key of the share. */
  code: string
  /** The platform and the source whose share fell. Absent for all of them together. */
  platform?: string
  /** One or more whole sentences. */
  sentence: string
  /** Whether money or data is lost. Then the command exits with 1 if the difference is new or worse. */
  isLoss: boolean
  /** The cases among the events, or the share that fell. Absent for points. */
  shares?: { before: Share; after: Share }
  /** The cost a day, by currency. Absent if neither report has one, or if one is of less than 20 hours. */
  costsPerDay?: { before: Cost[]; after: Cost[] }
}

/** A point that needs attention. */
export type Point = {
  /** A whole sentence. */
  text: string
  /** In one or two words, what is affected. */
  badge: string
  tone: 'bad' | 'waiting' | 'neutral'
  /** The part of the HTML report that has more, such as `#failures`. */
  href?: string
  /** Whether money or data is lost. Then the command exits with 1. */
  isLoss: boolean
}

/** What a report means for its reader. */
export type Verdict = {
  /** `clear` only with evidence: enough events of each kind, most of them delivered, and some revenue credited. */
  state: 'needs attention' | 'clear' | 'too little evidence'
  /** The points to look at, most important first. */
  points: Point[]
  /** What the archive lacks to tell that all is well, such as `10 orders (it has 3)`. */
  missing: string[]
}

/** Where the events of the archive went, up to the mappings. */
export type InputCounts = ReturnType<typeof emptyInput>

export type MappingCounts = {
  name: string
  /** The key of the action in the destination's definition. */
  action: string
  /** Events that the mapping takes. They are delivered or fail. */
  taken: number
  delivered: number
  failed: number
  /** Delivered events without a part, such as a line of an order. */
  leftOut: number
  /** Set if Segment takes the trigger as something else than it says. */
  lostTrigger?: Omit<LostTrigger, 'mapping'>
}

export type SentCounts = Pick<Day, 'impressions' | 'clicks' | 'purchases' | 'pageviews'>

/**
 * Where an event is in the archive: `file:line`. In the report of a part, `sortKey` sorts the samples of a group, so that
 * merged groups have the samples that one run has.
 */
export type SamplePlace = { place: string; sortKey?: string }

/** One event, and where it is. */
export type PlacedSample = SamplePlace & { messageId?: string; message?: string }

/** Events with the same problem. */
export type MessageGroup = {
  /** The code of the reason. Absent for what could not be read, and in reports of older versions. */
  code?: string
  /** `…` stands for a value, and `N` for a number. */
  message: string
  count: number
  samples: PlacedSample[]
}

export type Change = {
  mapping: string
  /** The field, such as `items[].quantity`. */
  path: string
  kind: 'changed' | 'omitted'
  count: number
  samples: (SamplePlace & { messageId: string; from: string; to?: string })[]
}

export type PlacedFinding = Omit<Finding, 'samples'> & { samples: (Sample & { place?: string })[] }

/** What the events have that Topsort needs. */
export type Coverage = ReturnType<typeof emptyCoverage>

export type Revenue = {
  /** The order lines that are sent, that are credited, and that are not sent. */
  lines: number
  creditedLines: number
  leftOutLines: number
  /** `unknown` is for orders that name no currency. */
  byCurrency: Record<string, RevenueSums>
  /** `code` is that of the line's problem, or of the reason why the order fails. */
  reasons: {
    code?: string
    message: string
    lines: number
    amounts: Amounts
    samples: PlacedSample[]
  }[]
}

/** Amounts by currency. `unknown` is for those without one. */
export type Amounts = Record<string, number>

export type Day = ReturnType<typeof emptyDay>
