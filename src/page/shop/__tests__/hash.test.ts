import fc from 'fast-check'
import { parseRoute, type Route, toHash } from '../hash'

describe('the routes of the shop', () => {
  test.each(['', '#', '#/', '#/nothing', '#/product', '#/product/'])('lead %j to the first page', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'home' })
  })

  test('the shop opens a link with an invalid %', () => {
    expect(parseRoute('#/product/100%')).toEqual({ page: 'product', id: '100%' })
  })

  test('each link of the shop leads to its page', () => {
    const routes: fc.Arbitrary<Route> = fc.oneof(
      fc.constantFrom<Route>({ page: 'home' }, { page: 'cart' }),
      fc.record({
        page: fc.constantFrom('category', 'product', 'offer', 'thanks'),
        id: fc.string({ minLength: 1, unit: 'grapheme' })
      }),
      fc.record({ page: fc.constant('search'), query: fc.string({ unit: 'grapheme' }) })
    )
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(toHash(route))).toEqual(route)
      })
    )
  })
})
