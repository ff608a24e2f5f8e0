import { addToCart } from './cart'
import { makes } from './mistakes'
import type { Offer } from './offers'
import { go } from './route'
import type { Placed } from './placed'
import { track } from './tracking'

/** Reports the click on a product of a list, and opens its page. */
export async function openProduct(place: Placed, offer: Offer | undefined): Promise<void> {
  await track('Product Clicked', toClick(place, offer))
  go({ page: 'product', id: place.product.id })
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
