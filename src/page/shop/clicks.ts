import { addToCart } from './cart'
import { makes } from './mistakes'
import { go } from './route'
import type { Placed } from './auctions'
import { track } from './tracking'
import { keep } from './storage'

/** The page behind a banner, and the bid of the banner that led there. */
export type Offer = {
  /** The product of the banner. */
  productId: string
  resolvedBidId: string
}

/** The offers of this tab, newest first. */
export const offers = keep<readonly Offer[]>('offers', [])

/** Reports the click on a product of a list, and opens its page. */
export async function openProduct(place: Placed, offer: Offer | undefined): Promise<void> {
  await track('Product Clicked', toClick(place, offer))
  go('product', place.product.id)
}

/**
 * Puts a product of a list into the cart. The tap is also a click on the ad. Segment's spec has an event for each. The
 * workbench maps only `Product Clicked`, so one tap is one click.
 */
export async function addFromList(place: Placed, offer: Offer | undefined): Promise<void> {
  addToCart(place.product.id)
  const click = toClick(place, offer)
  await Promise.all([
    track('Product Clicked', { ...click, clickType: 'add-to-cart' }),
    track('Product Added', { ...click, quantity: 1 })
  ])
}

/** Says which product was clicked, and which ad: the product's own, or the banner that led to the page. */
function toClick({ product, position, resolvedBidId }: Placed, offer: Offer | undefined): Record<string, unknown> {
  const { id, name, price } = product
  const click = { product_id: id, name, price, position }
  if (offer) {
    if (makes('banner-no-follow-up')) return click
    return { ...click, resolvedBidId: offer.resolvedBidId, additionalAttribution: { type: 'product', id } }
  }
  if (resolvedBidId === undefined || makes('missing-bid')) return click
  return { ...click, resolvedBidId }
}
