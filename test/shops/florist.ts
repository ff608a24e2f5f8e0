import { BROWSER, type Call, createShop, DAY_MINUTES, iosApp, SERVER, type Source } from './calls'

const SITE: Source = { projectId: 'florist-site', context: BROWSER }
const TILL: Source = { projectId: 'florist-till', context: SERVER }

/** Returns the calls of a florist for 21 days. Nothing is wrong with them, although Sundays are quiet and the app has a new release. */
export function buildFlorist(seed: number): Call[] {
  const shop = createShop(seed)
  for (let day = 0; day < 21; day += 1) {
    const app = { projectId: 'florist-app', context: iosApp(day < 10 ? '1.4.0' : '1.5.0') }
    const visits = day % 7 === 6 ? 12 : 26
    for (let visit = 0; visit < visits; visit += 1) {
      const ids = { anonymousId: `guest-${day}-${visit}` }
      const source = visit % 2 === 0 ? app : SITE
      const minute = day * DAY_MINUTES + visit * 27
      const flower = `flower-${shop.number(80)}`
      const ad = { product_id: flower, position: 1, resolvedBidId: `bid-${day}-${visit}` }
      const other = { product_id: `flower-${80 + shop.number(40)}`, position: 2 }
      shop.track(source, ids, minute, 'Product List Viewed', { list_id: 'bouquets', products: [ad, other] })
      shop.track(source, ids, minute + 1, 'Product Clicked', shop.number(10) < 6 ? ad : other)
      shop.track(source, ids, minute + 2, 'Product Added', { product_id: flower, quantity: 1 })
      if (shop.number(10) < 3) continue
      const quantity = 1 + shop.number(3)
      const price = 12 + shop.number(30)
      const products = [{ product_id: flower, vendorId: `garden-${shop.number(5)}`, price, quantity }]
      const properties = { order_id: `b-${day}-${visit}`, currency: 'USD', total: price * quantity, products }
      shop.track(TILL, ids, minute + 7, 'Order Completed', properties)
    }
  }
  return shop.calls()
}
