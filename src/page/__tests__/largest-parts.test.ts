import { largestParts } from '../detail/largest-parts'

test('the largest properties of a call are found, also inside of others', () => {
  const call = {
    properties: { name: 'Yogurt', page: { html: 'x'.repeat(1_000), title: 'Yogurt' } },
    context: { userAgent: 'y'.repeat(100) }
  }
  expect(largestParts(call).map(({ path }) => path)).toEqual([
    'properties.page.html',
    'context.userAgent',
    'properties.name'
  ])
})
