import { clicked, countsOf, findingsOf, viewed } from '../../__tests__/shop'

const ad = { resolvedBidId: 'bid' }

test('two clicks on one ad with different names within a second are reported', () => {
  const observations = [
    clicked({ id: 'clicked', properties: ad }),
    clicked({ id: 'added', name: 'Product Added', at: 0.9, properties: ad })
  ]
  const [finding, ...others] = findingsOf(observations)
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    code: 'double-click',
    severity: 'loses money',
    count: 1,
    samples: [{ messageId: 'added', otherMessageId: 'clicked', user: 'anna', bid: 'bid', product: 'yogurt' }]
  })
  expect(countsOf(observations.reverse())).toEqual({ 'double-click': 1 })
})

test('two click mappings that take one Segment event are reported, even with one event id', () => {
  const click = clicked({ properties: ad })
  const [delivery] = click.deliveries
  expect(countsOf([{ ...click, deliveries: [delivery, { ...delivery, mapping: 'Second click' }] }])).toEqual({
    'double-click': 1
  })
})

test('a second click with the same name is not reported', () => {
  expect(countsOf([clicked({ properties: ad }), clicked({ at: 0.5, properties: ad })])).toEqual({})
})

test('a click and a later Product Added are not reported', () => {
  const added = clicked({ name: 'Product Added', at: 1.5, properties: ad })
  expect(countsOf([clicked({ properties: ad }), added])).toEqual({})
})

test.each([
  ['another user', { anonymousId: 'bert', properties: ad }],
  ['another ad', { properties: { resolvedBidId: 'other' } }],
  ['no bid', {}],
  ['another product', { properties: { ...ad, product_id: 'milk' } }],
  [
    'the product that a banner led to',
    { properties: { ...ad, additionalAttribution: { type: 'product', id: 'milk' } } }
  ]
])('a click with another name at the same time is not reported for %s', (_, options) => {
  expect(countsOf([clicked({ properties: ad }), clicked({ name: 'Product Added', ...options })])).toEqual({})
})

test('a click with another name at the same time is only a failed event if it failed', () => {
  const failed = clicked({ name: 'Product Added', properties: ad, delivery: { ok: false } })
  expect(countsOf([clicked({ properties: ad }), failed])).toEqual({ 'failed-event': 1 })
})

test('a view and a click at the same time are not reported', () => {
  expect(countsOf([viewed({ properties: ad }), clicked({ properties: ad })])).toEqual({})
})
