import { type ErrorAnswer, type Refusal, refuseMisfit, toErrorAnswer } from './answers'
import type { AttributionIndex } from './attribution/attribution'
import type { AuctionHouse } from './auctions/auction-house'
import {
  EVENT_TYPES,
  type EventsByType,
  type EventsRequest,
  type EventType,
  parseEventsRequest,
  parseLinkUsersRequest
} from './contract'
import type { LedgerStore } from './ledger'
import { relaxEvents } from './relax'
import { toEpoch } from './time'

/** What became of a request: the error if nothing is stored, and notes about parts that were omitted. */
export type Handled = { error?: ErrorAnswer; warnings?: string[] }

/** Checks and stores the body of a request. */
export type Handler = (json: unknown) => Handled

/** Checks and stores the requests for events and links. */
export type EventStore = { storeEvents: Handler; storeLink: Handler }

/** The parts and the options that decide what is stored. */
export type EventStoreParts = {
  store: LedgerStore
  attribution: AttributionIndex
  auctions: AuctionHouse
  now: () => number
  refuse: (event: EventsByType[EventType], type: EventType) => Refusal | undefined
  strictBids: boolean
  /** Whether to omit keys that the contract does not have, instead of refusing them. */
  lenient: boolean
  /** Returns whether bids that no auction returned are refused. */
  checksBids: () => boolean
}

/** Creates a store that takes all of a request or nothing. */
export function createEventStore({
  store,
  attribution,
  auctions,
  now,
  refuse,
  strictBids,
  lenient,
  checksBids
}: EventStoreParts): EventStore {
  const refuseForeignBid = (event: EventsByType[EventType]): Refusal | undefined => {
    if (!('resolvedBidId' in event) || event.resolvedBidId === undefined) return undefined
    const { errCode, message } = BID_NOT_FOUND
    const bid = auctions.findBid(event.resolvedBidId)
    if (bid?.isFallback) {
      const remedy = 'Show the banner without impressions and clicks'
      return { errCode, message: `${message}: "${event.id}" has the bid of a winner with isFallback. ${remedy}` }
    }
    if (!checksBids() || bid) return undefined
    const remedy = strictBids
      ? 'strictBids is on. Switch it off to use bids of your own'
      : 'Bids of your own work only as long as no auction has run'
    return {
      errCode,
      message: `${message}: no auction of this sandbox gave the bid of "${event.id}". Send the resolvedBidId of a winner unchanged. ${remedy}`
    }
  }

  const refuseEvents = (request: EventsRequest): ErrorAnswer | undefined => {
    for (const type of EVENT_TYPES) {
      for (const event of request[type] ?? []) {
        const refusal = refuseFuture(event.occurredAt, now()) ?? refuse(event, type) ?? refuseForeignBid(event)
        if (refusal) return toErrorAnswer(400, refusal)
      }
    }
    return undefined
  }

  const storeEvents: Handler = (json) => {
    const relaxed = lenient ? relaxEvents(json) : { json, warnings: [] }
    const parsed = parseEventsRequest(relaxed.json)
    if (!parsed.ok) return { error: refuseMisfit(parsed.misfit) }
    const error = refuseEvents(parsed.value)
    if (error) return { error }
    store.add(parsed.value)
    attribution.add(parsed.value)
    return { warnings: relaxed.warnings }
  }

  const storeLink: Handler = (json) => {
    const parsed = parseLinkUsersRequest(json)
    if (!parsed.ok) return { error: refuseMisfit(parsed.misfit) }
    store.addLink(parsed.value)
    attribution.link(parsed.value)
    return {}
  }

  return { storeEvents, storeLink }
}

function refuseFuture(occurredAt: string, now: number): Refusal | undefined {
  return toEpoch(occurredAt) > now
    ? { errCode: 'invalid_event_time', message: 'At least one event is in the future' }
    : undefined
}

const BID_NOT_FOUND = {
  errCode: 'resolved_bid_id_not_found',
  message: 'could not find the provided resolved bid id'
} as const satisfies Refusal

/** Refuses a bid that starts with `unknown`. */
export function refuseUnknownBid(event: EventsByType[EventType]): Refusal | undefined {
  return 'resolvedBidId' in event && event.resolvedBidId?.startsWith('unknown') ? BID_NOT_FOUND : undefined
}
