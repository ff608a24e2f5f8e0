/**
 * The shapes that the workbench's routes answer and take. There are only types in this file, so that the page can import
 * it, and nothing that runs in the server.
 */
import type { JSONObject } from '@segment/actions-core'
import type { Finding } from '../checks'
import type { Counts, Difference, EventLabel, Exchange, Stage } from '../pipeline'
import type { Attribution, ScriptsLeft } from '../sandbox'

export type { Finding, Sample, Severity } from '../checks'
export type { Counts, Difference, EventLabel, Exchange, Stage } from '../pipeline'
export type {
  AttributedLine,
  Attribution,
  AttributionChanges,
  AttributionSettings,
  AuctionScript,
  Fault,
  Product
} from '../sandbox'

/** How far a delivery got. `received` is one that was not tried yet. */
export type RowStage = Stage | 'received'

/** One Segment event at one mapping, as a row of the list of events. */
export type DeliveryRow = {
  /** Unique, and higher for what came later. */
  sequence: number
  /** ISO 8601. */
  receivedAt: string
  /** Null for a request that was refused as a whole. */
  event: EventLabel | null
  /** Null if the event got to no mapping. */
  mapping: string | null
  stage: RowStage
  /** The HTTP status of the last try. 0 before the first one. */
  status: number
  message: string
  attempts: number
  /** When it is tried again, ISO 8601. Only while the stage is `pending retry`. */
  nextTryAt?: string
  /** The codes of the findings about this event. */
  findings: string[]
}

/** A difference with what a reader needs to understand it. */
export type ExplainedDifference = Difference & {
  /** Where the value is in the payload. Another path than `path` if it is a fallback for the field there. */
  place: string
  /** Where the value is in `sent`: `clicks[0].entity.id`. Absent if it was not sent. */
  sentPlace?: string
  /** The label of the field in Segment's mapping editor. */
  label: string
  /** The description of the field, as Segment shows it. Empty if it has none. */
  description: string
  /** What the destination did to the value, and why, in a sentence or two. */
  rule: string
}

/** One try of an event. */
export type Try = {
  /** When it started, ISO 8601. */
  at: string
  /** How long it took, in milliseconds. */
  duration: number
  status: number
  message: string
}

/** `GET /workbench/deliveries/:sequence`: a row with everything that is known about it. */
export type WholeDelivery = DeliveryRow & {
  /** The key of the action. Absent if the event got to no mapping. */
  action?: string
  /** The Segment call, as Segment hands it to destinations. Absent for what was refused. */
  call?: JSONObject
  /** What the mapping made of the call. */
  payload?: unknown
  /** What was sent for the call: its part of the requests' bodies. */
  sent?: unknown
  differences: ExplainedDifference[]
  tries: Try[]
  /** The requests about this event, in the order in which they started. Those of a batch are about others as well. */
  exchanges: Exchange[]
  /** What `POST /workbench/topsort` would send. Null if there is nothing, or if it is not possible here. */
  billable: Billable | null
}

/** How many events of each type a request holds. */
export type Billable = { impressions: number; clicks: number; purchases: number; pageviews: number }

/** `POST /workbench/topsort`. `confirm` repeats `billable` of the delivery. */
export type TopsortRequest = { sequence: number; confirm: Billable }

/** The answer to `POST /workbench/topsort`: the request and what Topsort said. `ok` if it was stored. */
export type TopsortAnswer = { ok: boolean; message: string; exchange: Exchange }

/**
 * The events of `GET /workbench/stream`, by name, with the type of their data. All but `forgotten` come at the start, and
 * then when something has changed.
 */
export type StreamEvents = {
  /** What does not change while the workbench runs. */
  workbench: WorkbenchInfo
  /** New rows and rows that have changed, at most 500. A row with a known sequence replaces the one before. */
  rows: DeliveryRow[]
  /** Only with `?query=`: the sequences of rows that have changed and do not match any more. */
  left: number[]
  counts: Counts
  findings: Finding[]
  /** Everything before is void. */
  forgotten: null
}

/** What a page needs to know about the workbench as a whole. */
export type WorkbenchInfo = {
  /** How many rows are kept. */
  keep: number
  /** Whether events go to Topsort itself. */
  live: boolean
  /** Whether `POST /workbench/topsort` is possible. */
  canSendToTopsort: boolean
}

/** `GET /workbench/mappings`, and one of the shapes that `PUT` takes. */
export type MappingEntry = {
  name: string
  /** The key of the action. */
  action: string
  /** Which events it takes, in Segment's filter language. */
  trigger: string
  enabled: boolean
  mapping: JSONObject
}

/** `POST /workbench/preview`. */
export type PreviewRequest = { mappings: MappingEntry[] }

/** The answer to `POST /workbench/preview`, one for each mapping. */
export type Preview = {
  name: string
  /** How many of the kept events the mapping takes. */
  taken: number
  /** The newest of them, newest last, at most 20. */
  events: PreviewedEvent[]
}

export type PreviewedEvent = {
  event: EventLabel
  receivedAt: string
  /** What the mapping with this name makes of the event now. Null if there is none, or if it does not take the event. */
  now: PreviewedResult | null
  /** What the edited mapping would make of it. */
  then: PreviewedResult
  /** What changes in what is sent: `from` is now, `to` is then. */
  changes: Difference[]
}

export type PreviewedResult = {
  ok: boolean
  /** The framework's or the destination's own words. Empty if there is nothing to say. */
  message: string
  payload?: unknown
  sent?: unknown
  differences: ExplainedDifference[]
}

/** `GET /workbench/settings`: the destination's settings, never the key. `PUT` takes `{key: value}`. */
export type SettingEntry = {
  key: string
  label: string
  description: string
  type: string
  value: unknown
  default?: unknown
}

/** `GET /workbench/definition`: what a mapping can be made of. */
export type DefinitionAnswer = {
  name: string
  actions: ActionEntry[]
  /** The directives that a mapping can have. */
  directives: { key: string; description: string; example: unknown }[]
}

export type ActionEntry = {
  key: string
  title: string
  description: string
  /** The trigger that Segment suggests. */
  trigger: string
  fields: FieldEntry[]
  /** The mapping that a new subscription starts with. */
  mapping: JSONObject
}

export type FieldEntry = {
  key: string
  label: string
  description: string
  type: string
  required: boolean
  multiple: boolean
  choices?: { label: string; value: unknown }[]
  default?: unknown
  /** The fields of an object. */
  properties?: FieldEntry[]
}

/** `GET /workbench/shoppers`: newest last. */
export type ShopperSummary = ShopperFigures & {
  /** An `opaqueUserId`. */
  user: string
  /** Other ids of the same person, by linked users. */
  linked: string[]
  /** When the shopper was first and last seen, ISO 8601. */
  first: string
  last: string
}

export type ShopperFigures = {
  auctions: number
  impressions: number
  clicks: number
  orders: number
  /** Clicks on ads for each impression of an ad, from 0. Null without an impression of an ad. */
  clickThrough: number | null
  /** In the marketplace's currency. */
  attributedRevenue: number
  organicRevenue: number
}

/** `GET /workbench/shoppers/:user`. */
export type Shopper = ShopperSummary & {
  /** Oldest first. */
  timeline: ShopperMoment[]
  /** The order lines, and what each is credited to. */
  lines: Attribution['lines']
  settings: Attribution['settings']
  /** Whose word counts in production. */
  note: string
}

/** One thing that happened. `at` is ISO 8601. */
export type ShopperMoment =
  | {
      type: 'auction'
      at: string
      format: string
      winners: { id: string; type: string; resolvedBidId: string }[]
    }
  | {
      type: 'impression' | 'click'
      at: string
      id: string
      /** The product or vendor, if the event or its auction names one. */
      about?: string
      resolvedBidId?: string
      format: string
    }
  | {
      type: 'order'
      at: string
      id: string
      revenue: number
      lines: number
    }

/** `GET /workbench/faults`: what is left of the scripts. */
export type FaultsLeft = ScriptsLeft

/** `GET /workbench/samples`. */
export type EventSample = {
  key: string
  title: string
  /** What the sample shows, in a sentence or two. */
  description: string
  /** `spec` for an event of Segment's ecommerce spec, `case` for one of Topsort's, `mistake` for one that goes wrong. */
  kind: 'spec' | 'case' | 'mistake'
  /**
   * Segment calls without `messageId` and times, which get new ones when they are sent. The text `{{user}}` is where the
   * user's id goes, and `{{bid}}` where the bid goes of the auction below.
   */
  events: JSONObject[]
  /** The auction to run first, for `POST /v2/auctions`. Its first winner has the bid. */
  auction?: JSONObject
}
