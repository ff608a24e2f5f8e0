import { bannerClicked, clicked, countsOf, event, findingsOf, listed, viewed } from '../../__tests__/shop'

const attribution = { additionalAttribution: { type: 'product', id: 'yogurt' } }
const bid = { resolvedBidId: 'bid' }

test('an additionalAttribution without a bid is reported', () => {
  const click = event({ id: 'c', properties: attribution }, 'click', () => ({}))
  expect(findingsOf([click])).toMatchObject([
    { code: 'ignored-value', severity: 'worth a look', samples: [{ messageId: 'c', user: 'anna' }] }
  ])
})

test('an entity of another thing together with a bid is reported', () => {
  const properties = { ...bid, entity: { type: 'vendor', id: 'dairy' } }
  expect(countsOf([viewed({ properties })])).toEqual({ 'ignored-value': 1 })
})

test('each product of a list is checked', () => {
  const products = [
    { product_id: 'a', position: 1, ...bid, entity: { type: 'vendor', id: 'dairy' } },
    { product_id: 'b', position: 2, entity: { type: 'vendor', id: 'dairy' } }
  ]
  expect(countsOf([listed({ products })])).toEqual({ 'ignored-value': 1 })
})

test.each([
  ['a follow-up of a banner', bannerClicked({ properties: { ...bid, ...attribution } })],
  ['an organic event with an entity', viewed({ properties: { entity: { type: 'vendor', id: 'dairy' } } })],
  ['an ad with a product id', clicked({ properties: bid })],
  [
    'an entity that repeats the product id',
    clicked({ properties: { ...bid, entity: { type: 'product', id: 'yogurt' } } })
  ],
  ['an entity that is a word', clicked({ properties: { ...bid, entity: 'dairy' } })],
  ['an empty additionalAttribution', clicked({ properties: { additionalAttribution: {} } })]
])('%s is not reported', (_, observation) => {
  expect(countsOf([observation])).toEqual({})
})

test('a bid that is mapped from another property counts as a bid', () => {
  const click = event({ properties: { adId: 'bid', ...attribution } }, 'click', (base) => ({
    clicks: [{ ...base, resolvedBidId: 'bid', additionalAttribution: { type: 'product', id: 'yogurt' } }]
  }))
  expect(countsOf([click])).toEqual({})
})

test('an event that no mapping took is not reported', () => {
  expect(countsOf([{ ...clicked({ properties: attribution }), deliveries: [] }])).toEqual({ 'unmapped-events': 1 })
})
