import { shortenId } from './ids'
import type { AuctionObservation } from './observation'

/** Returns whether a bid, shortened as in samples, is that of a fallback banner. */
export type IsFallback = (bid: string | undefined) => boolean

/** The oldest bids are forgotten first. They take about 3 MB. */
const MAX_BIDS = 10_000

/** Remembers the bids of winners that are shown because nobody won. An event with such a bid comes after its auction. */
export function createFallbacks() {
  const bids = new Set<string>()

  return {
    add({ winners }: AuctionObservation): void {
      for (const { resolvedBidId, isFallback } of winners) if (isFallback) bids.add(shortenId(resolvedBidId))
      for (const oldest of bids) {
        if (bids.size <= MAX_BIDS) break
        bids.delete(oldest)
      }
    },
    has: (bid: string | undefined): boolean => bid !== undefined && bids.has(bid)
  }
}
