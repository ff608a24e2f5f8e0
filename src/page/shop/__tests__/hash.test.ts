import fc from 'fast-check'
import { parseRoute, type Route, toHash } from '../hash'

describe('the routes of the shop', () => {
  test.each(['', '#', '#/', '#/nothing', '#/product', '#/product/'])('lead %j to the first page', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'home', value: '' })
  })

  test('the shop opens a link with an invalid %', () => {
    expect(parseRoute('#/product/100%')).toEqual({ page: 'product', value: '100%' })
  })

  test('each link of the shop leads to its page', () => {
    const routes: fc.Arbitrary<Route> = fc.oneof(
      fc.constantFrom<Route>({ page: 'home', value: '' }, { page: 'cart', value: '' }),
      fc.record({
        page: fc.constantFrom('category', 'product', 'offer', 'thanks'),
        value: fc.string({ minLength: 1, unit: 'grapheme' })
      }),
      fc.record({ page: fc.constant('search'), value: fc.string({ unit: 'grapheme' }) })
    )
    fc.assert(
      fc.property(routes, ({ page, value }) => {
        expect(parseRoute(toHash(page, value))).toEqual({ page, value })
      })
    )
  })
})
