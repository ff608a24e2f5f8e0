import { toLine } from '../order-lines'

const SKIPS = { skipsUnpriced: true }

/** Reads a line with values of any type, because saved mappings may have them. */
function read(line: Record<string, unknown>, options: Parameters<typeof toLine>[1] = SKIPS): ReturnType<typeof toLine> {
  return toLine({ productId: 'p-1', unitPrice: '5', ...line }, options)
}

describe('toLine', () => {
  test.each<[unknown, number]>([
    [undefined, 1],
    [null, 1],
    [' ', 1],
    [3, 3],
    ['3.0', 3]
  ])('reads the quantity %j as %d', (quantity, count) => {
    expect(read({ quantity })).toEqual({ ok: true, item: { productId: 'p-1', unitPrice: 5, quantity: count } })
  })

  test.each<[unknown, unknown, number]>([
    [0.75, 4, 3],
    ['0.75', '$4.00', 3],
    ['0,75', 3.99, 2.9925],
    [2.5, 10, 25],
    [0.1, 3, 0.3]
  ])('reports %j kg at %j as one item, so that the revenue stays correct', (quantity, unitPrice, total) => {
    const item = { productId: 'p-1', unitPrice: total, quantity: 1, vendorId: 'v-1' }

    expect(read({ quantity, unitPrice, vendorId: ' v-1 ' })).toEqual({ ok: true, item })
  })

  test.each<[Record<string, unknown>, string]>([
    [{ productId: undefined }, 'has no product id'],
    [{ productId: ' ' }, 'has no product id'],
    [{ productId: false }, 'has no product id'],
    [{ productId: true }, 'has no product id'],
    [{ quantity: -1 }, 'has a quantity of -1'],
    [{ quantity: 0 }, 'has a quantity of 0'],
    [{ quantity: 'two of these' }, 'has an invalid quantity: "two of these"'],
    [{ quantity: '500g' }, 'has an invalid quantity: "500g"'],
    [{ quantity: { n: 3 } }, 'has an invalid quantity: {"n":3}'],
    [{ unitPrice: '$1.299' }, 'has a price that is not a number, or could be two: "$1.299"'],
    [{ unitPrice: 'on request' }, 'has a price that is not a number, or could be two: "on request"'],
    [{ unitPrice: false }, 'has a price that is not a number, or could be two: false'],
    [{ unitPrice: { amount: 5 } }, 'has a price that is not a number, or could be two: {"amount":5}'],
    [{ unitPrice: 1e-200, quantity: 1e-200 }, 'has an amount that cannot be calculated: 1e-200 times 1e-200'],
    [{ unitPrice: 1e308, quantity: 10.5 }, 'has an amount that cannot be calculated: 1e+308 times 10.5']
  ])('does not report a line with %j', (line, problem) => {
    expect(read(line)).toEqual({ ok: false, problem })
  })

  test.each<[unknown, string]>([
    [undefined, 'has no price'],
    [null, 'has no price'],
    ['', 'has no price'],
    [0, 'has a price of 0'],
    ['-5', 'has a price of -5']
  ])('marks a line with the price %j as unpriced', (unitPrice, problem) => {
    expect(read({ unitPrice })).toEqual({ ok: false, problem, unpriced: true })
  })

  test.each<[unknown, unknown, number | undefined, number]>([
    [undefined, 2, undefined, 2],
    [undefined, 0.5, undefined, 0.5],
    [0, 2, 0, 2],
    [0, 0.5, 0, 1],
    [-5, 1, -5, 1]
  ])(
    'reports the price %j of %j items as %j, if unpriced lines are not skipped',
    (price, count, unitPrice, quantity) => {
      const line = { unitPrice: price, quantity: count }

      expect(read(line, { skipsUnpriced: false })).toEqual({
        ok: true,
        item: { productId: 'p-1', unitPrice, quantity }
      })
    }
  )

  it('uses the currency for a price that could be two amounts', () => {
    expect(read({ unitPrice: '$1.290' }, { ...SKIPS, currency: 'CLP' })).toMatchObject({ item: { unitPrice: 1290 } })
  })
})
