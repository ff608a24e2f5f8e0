import { listed, viewed } from '../../__tests__/shop'
import { findingOf } from './whole'

const list = (id: string, length: number) =>
  listed({ id, products: Array.from({ length }, (_, index) => ({ product_id: `p_${index}`, name: 'é'.repeat(100) })) })

test('lists above 80 % of 32 KB are reported, and named before other calls', () => {
  const views = ['v1', 'v2', 'v3'].map((id) => viewed({ id, properties: { text: 'x'.repeat(27_000) } }))
  const finding = findingOf('too-large', [...views, list('l', 115), list('small', 50)])
  expect(finding).toMatchObject({ severity: 'worth a look', count: 4, cost: null })
  expect(finding?.sentence).toMatch(
    /^A call of Product List Viewed has 2\d\.\d KB\. Segment drops calls of more than 32 KB\.$/
  )
})

test('calls below 80 % of 32 KB are not reported', () => {
  expect(findingOf('too-large', [list('l', 90), viewed({ properties: { text: 'x'.repeat(25_000) } })])).toBeUndefined()
})
