import { randomBytes, randomUUID } from 'node:crypto'
import type { Format } from '../contract'
import type { AuctionTarget } from './choose-winners'

/** A `resolvedBidId` and the facts that the sandbox remembers about it. */
export type Bid = AuctionTarget & {
  resolvedBidId: string
  format: Format
  /** When the auction ran, in epoch milliseconds. */
  auctionedAt: number
  /** The vendor of the winner, if it is known. */
  vendorId?: string
  /** The products of the campaign, if a sponsored brand won. */
  productIds?: string[]
  /** Marks a fallback banner. Its bid must not be reported. */
  isFallback?: true
  /** The user of the auction, if its request has one. */
  opaqueUserId?: string
}

/** These take about 60 MB. The oldest bids are forgotten first. */
const MAX_BIDS = 100_000

/** Creates an empty registry of the bids of all auctions. */
export function createBidRegistry() {
  const bids = new Map<string, Bid>()
  let issued = 0

  const add = (bid: Bid): void => {
    bids.set(bid.resolvedBidId, bid)
    const [oldest] = bids.keys()
    if (bids.size > MAX_BIDS) bids.delete(oldest)
  }

  return {
    /** Creates a `resolvedBidId` for a winner and remembers it. */
    issue: (won: Omit<Bid, 'resolvedBidId'>): Bid => {
      // Topsort uses two forms of bids. The sandbox alternates them, so that a shop is tested with both.
      const resolvedBidId = issued++ % 2 === 0 ? createJsonBidId(won.format) : createBinaryBidId(won.format)
      const bid = { ...won, resolvedBidId }
      add(bid)
      return bid
    },
    /** Remembers a bid of an earlier run. */
    add,
    find: (resolvedBidId: string): Bid | undefined => bids.get(resolvedBidId),
    clear: (): void => {
      bids.clear()
    }
  }
}

/** Base64 of JSON, with padding: `["b_Mfk15","<uuid>","listings","default",""]`. */
function createJsonBidId(format: Format): string {
  const name = format === 'banners' ? 'bannerAds' : format === 'brands' ? 'sponsoredBrands' : format
  const parts = [`b_${randomBytes(4).toString('base64url')}`, randomUUID(), name, 'default', '']
  return Buffer.from(JSON.stringify(parts)).toString('base64')
}

/** Base64url without padding, 240 characters long. The data is two ids of 16 bytes, a name and random bytes. */
function createBinaryBidId(format: Format): string {
  const head = Buffer.concat([
    Buffer.from([0x0a, 16]),
    randomBytes(16),
    Buffer.from([0x12, 16]),
    randomBytes(16),
    Buffer.from([0x1a, format.length]),
    Buffer.from(format)
  ])
  return Buffer.concat([head, randomBytes(180 - head.length)]).toString('base64url')
}
