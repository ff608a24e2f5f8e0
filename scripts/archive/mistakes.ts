/**
 * The mistakes that an archive can have, by the codes of the checks. Each text says what the mistake happens to, and how.
 *
 * An archive has no auctions, and no events that reached Topsort directly. So it cannot have `two-id-spaces`,
 * `double-path`, `missing-bid` and `purchase-before-auction`. Segment drops the events of `repeat-counted-once`, so the
 * option `repeats` makes them.
 */
export const MISTAKES = {
  'bad-time': 'page and screen calls: their time is 8 hours ahead',
  'banner-no-follow-up': 'clicks on a product behind a banner: they lack the bid of the banner',
  'brand-as-vendor': 'orders: their lines have a brand, but no vendorId',
  'double-click': 'clicks on an ad: the tap also sends Product Added. Needs the mappings in mappings.json',
  'double-impression': 'clicks on an ad: the Product Viewed after it repeats the bid',
  'double-purchase': 'orders: they are reported again when the thank-you page is reloaded',
  'empty-list': 'lists: their products have no positions',
  'ignored-value': 'organic clicks: they have an additionalAttribution, which needs a bid',
  'no-interaction': 'orders: a visitor without any other event orders, too',
  'no-user-id': 'visits: a Product Viewed has neither anonymousId nor userId',
  'no-vendor': 'orders: a line has neither vendorId nor brand',
  'shared-id': 'orders: their message id is that of an order at least two days before',
  'stale-bid': 'visits: a click has the bid of an earlier day',
  'unknown-bid': 'clicks on an ad: their bid starts with "unknown", which the sandbox refuses',
  'unusable-line': 'orders: one more line has no product id',
  'user-id-mismatch': 'orders of users who are logged in: they have only the userId'
} as const

/** The code of a mistake that an archive can have, such as `double-click`. */
export type MistakeCode = keyof typeof MISTAKES

/** The share of cases in which each mistake is made, from 0 to 1. Default: 0. */
export type MistakeRates = { readonly [Code in MistakeCode]?: number }

/** Returns whether an archive can have the mistake with this code. */
export function isMistakeCode(text: string): text is MistakeCode {
  return Object.hasOwn(MISTAKES, text)
}
