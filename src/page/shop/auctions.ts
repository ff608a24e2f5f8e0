import { TopsortClient } from '@topsort/sdk'
import { shopperId } from './tracking'
import { problem } from './route'
import type { ShopProduct } from './products'

/** An ad that won its auction. */
export type ShopWinner = { id: string; resolvedBidId: string }

/** The sandbox accepts any key with this start. Nothing is sent to Topsort itself. */
const topsort = new TopsortClient({ apiKey: 'TSE_demo_shop', host: location.origin })

/** The number of sponsored products at the top of a list. */
const SLOTS = 2

/** Runs an auction for the places at the top of a list. Returns the winners, best first. */
export async function runListAuction(ids: string[]): Promise<ShopWinner[]> {
  if (ids.length === 0) return []
  return runAuction({ type: 'listings', slots: SLOTS, products: { ids } })
}

/** Runs an auction for the banner. */
export async function runBannerAuction(): Promise<ShopWinner | undefined> {
  const [winner] = await runAuction({ type: 'banners', slots: 1, slotId: 'demo-shop-home' })
  return winner
}

type AuctionOfShop =
  { type: 'listings'; slots: number; products: { ids: string[] } } | { type: 'banners'; slots: number; slotId: string }

/**
 * Runs an auction. A failed auction has no winners, so the shop works without ads, and the page says what happened. The bid
 * of a fallback must not be reported, so the shop does not show one.
 */
async function runAuction(auction: AuctionOfShop): Promise<ShopWinner[]> {
  // The SDK's types lack this property, but the API takes it. Credit needs it to find the auction of a user.
  const ofShopper = { ...auction, opaqueUserId: await shopperId() }
  try {
    const { results } = await topsort.createAuction({ auctions: [ofShopper] })
    return results
      .flatMap(({ winners }) => winners)
      .filter((winner) => !('isFallback' in winner && winner.isFallback))
      .map(({ id, resolvedBidId }) => ({ id, resolvedBidId }))
  } catch (error) {
    const { status } = error as { status?: number }
    problem.value = `The auction failed${status ? ` with ${status}` : ''}, so this page shows no ads.`
    return []
  }
}

/** A product in its place of a list. */
export type Placed = {
  product: ShopProduct
  /** Counts from 1. */
  position: number
  /** The bid with which the product won this place. */
  resolvedBidId?: string
}

/** Puts each product in one place: the winners first, as they won, and the others after them. */
export function arrange(products: ShopProduct[], winners: ShopWinner[]): Placed[] {
  const won = winners.flatMap(({ id, resolvedBidId }) => {
    const product = products.find((candidate) => candidate.id === id)
    return product ? [{ product, resolvedBidId }] : []
  })
  const others = products.filter(({ id }) => !won.some(({ product }) => product.id === id))
  return [...won, ...others.map((product) => ({ product }))].map((place, index) => ({ ...place, position: index + 1 }))
}
