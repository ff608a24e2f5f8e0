import { randomBytes, randomUUID } from 'node:crypto'
import type { Format } from '../contract'
import type { Target } from './choose-winners'

/** What the sandbox remembers of a `resolvedBidId`. */
export type Bid = Target & {
  resolvedBidId: string
  format: Format
  /** When the auction ran, in epoch milliseconds. */
  auctionedAt: number
  /** The vendor of the winner, if the catalogue or the winner itself names it. */
  vendorId?: string
  /** The user of the auction, if its request has one. */
  opaqueUserId?: string
}

/** The bids that auctions have given. */
export type BidRegistry = {
  /** Makes a `resolvedBidId` for a winner and remembers it. */
  issue: (bid: Omit<Bid, 'resolvedBidId'>) => Bid
  find: (resolvedBidId: string) => Bid | undefined
  clear: () => void
}

/** About 60 MB. The oldest bids are forgotten first. */
const MAX_BIDS = 100_000

/** Opens an empty registry. */
export function createBidRegistry(): BidRegistry {
  const bids = new Map<string, Bid>()
  let issued = 0
  return {
    issue(won) {
      // Topsort gives bids in two forms. Each shop meets both here.
      const resolvedBidId = issued++ % 2 === 0 ? createJsonBidId(won.format) : createBinaryBidId(won.format)
      const bid = { ...won, resolvedBidId }
      bids.set(resolvedBidId, bid)
      for (const oldest of bids.keys()) {
        if (bids.size <= MAX_BIDS) break
        bids.delete(oldest)
      }
      return bid
    },
    find: (resolvedBidId) => bids.get(resolvedBidId),
    clear() {
      bids.clear()
    }
  }
}

/** Base64 of JSON, with padding: `["b_Mfk15","<uuid>","listings","default",""]`. */
function createJsonBidId(format: Format): string {
  const name = format === 'banners' ? 'bannerAds' : format
  const parts = [`b_${randomBytes(4).toString('base64url')}`, randomUUID(), name, 'default', '']
  return Buffer.from(JSON.stringify(parts)).toString('base64')
}

/** Base64url of binary data, without padding, 240 characters long: two ids of 16 bytes, a name, more bytes. */
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
