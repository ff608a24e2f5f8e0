import { BROWSER, type Call, createShop, DAY_MINUTES, iosApp, SERVER, type Shop, type Source } from './calls'

const SITE: Source = { projectId: 'grocery-site', context: BROWSER }
const TILL: Source = { projectId: 'grocery-till', context: SERVER }

/** The release that lost the bids, and its first day. */
export const BROKEN_RELEASE = '3.8.0'
const BROKEN_FROM = 11

/**
 * Returns the calls of a grocery for 20 days. Its till reports the total of each line as the price. Its app has lost the
 * bids of ads from one release on.
 */
export function buildGrocery(seed: number): Call[] {
  const shop = createShop(seed)
  for (let day = 0; day < 20; day += 1) {
    const isBroken = day >= BROKEN_FROM
    const app = { projectId: 'grocery-app', context: iosApp(isBroken ? BROKEN_RELEASE : '3.7.2') }
    for (let visit = 0; visit < 24; visit += 1) {
      const minute = day * DAY_MINUTES + visit * 30
      if (visit % 2 === 0) goShopping(shop, app, `app-${day}-${visit}`, minute, !isBroken)
      else goShopping(shop, SITE, `site-${day}-${visit}`, minute, true)
    }
  }
  return shop.calls()
}

/** Looks at an aisle, taps two products of it, the first of which is an ad, and often orders one of them. */
function goShopping(shop: Shop, source: Source, anonymousId: string, minute: number, hasBids: boolean): void {
  const start = shop.number(60)
  const aisle = [0, 1, 2, 3].map((index) => `food-${(start + index * 7) % 60}`)
  const bid = hasBids ? { resolvedBidId: `bid-${anonymousId}` } : {}
  const products = aisle.map((product_id, index) => ({ product_id, position: index + 1, ...(index === 0 && bid) }))
  shop.track(source, { anonymousId }, minute, 'Product List Viewed', { list_id: 'aisle', products })
  shop.track(source, { anonymousId }, minute + 1, 'Product Clicked', products[0])
  shop.track(source, { anonymousId }, minute + 3, 'Product Clicked', products[1 + shop.number(3)])
  if (shop.number(10) < 6) order(shop, anonymousId, minute + 8, aisle[0])
}

function order(shop: Shop, anonymousId: string, minute: number, product: string): void {
  const lines = [product, 'food-bag'].map((product_id) => {
    const quantity = 1 + shop.number(6)
    return { product_id, vendorId: 'the-grocer', quantity, price: quantity * (1 + product_id.length / 4) }
  })
  const total = lines.reduce((sum, { price }) => sum + price, 0)
  const properties = { order_id: `g-${anonymousId}`, currency: 'USD', total, products: lines }
  shop.track(TILL, { anonymousId }, minute, 'Order Completed', properties)
}
