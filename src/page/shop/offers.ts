import { storeAs } from './storage'

/** The page behind a banner, and the bid of the banner that led there. */
export type Offer = {
  /** The product of the banner. */
  productId: string
  resolvedBidId: string
}

/** Keeps the bid of a banner for the page that it leads to. */
export function rememberOffer(offer: Offer): void {
  storedOffer(offer.productId).write(offer)
}

/** Finds the banner that led to the page of an offer. */
export function findOffer(productId: string): Offer | undefined {
  return storedOffer(productId).read()
}

function storedOffer(productId: string) {
  return storeAs<Offer>(`offer.${productId}`)
}
