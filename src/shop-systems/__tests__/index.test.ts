import { findKnownEvent, rankName, SHOP_SYSTEMS } from '..'

test.each([
  ['Order Completed', { kind: 'purchase', system: "Segment's e-commerce spec" }],
  ['order_completed', { kind: 'purchase', system: "Segment's e-commerce spec" }],
  ['Completed Order', { kind: 'purchase', system: "Segment's first e-commerce spec" }],
  ['select_item', { kind: 'click', system: 'Google Analytics 4' }],
  ['checkout_completed', { kind: 'purchase', system: "Shopify's web pixels" }],
  ['vtex:productClick', { kind: 'click', system: 'VTEX' }],
  ['Promotion Viewed', { kind: 'promotionImpression', system: "Segment's e-commerce spec" }],
  ['Order Updated', { kind: 'other', system: "Segment's e-commerce spec" }],
  ['Something Else', undefined]
])('the event %s is known as %j', (name, expected) => {
  expect(findKnownEvent(name)).toEqual(expected)
})

test('a name of a property is known below other objects, and surer names come first', () => {
  expect(rankName(['properties', 'ecommerce', 'items'], 'lines')).toBeLessThan(Infinity)
  expect(rankName(['variant', 'product', 'id'], 'productId')).toBeLessThan(rankName(['variant', 'id'], 'productId'))
  expect(rankName(['product_id'], 'productId')).toBe(0)
  expect(rankName(['color'], 'productId')).toBe(Infinity)
})

test('no system calls its orders by the name that another one uses for something else', () => {
  const wanted = SHOP_SYSTEMS.flatMap(({ events }) => events.purchase ?? [])
  expect(wanted.filter((name) => findKnownEvent(name)?.kind !== 'purchase')).toEqual([])
})

test('each system names its documentation', () => {
  expect(SHOP_SYSTEMS.filter(({ source }) => !source.startsWith('https://'))).toEqual([])
})
