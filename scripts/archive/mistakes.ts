import { ORDER_MISTAKES, type OrderMistakeCode } from './order-mistakes'

const orderTexts = Object.entries(ORDER_MISTAKES).map(([code, { text }]) => [code, text])

/**
 * The mistakes that an archive can have, by the codes of the checks. Each text says what the mistake happens to, and how.
 * Those of orders are in `order-mistakes.ts`.
 *
 * An archive has no auctions, and no events that reached Topsort directly. So it cannot have `two-id-spaces`,
 * `double-path`, `missing-bid` and `purchase-before-auction`. Segment drops the events of `repeat-counted-once`, so the
 * option `repeats` makes them.
 */
export const MISTAKES = {
  ...(Object.fromEntries(orderTexts) as Record<OrderMistakeCode, string>),
  'bad-time': 'page and screen calls: their time is 8 hours ahead',
  'banner-no-follow-up': 'clicks on a product behind a banner: they lack the bid of the banner',
  'digits-lost': 'visits: a Product Viewed has a product id that is a number above 2^53',
  'double-click': 'clicks on an ad: the tap also sends Product Added. Needs the mappings in mappings.json',
  'double-impression': 'clicks on an ad: the Product Viewed after it repeats the bid',
  'empty-list': 'lists: their products have no positions',
  'encoded-bid': 'clicks on an ad: their bid has percent codes',
  'ignored-value': 'organic clicks: they have an additionalAttribution, which needs a bid',
  'list-is-object': 'lists: their products are an object with a key for each',
  'no-interaction': 'orders: one more order follows, of a visitor without other events',
  'no-user-id': 'visits: a Product Viewed has neither anonymousId nor userId',
  'personal-data-id': 'visits: a Product Viewed has an email address as opaqueUserId',
  'stale-bid': 'visits: a click has the bid of an earlier day',
  'test-orders': 'orders: one more order follows, of a tester at a price of 9,999',
  'too-large': 'lists: their products have long descriptions',
  'unknown-bid': 'clicks on an ad: their bid starts with "unknown", which the sandbox refuses'
} as const

/** Mistakes that show only if they are frequent, or that change the amounts of other findings. */
export const FREQUENT_MISTAKES: readonly string[] = ['order-total-mismatch', 'mixed-currencies', 'test-orders']

/** The code of a mistake that an archive can have, such as `double-click`. */
export type MistakeCode = keyof typeof MISTAKES

/** The share of cases in which each mistake is made, from 0 to 1. Default: 0. */
export type MistakeRates = { readonly [Code in MistakeCode]?: number }

/** Returns whether an archive can have the mistake with this code. */
export function isMistakeCode(text: string): text is MistakeCode {
  return Object.hasOwn(MISTAKES, text)
}
