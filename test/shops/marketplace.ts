import { BROWSER, type Call, createShop, DAY_MINUTES, type Source } from './calls'

const SITE: Source = { projectId: 'market-site', context: BROWSER }

const SELLERS = ['north', 'south', 'east', 'west']

/**
 * Returns the calls of a marketplace for 30 days, in which everybody is logged in. Its one source has orders in euros and
 * in złoty, and the id of a user is the email address.
 */
export function buildMarketplace(seed: number): Call[] {
  const shop = createShop(seed)
  const people = Array.from({ length: 300 }, (_, index) => ({ userId: `person.${index}@mail.example` }))
  for (let day = 0; day < 30; day += 1) {
    for (let visit = 0; visit < 18; visit += 1) {
      const person = shop.number(people.length)
      const minute = day * DAY_MINUTES + visit * 40
      const offer = `offer-${shop.number(120)}`
      const ad = { product_id: offer, ...(visit % 2 === 0 && { resolvedBidId: `bid-${day}-${visit}` }) }
      shop.track(SITE, people[person], minute, 'Product Viewed', ad)
      shop.track(SITE, people[person], minute + 2, 'Product Clicked', ad)
      shop.track(SITE, people[person], minute + 4, 'Product Viewed', { product_id: `offer-${shop.number(120)}` })
      if (shop.number(2) === 0) continue
      // Every third person is in Poland.
      const [currency, price] = person % 3 === 0 ? ['PLN', 80 + shop.number(400)] : ['EUR', 20 + shop.number(100)]
      const products = [{ product_id: offer, vendorId: SELLERS[shop.number(4)], price, quantity: 2 }]
      const properties = { order_id: `m-${day}-${visit}`, currency, total: price * 2, products }
      shop.track(SITE, people[person], minute + 9, 'Order Completed', properties)
    }
  }
  return shop.calls()
}
