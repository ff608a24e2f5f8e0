import { auction, countsOf, findingsOf, ordered, viewed } from '../../__tests__/shop'

const line = { product_id: 'yogurt', price: 2.5 }

describe('no-vendor', () => {
  test('an order is reported once if some of its lines have no vendor', () => {
    const lines = [
      { ...line, vendorId: 'dairy' },
      { ...line, product_id: 'milk' },
      { ...line, product_id: 'tea' }
    ]
    const [finding, ...others] = findingsOf([viewed(), ordered({ id: 'order', at: 1, lines })])
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      code: 'no-vendor',
      severity: 'worth a look',
      count: 1,
      samples: [{ messageId: 'order', user: 'anna', product: 'milk' }]
    })
  })

  test('lines with a vendor are not reported, and gifts without a vendor are not either', () => {
    const lines = [
      { ...line, vendorId: 'dairy' },
      { product_id: 'sample', price: 0 }
    ]
    expect(countsOf([viewed(), ordered({ at: 1, lines })])).toEqual({})
  })
})

describe('brand-as-vendor', () => {
  test('a brand that was sent as the vendor is reported', () => {
    expect(countsOf([viewed(), ordered({ at: 1, lines: [{ ...line, brand: 'Alpine' }] })])).toEqual({
      'brand-as-vendor': 1
    })
  })

  test('a brand that is the vendor of a winner is not reported, in either order of arrival', () => {
    const won = auction({ user: null, winners: [{ resolvedBidId: 'bid', id: 'milk', vendorId: 'Alpine' }] })
    const observations = [won, viewed(), ordered({ at: 1, lines: [{ ...line, brand: 'Alpine' }] })]
    expect(countsOf(observations)).toEqual({})
    expect(countsOf(observations.reverse())).toEqual({})
  })

  test('a vendorId together with a brand is not reported, even if both are equal', () => {
    for (const vendorId of ['dairy', 'Alpine']) {
      expect(countsOf([viewed(), ordered({ at: 1, lines: [{ ...line, brand: 'Alpine', vendorId }] })])).toEqual({})
    }
  })
})
