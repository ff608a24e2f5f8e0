/**
 * The types of what the workbench's routes take and answer. The page imports this file, so it has only types and no code
 * of the server.
 */
import type { JSONObject } from '@segment/actions-core'
import type { Finding as CheckFinding, FindingWork, Money } from '../checks'
import type { BlamedValue, Difference, ExplainedDifference } from '../comparison'
import type { Reason } from '../core'
import type { Attempt as RecordedAttempt, Counts, EventLabel, EventResult, Exchange, Stage } from '../pipeline'
import type { AttributedLine, Attribution, NoCreditCode, ScriptsLeft as FaultsLeft } from '../sandbox'
import type { Suggestion, Suggestions } from '../suggest'

export type { Diagnosis, EventKind, Money, Sample, Severity, Trend } from '../checks'
export type { BlamedValue, Difference, ExplainedDifference } from '../comparison'
export type { Reason } from '../core'
export type { Counts, EventLabel, Exchange, Stage } from '../pipeline'
export type { FieldNote, Figures } from '../suggest'
export type {
  AttributedLine,
  Attribution,
  AttributionChanges,
  AttributionSettings,
  AuctionScript,
  Fault,
  NoCreditCode,
  Product,
  ScriptsLeft as FaultsLeft
} from '../sandbox'

/** `GET /workbench/findings`: a mistake, and what helps to work on it. */
export type Finding = CheckFinding &
  FindingWork & {
    /** The library that made the newest case, such as `analytics.js`. Absent if its call is not known. */
    sdk?: string
    /** The name of the event of the newest case. */
    event?: string
  }

/** How far a delivery got. `received` means that there was no attempt yet. */
export type RowStage = Stage | 'received'

/** One Segment event at one mapping, as a row of the list of events. */
export type DeliveryRow = {
  /** Unique. Later deliveries have higher numbers. */
  sequence: number
  /** ISO 8601. */
  receivedAt: string
  /** Null for a request that was refused, or accepted with a warning, as a whole. */
  event: EventLabel | null
  /** Null if the event got to no mapping. */
  mapping: string | null
  stage: RowStage
  /** The HTTP status of the last attempt. 0 before the first one. */
  status: number
  message: string
  /** The message as data: why the event failed, or what of it was omitted. Absent if there is no reason. */
  reason?: Reason
  /** All codes in the reason: the destination's and Topsort's. */
  codes: string[]
  attempts: number
  /** The time of the next attempt, ISO 8601. Only while the stage is `pending retry`. */
  nextTryAt?: string
  /** The codes of the findings about this event. */
  findings: string[]
  /** The status of Topsort's own answer. Null if there was no answer, absent if there was no request. */
  answer?: number | null
  /** Whether Topsort has a part of the event, and the rest is lost. */
  isPartial?: true
  /** Whether there was nothing to send for a delivered event. */
  isNothingSent?: true
  /** What the event is about. Absent if it names nothing. */
  about?: RowAbout
  /** Only for views and clicks. */
  ad?: RowAd
  /** Only for orders. */
  value?: RowValue
}

/** What an event is about: the first of its products or lines, and how many `more` there are. */
export type RowAbout = {
  kind: 'product' | 'vendor' | 'banner' | 'page' | 'link'
  /** The id of the product, vendor, banner or page. Of a link, the first user id. */
  id?: string
  /** The name of a product as the shop has it, the type of a page, or the second user id of a link. */
  name?: string
  /** Absent if it is 1. */
  quantity?: number
  more?: number
}

/** Whether a view or a click is about an ad. */
export type RowAd = {
  /** How many of the event's products are ads, and how many there are. */
  sponsored: number
  of: number
  /** Whether it is about an ad on another site, which needs no bid. */
  isOffsite?: true
  /** The first bid. Absent if the event is organic, or about an ad on another site. */
  bid?: string
  /** The auction that gave the bid. Absent if no auction here did. */
  auction?: { at: string; format: string }
}

/** The value of an order, and the credit for it. */
export type RowValue = {
  amount: number
  currency?: string
  /** The id of the order in the shop, or else in Topsort. */
  order: string
  /** The part that ads get the credit for. Absent if Topsort does not have the order, and in live mode. */
  credited?: number
  /** Why the largest line without credit has none. Absent if all of the order is credited. */
  why?: NoCreditCode
}

/** One attempt to deliver an event. Its requests are in the `exchanges` of the delivery. */
export type Attempt = Omit<RecordedAttempt, 'exchanges'> & Pick<DeliveryRow, 'answer'>

/** `GET /workbench/deliveries/:sequence`: a row with all details. */
export type WholeDelivery = DeliveryRow & {
  /** The key of the action. Absent if the event got to no mapping. */
  action?: string
  /** The Segment call, as destinations get it. If Segment would refuse it, as the shop sent it. */
  call?: JSONObject
  /** The values of the call that a failure is about. */
  blamed: BlamedValue[]
  /** How the event belongs to an auction, other events and an order. Absent for events without such a story. */
  story?: Story
  /** The result of the mapping. */
  payload?: unknown
  /** The part of the requests' bodies that was sent for this call. */
  sent?: unknown
  differences: ExplainedDifference[]
  tries: Attempt[]
  /** The requests about this event, in the order of their start. A request of a batch is about other events as well. */
  exchanges: Exchange[]
  /** The events that `POST /workbench/topsort` would send. Null if there are none, or if the route cannot be used. */
  billable: Billable | null
}

/** The number of events of each type in a request. */
export type Billable = { impressions: number; clicks: number; purchases: number; pageviews: number }

/** `POST /workbench/topsort`. `confirm` repeats `billable` of the delivery. */
export type TopsortRequest = { sequence: number; confirm: Billable }

/** The answer to `POST /workbench/topsort`: the request and Topsort's answer. `ok` if Topsort stored the events. */
export type TopsortAnswer = { ok: boolean; message: string; exchange: Exchange }

/**
 * The events of `GET /workbench/stream`, by name, with the type of their data. All except `forgotten` are sent at the
 * start, and again after each change.
 */
export type StreamEvents = {
  /** Facts that stay the same while the workbench runs. */
  workbench: WorkbenchInfo
  /** New and changed rows, at most 500. A row replaces an earlier one with the same sequence. */
  rows: DeliveryRow[]
  /** Only with `?query=`: the sequences of changed rows that no longer match. */
  left: number[]
  counts: Counts
  findings: Finding[]
  /** The scripts that are not used up. Not in live mode. */
  faults: FaultsLeft
  /** The workbench has forgotten everything that was sent before. */
  forgotten: null
}

/** A saved case that was opened. */
export type OpenedCase = {
  /** ISO 8601. */
  savedAt: string
  /** Whether user ids are replaced by pseudonyms. */
  masked: boolean
}

/** Facts about the workbench as a whole. */
export type WorkbenchInfo = {
  /** The number of rows that are kept. */
  keep: number
  /** Whether events go to Topsort itself. */
  live: boolean
  /** Whether `POST /workbench/topsort` is possible. */
  canSendToTopsort: boolean
  /** The case that the events come from. Absent if none was opened. */
  case?: OpenedCase
}

/** `GET /workbench/mappings`, and one of the shapes that `PUT` takes. */
export type MappingEntry = {
  name: string
  /** The key of the action. */
  action: string
  /** The condition for the events that it takes, in Segment's filter language. */
  trigger: string
  enabled: boolean
  mapping: JSONObject
}

/**
 * `GET /workbench/filters`: the destination filters as they were given, which are the answer of Segment's Public API or
 * only its list. `PUT` takes the same.
 */
export type FiltersAnswer = FilterEntry[] | { filters: FilterEntry[] } | { data: { filters: FilterEntry[] } }

export type FilterEntry = {
  title?: string
  /** The condition for the events that it changes or drops, in Segment's filter language. */
  if: string
  /** Default: true. */
  enabled?: boolean
  actions: { type: string }[]
}

/** `GET /workbench/suggestions`: what the events that came suggest. Mappings are as in `GET /workbench/mappings`. */
export type SuggestionsAnswer = Omit<Suggestions, 'suggestions' | 'mappings'> & {
  suggestions: (Omit<Suggestion, 'mapping'> & { mapping: MappingEntry })[]
  /** The whole configuration, which `PUT /workbench/mappings` takes. */
  mappings: MappingEntry[]
}

/** The answer to `POST /workbench/preview`, one for each mapping. */
export type Preview = {
  name: string
  /** The number of kept events that the mapping takes. */
  taken: number
  /** The newest of them, newest last, at most 20. */
  events: PreviewedEvent[]
  /** Why some of these events would fail. The most frequent reason comes first. */
  failures: PreviewFailure[]
  /** The other mappings that are switched on and take events of this one. */
  overlaps: MappingOverlap[]
  /** The paths of the mapping at which none of these events has a value, as the mapping writes them. */
  absentPaths: string[]
  /** The parts of the trigger that no kept event has. */
  absentInTrigger: AbsentInTrigger[]
  /** The paths of the values in these events: `$.properties.product_id`. */
  paths: string[]
  /** The paths of the values in the items of their lists, for use inside of an `@arrayPath`: `$.price`. */
  itemPaths: string[]
}

/** Events of a preview that fail for the same reason. */
export type PreviewFailure = {
  count: number
  /** The field that they fail for, such as `items.unitPrice`. Empty text if the reason names none. */
  field: string
  /** The code of the reason. Empty text if there is none. */
  code: string
  /** The message of the newest event. */
  message: string
  /** Paths in the properties that have a value as the field needs one: `line_items`, `products[].unit_price`. */
  found: string[]
}

/** Another mapping that takes the same events. */
export type MappingOverlap = {
  name: string
  /** The key of its action. */
  action: string
  /** The number of events of the preview that both take. 0 if only their triggers say so. */
  events: number
}

/** The path of a value that a trigger asks for, or `event` and a name. */
export type AbsentInTrigger = { path: string; value?: string }

/** What is wrong with a mapping. An error answer about one has it as `problem`. */
export type MappingProblem = {
  /** `trigger`, or the key of a field. */
  field: string
  /** What is wrong, in a sentence that does not name the mapping. */
  problem: string
  /** The trigger in a spelling that works. Absent if there is none. */
  spelling?: string
}

export type PreviewedEvent = {
  event: EventLabel
  receivedAt: string
  /** The result of the saved mapping with this name. Null if there is none, or if it does not take the event. */
  now: PreviewedResult | null
  /** The result of the edited mapping. */
  then: PreviewedResult
  /** What each field of the edited mapping reads from the event. */
  values: JSONObject
  /** The changes of the sent events: `from` is the saved mapping's value, `to` the edited mapping's. */
  changes: Difference[]
}

/** The result of a dry run, and how the payload differs from what would be sent. */
export type PreviewedResult = Omit<EventResult, 'status'> & { differences: ExplainedDifference[] }

/** `GET /workbench/settings`: the destination's settings, never the key. `PUT` takes `{key: value}`. */
export type SettingEntry = {
  key: string
  label: string
  description: string
  type: string
  value: unknown
  default?: unknown
}

/** `GET /workbench/definition`: the parts that a mapping can have. */
export type DefinitionAnswer = {
  name: string
  actions: ActionEntry[]
  /** The mappings that a new destination starts with. Some read less than the defaults of their action. */
  presets: MappingEntry[]
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

/** A part of the shoppers: with revenue that an ad may have lost, with credited revenue, or without an order. */
export type ShopperTab = 'lost' | 'credited' | 'no-order'

/** `GET /workbench/shoppers`: newest last. */
export type ShopperSummary = {
  /** An `opaqueUserId`. */
  user: string
  /** Other ids of the same person, by linked users. */
  linked: string[]
  /** Other ids that came with an id of this person in one call. They are not linked, so Topsort takes them for other people. */
  together: string[]
  /** When the shopper was first and last seen, ISO 8601. */
  first: string
  last: string
  auctions: number
  impressions: number
  clicks: number
  orders: number
  /** The share of the seen ads that were clicked, from 0 to 1. Null if no ad was seen. */
  clickThrough: number | null
  /** Revenue of order lines that an ad gets the credit for, by currency. */
  credited: Money[]
  /** Revenue of order lines whose product had an ad, without credit for it. */
  uncredited: Money[]
  /** Revenue of order lines whose product had no ad. */
  organic: Money[]
}

/** `GET /workbench/worklist`: the shoppers that match a search. */
export type Worklist = {
  /** The shoppers of a tab, newest last. */
  shoppers: ShopperSummary[]
  /** The number of shoppers that match the search. */
  total: number
  /** The numbers of shoppers in the tabs. A shopper may be in two of them. */
  tabs: Record<ShopperTab, number>
  /** The uncredited revenue of all shoppers, whatever the search: as a whole, and by reason, largest first. */
  lost: { total: Money[]; reasons: LostRevenue[] }
}

/** Uncredited revenue of one reason. */
export type LostRevenue = { code: NoCreditCode; revenue: Money[]; orders: number; shoppers: number }

/** `GET /workbench/shoppers/:user`. */
export type Shopper = ShopperSummary & {
  /** Oldest first. */
  timeline: ShopperMoment[]
  /** The order lines and their credit, oldest first. */
  lines: ShopperLine[]
  settings: Attribution['settings']
  /** The stories of at most 20 orders: those with uncredited revenue, then the others. Newest first. */
  stories: Story[]
  /** Says that Topsort decides about credit in production. */
  note: string
}

/** An order line and its credit. */
export type ShopperLine = AttributedLine & {
  /** Absent if the shop did not say it. */
  currency?: string
  /** Whether the product of the line had no ad. Only of lines without credit. */
  isOrganic?: true
}

/** An event in a story. */
export type StoryEvent = {
  /** ISO 8601. */
  at: string
  /** The id that Topsort has for it. */
  id: string
  /** The `opaqueUserId` that it has. */
  user: string
  /** The delivery of the event. Absent if it did not come through Segment, or is no longer kept. */
  sequence?: number
}

/** How an event belongs to an auction, to other events and to an order. The page writes it in sentences. */
export type Story = {
  kind: 'impression' | 'click' | 'order'
  event: StoryEvent
  /** The product or vendor that a view or a click is about. Absent if it names none. */
  about?: string
  /** Whether the bid of an ad is in it. For an order: whether an ad gets the credit for a part of it. */
  isSponsored: boolean
  /** The auction that gave the bid. For an organic event, the latest one that its product had won for the same person. */
  auction?: { at: string; format: string; winner: string; user?: string }
  /** The latest view of this ad before. */
  view?: StoryEvent
  /** The click on this ad: the first one after a view, and of an order the credited one. */
  click?: StoryEvent
  order?: StoryOrder
}

/** An order in a story. */
export type StoryOrder = StoryEvent & {
  /** Absent if the shop did not say it. */
  currency?: string
  revenue: number
  credited: number
  lines: number
  /** Why the credited part is, in a sentence. */
  reason?: string
  /** The line without credit that has the largest revenue. */
  lost?: { revenue: number; productId: string; code: NoCreditCode; reason: string; event?: StoryEvent }
}

/** An auction or event of a shopper. */
export type ShopperMoment = {
  /** ISO 8601. */
  at: string
  /** The delivery of the event. Absent for an auction, and if the event did not come through Segment or is no longer kept. */
  sequence?: number
} & (
  | { type: 'auction'; format: string; winners: { id: string; type: string; resolvedBidId: string }[] }
  | {
      type: 'impression' | 'click'
      id: string
      /** The product or vendor, if the event or its auction names one. */
      about?: string
      resolvedBidId?: string
      format: string
    }
  | { type: 'order'; id: string; revenue: number; currency?: string; lines: number }
)

/** `GET /workbench/clock`. */
export type ClockAnswer = {
  /** The time of the workbench, ISO 8601. */
  now: string
  /** Whether it was set, so that it differs from the time of the machine. */
  isSet: boolean
}

/** `GET /workbench/samples`. */
export type EventSample = {
  key: string
  title: string
  /** Says what the sample shows, in a sentence or two. */
  description: string
  /** `spec`: events of Segment's ecommerce spec. `case`: a case that Topsort knows. `mistake`: events that go wrong. */
  kind: 'spec' | 'case' | 'mistake'
  /**
   * Segment calls without `messageId` and times, which are added when they are sent. `{{user}}` stands for the id of the
   * user, and `{{bid}}` for the bid of the auction below.
   */
  events: JSONObject[]
  /** The auction to run first, for `POST /v2/auctions`. Its first winner has the bid. */
  auction?: JSONObject
}
