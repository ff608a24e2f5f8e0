import type { Observation } from '../..'
import { auction, clicked, countsOf, findingsOf, ordered } from '../../__tests__/shop'

const won = auction({ winners: [{ resolvedBidId: 'bid', id: 'yogurt', vendorId: 'dairy' }] })
const click = clicked({ id: 'c', at: 5, properties: { resolvedBidId: 'bid' } })
const line = { product_id: 'yogurt', price: 2.5, quantity: 2, vendorId: 'farm' }
const order = (lines: object[], at = 60) => ordered({ id: 'o', at, lines, properties: { currency: 'EUR' } })

test('a product from another vendor than that of the clicked ad is reported, with the revenue of its line', () => {
  const observations: Observation[] = [won, click, order([{ product_id: 'milk', price: 1, vendorId: 'dairy' }, line])]
  expect(findingsOf(observations)).toMatchObject([
    {
      code: 'wrong-seller',
      severity: 'worth a look',
      cost: { amount: 5, currency: 'EUR', of: 'uncredited' },
      samples: [{ messageId: 'o', otherMessageId: 'c', product: 'yogurt', bid: 'bid' }]
    }
  ])
  expect(countsOf(observations.reverse())).toEqual({ 'wrong-seller': 1 })
})

test.each<[string, Observation[]]>([
  ["the ad's vendor", [won, click, order([{ ...line, vendorId: 'dairy' }])]],
  ["the ad's vendor and another one", [won, click, order([line, { ...line, vendorId: 'dairy' }])]],
  ['another vendor after the attribution window', [won, click, order([line], 15 * 86_400)]],
  ['another vendor without a click', [won, clicked({ at: 5, properties: { product_id: 'milk' } }), order([line])]],
  ['another vendor before the click', [won, click, order([line], 2)]],
  [
    'a vendor whose ad was clicked as well',
    [
      won,
      auction({ at: 1, winners: [{ resolvedBidId: 'other', id: 'yogurt', vendorId: 'farm' }] }),
      click,
      clicked({ at: 9, properties: { resolvedBidId: 'other' } }),
      order([line])
    ]
  ]
])('a product from %s is not reported', (_, observations) => {
  expect(countsOf(observations)).not.toHaveProperty('wrong-seller')
})

test('a line without a vendor, or with a brand for a vendor, is not reported', () => {
  const { vendorId, ...without } = line
  expect(countsOf([won, click, order([without])])).toEqual({ 'no-vendor': 1 })
  expect(countsOf([won, click, order([{ ...without, brand: vendorId }])])).toEqual({ 'brand-as-vendor': 1 })
})
