import { type ErrorAnswer, type Refusal, refuseMisfit, toErrorAnswer } from './answers'
import { createAttributionIndex } from './attribution/attribution'
import type { AuctionHouse } from './auctions/auction-house'
import {
  EVENT_TYPES,
  type EventsByType,
  type EventsRequest,
  type EventType,
  type LinkUsersRequest,
  parseEventsRequest,
  parseLinkUsersRequest
} from './contract'
import { createLedger } from './ledger'
import { relaxEvents } from './relax'
import type { SandboxOptions } from './sandbox'
import { toEpoch } from './time'

/** What became of a request: the error if nothing is stored, and notes about parts that were omitted. */
export type Handled = { error?: ErrorAnswer; warnings?: string[] }

/** Checks and stores the body of a request. */
export type Handler = (json: unknown) => Handled

/** Stores events and links, all of a request or nothing. */
export type EventStore = ReturnType<typeof createEventStore>

type StoreOptions = Required<Pick<SandboxOptions, 'now' | 'refuse' | 'strictBids' | 'lenient' | 'keep'>>

/** Creates an empty store. */
export function createEventStore(auctions: AuctionHouse, options: StoreOptions) {
  const { now, refuse, strictBids, lenient, keep } = options
  const ledger = createLedger(keep)
  const attribution = createAttributionIndex(auctions, keep)

  /** Returns whether bids that no auction returned are refused. */
  const checksBids = (): boolean => strictBids || auctions.hasRun()

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

  const add = (request: EventsRequest): void => {
    ledger.add(request)
    attribution.add(request)
  }

  const link = (users: LinkUsersRequest): void => {
    ledger.addLink(users)
    attribution.link(users)
  }

  const storeEvents: Handler = (json) => {
    const relaxed = lenient ? relaxEvents(json) : { json, warnings: [] }
    const parsed = parseEventsRequest(relaxed.json)
    const error = parsed.ok ? refuseEvents(parsed.value) : refuseMisfit(parsed.misfit)
    if (error || !parsed.ok) return { error }
    add(parsed.value)
    return { warnings: relaxed.warnings }
  }

  const storeLink: Handler = (json) => {
    const parsed = parseLinkUsersRequest(json)
    if (!parsed.ok) return { error: refuseMisfit(parsed.misfit) }
    link(parsed.value)
    return {}
  }

  return { ledger, attribution, checksBids, add, link, storeEvents, storeLink }
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
