import { BROWSER, type Call, createShop, DAY_MINUTES, iosApp, type Source } from './calls'

const SITE: Source = { projectId: 'fashion-site', context: BROWSER }
const APP: Source = { projectId: 'fashion-app', context: iosApp('12.0.1') }

const SIZES = ['XS', 'S', 'M', 'L', 'XL']

/**
 * Returns the calls of a fashion shop for 15 days. Its views and clicks have the ids of styles, and its orders those of
 * variants, such as `style12-M`. Its site calls the order by the old name `Completed Order`, and its app by the new one.
 */
export function buildFashion(seed: number): Call[] {
  const shop = createShop(seed)
  for (let visit = 0; visit < 420; visit += 1) {
    const source = visit % 3 === 0 ? SITE : APP
    const ids = { anonymousId: `visitor-${visit}` }
    const minute = Math.floor(visit / 28) * DAY_MINUTES + (visit % 28) * 25
    const style = { product_id: `style${shop.number(90)}`, brand: 'Ines' }
    const ad = { ...style, resolvedBidId: `bid-${visit}` }
    shop.track(source, ids, minute, 'Product Viewed', ad)
    shop.track(source, ids, minute + 1, 'Product Clicked', ad)
    shop.track(source, ids, minute + 2, 'Product Added', { ...style, quantity: 1 })
    if (shop.number(10) < 3)
      shop.track(source, ids, minute + 3, 'Product Clicked', { product_id: `style${visit % 90}` })
    if (shop.number(10) < 4) continue
    const price = 30 + shop.number(90)
    const variant = `${style.product_id}-${SIZES[shop.number(SIZES.length)]}`
    const products = [{ product_id: variant, vendorId: 'ines', price, quantity: 1 }]
    const name = source === SITE ? 'Completed Order' : 'Order Completed'
    shop.track(source, ids, minute + 6, name, { order_id: `f-${visit}`, currency: 'USD', revenue: price, products })
  }
  return shop.calls()
}
