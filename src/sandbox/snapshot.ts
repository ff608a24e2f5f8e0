import { type AttributionSettings, parseAttributionSettings, type AttributionChanges } from './attribution/settings'
import type { AuctionRun } from './auctions/auction-house'
import type { AnyAuction } from './auctions/choose-winners'
import { parseCatalogue, type Product } from './auctions/catalogue'
import { type AuctionScript, parseAuctionScripts } from './auctions/scripts'
import {
  EVENT_TYPES,
  type EventsRequest,
  FORMATS,
  type LinkUsersRequest,
  parseAuctionsRequest,
  parseBrandAuctionsRequest,
  parseEventsRequest,
  parseLinkUsersRequest,
  parseTravelAuctionsRequest
} from './contract'
import { text } from './contract/parts'
import { type Fault, parseFaults } from './faults'
import type { Ledger } from './ledger'
import { compileReader, type Parsed } from './validation'

/** The remaining steps of the scripts: for requests for events or links, and for auctions. */
export type ScriptsLeft = { events: Fault[]; auctions: AuctionScript[] }

/** The state of a sandbox, for saving it. */
export type Snapshot = {
  ledger: Readonly<Ledger>
  /** The auctions that have run. Their winners have the bids that are accepted. */
  auctions: AuctionRun[]
  catalogue: Product[]
  attribution: AttributionSettings
  scripts: ScriptsLeft
}

/** A snapshot that was read. Marks of repeats are missing, because they are made again. */
export type CheckedSnapshot = Omit<Snapshot, 'ledger' | 'attribution'> & {
  /** In the order in which they are to be stored. */
  requests: EventsRequest[]
  links: LinkUsersRequest[]
  attribution: AttributionChanges
}

const auctionsSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['at', 'request', 'winners'],
    properties: {
      at: { type: 'integer' },
      opaqueUserId: text,
      request: { type: 'object' },
      winners: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'type', 'resolvedBidId', 'format', 'auctionedAt'],
          properties: {
            id: text,
            type: text,
            resolvedBidId: text,
            format: { type: 'string', enum: [...FORMATS] },
            auctionedAt: { type: 'integer' },
            vendorId: text,
            opaqueUserId: text
          }
        }
      }
    }
  }
} as const

const readAuctions = compileReader<AuctionRun[]>(auctionsSchema, 'auctions')

/**
 * Checks a snapshot from outside. Events, links and auctions have to fit the contract.
 *
 * @throws Error with the path of the invalid value
 */
export function parseSnapshot(value: unknown): CheckedSnapshot {
  const { ledger, auctions, catalogue, attribution, scripts } = Object(value) as Record<keyof Snapshot, unknown>
  const { events: faults, auctions: auctionScripts } = Object(scripts) as Record<keyof ScriptsLeft, unknown>
  const lists = Object(ledger) as Record<keyof Ledger, unknown>
  const runs = readAuctions(auctions)
  runs.forEach(({ request }, index) => {
    check(parseAuction(request), `auctions[${index}].request`)
  })
  return {
    requests: EVENT_TYPES.flatMap((type) =>
      readList(lists[type], `ledger.${type}`).map((event, index) =>
        check(parseEventsRequest({ [type]: [withoutRepeat(event)] }), `ledger.${type}[${index}]`)
      )
    ),
    links: readList(lists.links, 'ledger.links').map((link, index) =>
      check(parseLinkUsersRequest(withoutRepeat(link)), `ledger.links[${index}]`)
    ),
    auctions: runs,
    catalogue: parseCatalogue(catalogue),
    attribution: parseAttributionSettings(attribution),
    scripts: { events: parseFaults(faults), auctions: parseAuctionScripts(auctionScripts) }
  }
}

function parseAuction(request: AnyAuction): Parsed<unknown> {
  const body = { auctions: [request] }
  if (request.type === 'brand') return parseBrandAuctionsRequest(body)
  const isTravel = request.type === 'hotels' || request.type === 'flights'
  return isTravel ? parseTravelAuctionsRequest(body) : parseAuctionsRequest(body)
}

function readList(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value as unknown[]
  throw new Error(`${name} must be a list`)
}

function withoutRepeat(event: unknown): unknown {
  return Object.fromEntries(Object.entries(Object(event) as object).filter(([key]) => key !== 'repeat'))
}

function check<Value>(parsed: Parsed<Value>, where: string): Value {
  if (parsed.ok) return parsed.value
  throw new Error(`${where}: ${parsed.misfit.message}`)
}
