/**
 * The mistakes that can be put into an archive, and what each rate is a share of. The names are the codes of the checks.
 *
 * An archive holds neither auctions nor events that reached Topsort directly. Mistakes that only those reveal are not here:
 * `two-id-spaces`, `double-path`, `missing-bid` and `purchase-before-auction`. Segment drops what `repeat-counted-once`
 * is about, so it has an option of its own.
 */
export const MISTAKES = {
  'bad-time': 'page and screen calls, with a time 8 hours ahead',
  'banner-no-follow-up': 'clicks on a product behind a banner, which lose the bid of the banner',
  'brand-as-vendor': 'orders, without vendorId but with brand',
  'double-click': 'clicks on an ad, each with a Product Added of the same tap. Needs the mappings in mappings.json',
  'double-impression': 'clicks on an ad, whose Product Viewed repeats the bid',
  'double-purchase': 'orders, reported again when the page of thanks is loaded again',
  'empty-list': 'lists, without positions',
  'ignored-value': 'organic clicks, with an additionalAttribution that needs a bid',
  'no-interaction': 'orders, each with one more order of a visitor who did nothing before',
  'no-user-id': 'visits, each with a Product Viewed that has neither anonymousId nor userId',
  'no-vendor': 'orders, with a line that has neither vendorId nor brand',
  'shared-id': 'orders, with the message id of an order of two days before or more',
  'stale-bid': 'visits, each with a click that has a bid of an earlier day',
  'unknown-bid': 'clicks on an ad, with a bid that starts with "unknown". The sandbox refuses it',
  'unusable-line': 'orders, each with one more line that has no product id',
  'user-id-mismatch': 'orders of users who are logged in, with the userId alone'
} as const

/** The code of a mistake that an archive can have. */
export type MistakeCode = keyof typeof MISTAKES

/** How often each mistake is made, from 0 to 1. Absent: never. */
export type MistakeRates = { readonly [Code in MistakeCode]?: number }

export function isMistakeCode(text: string): text is MistakeCode {
  return Object.hasOwn(MISTAKES, text)
}
