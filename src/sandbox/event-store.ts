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
import { toEpoch } from './time'

/** Checks and stores the body of a request. Returns the error if nothing is stored. */
export type Handler = (json: unknown) => ErrorAnswer | undefined

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
    const parsed = parseEventsRequest(json)
    if (!parsed.ok) return refuseMisfit(parsed.misfit)
    const refused = refuseEvents(parsed.value)
    if (refused) return refused
    store.add(parsed.value)
    attribution.add(parsed.value)
    return undefined
  }

  const storeLink: Handler = (json) => {
    const parsed = parseLinkUsersRequest(json)
    if (!parsed.ok) return refuseMisfit(parsed.misfit)
    store.addLink(parsed.value)
    attribution.link(parsed.value)
    return undefined
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
