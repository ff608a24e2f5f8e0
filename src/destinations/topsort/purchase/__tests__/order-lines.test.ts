import { MEANINGLESS } from '../../__tests__/__helpers__/support'
import type { LineProblem } from '../../reasons'
import type { Line, LineOptions } from '../order-lines'
import { addProblem, hasPrice, isUnpriced, toLine } from '../order-lines'

const SKIPS = { skipsUnpriced: true }

/** Reads a line with values of any type, because saved mappings may have them. */
function read(line: Record<string, unknown>, options: LineOptions = SKIPS): Line {
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

  it('keeps all digits of a price, and does not calculate with it for whole quantities', () => {
    const price = 1234567.8901234

    expect(read({ unitPrice: price, quantity: 3 })).toEqual({
      ok: true,
      item: { productId: 'p-1', unitPrice: price, quantity: 3 }
    })
    expect(read({ lineTotal: price, quantity: 1 })).toMatchObject({ item: { unitPrice: price } })
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

  test.each<[unknown, unknown, number, number]>([
    [30, 3, 10, 3],
    ['$59.98', '2', 29.99, 2],
    ['1.299,00 €', 1, 1299, 1],
    [10, 3, 3.33333333333, 3],
    [0.3, 3, 0.1, 3],
    [12, undefined, 12, 1],
    [2.99, 0.75, 2.99, 1],
    ['7,50', '2,5', 7.5, 1]
  ])('reports the line total %j of %j items as the unit price %j', (lineTotal, quantity, unitPrice, whole) => {
    const line = { productId: 'p-1', unitPrice, quantity: whole }

    expect(read({ lineTotal, quantity, unitPrice: undefined })).toEqual({ ok: true, item: line })
    expect(read({ lineTotal, quantity, unitPrice: '777' })).toEqual({ ok: true, item: line })
    expect(read({ lineTotal, quantity, unitPrice: 'invalid' })).toEqual({ ok: true, item: line })
  })

  test.each<[unknown]>([[undefined], [null], [''], [' ']])(
    'uses the unit price if the line total is %j',
    (lineTotal) => {
      expect(read({ lineTotal, quantity: 2 })).toEqual({
        ok: true,
        item: { productId: 'p-1', unitPrice: 5, quantity: 2 }
      })
    }
  )

  test.each<[unknown, string, string]>([
    [0, 'line_price_not_positive', '0'],
    ['0.00', 'line_price_not_positive', '0'],
    [-30, 'line_price_not_positive', '-30'],
    ['on request', 'line_price_invalid', '"on request"'],
    [false, 'line_price_invalid', 'false'],
    ['$1.299', 'line_price_ambiguous', '"$1.299"']
  ])('fails for the line total %j, and does not use the unit price', (lineTotal, code, value) => {
    expect(read({ lineTotal, quantity: 3 })).toEqual({ ok: false, code, value })
  })

  test.each<[line: Record<string, unknown>, problem: { code: string; value?: string }]>([
    [{ productId: undefined }, { code: 'line_without_product_id' }],
    [{ productId: ' ' }, { code: 'line_without_product_id' }],
    [{ productId: false }, { code: 'line_without_product_id' }],
    [{ productId: null }, { code: 'line_without_product_id' }],
    [{ productId: 'false' }, { code: 'line_without_product_id' }],
    [{ productId: true }, { code: 'line_product_id_meaningless', value: 'true' }],
    [{ productId: { id: 'p-1' } }, { code: 'line_product_id_meaningless', value: '{"id":"p-1"}' }],
    [{ productId: 'undefined' }, { code: 'line_product_id_meaningless', value: '"undefined"' }],
    [{ quantity: -1 }, { code: 'line_quantity_not_positive', value: '-1' }],
    [{ quantity: 0 }, { code: 'line_quantity_not_positive', value: '0' }],
    [{ quantity: '-0.5' }, { code: 'line_quantity_not_positive', value: '-0.5' }],
    [{ quantity: 'two of these' }, { code: 'line_quantity_invalid', value: '"two of these"' }],
    [{ quantity: '500g' }, { code: 'line_quantity_invalid', value: '"500g"' }],
    [{ quantity: { n: 3 } }, { code: 'line_quantity_invalid', value: '{"n":3}' }],
    [{ unitPrice: '$1.299' }, { code: 'line_price_ambiguous', value: '"$1.299"' }],
    [{ unitPrice: 'on request' }, { code: 'line_price_invalid', value: '"on request"' }],
    [{ unitPrice: false }, { code: 'line_price_invalid', value: 'false' }],
    [{ unitPrice: { amount: 5 } }, { code: 'line_price_invalid', value: '{"amount":5}' }],
    [
      { unitPrice: 1e-200, quantity: 1e-200 },
      { code: 'line_amount_incalculable', value: '"1e-200 for 1e-200"' }
    ],
    [
      { unitPrice: 1e308, quantity: 10.5 },
      { code: 'line_amount_incalculable', value: '"1e+308 for 10.5"' }
    ],
    [
      { lineTotal: 1e-320, quantity: 1e9 },
      { code: 'line_amount_incalculable', value: '"1e-320 for 1000000000"' }
    ],
    [{ unitPrice: undefined }, { code: 'line_without_price' }],
    [{ unitPrice: null }, { code: 'line_without_price' }],
    [{ unitPrice: '' }, { code: 'line_without_price' }],
    [{ unitPrice: 0 }, { code: 'line_price_not_positive', value: '0' }],
    [{ unitPrice: '-5' }, { code: 'line_price_not_positive', value: '-5' }]
  ])('toLine does not report a line with %j', (line, problem) => {
    expect(read(line)).toEqual({ ok: false, ...problem })
  })

  test.each(MEANINGLESS)('toLine does not report a line with the product %j, and omits such a vendor', (text) => {
    expect(read({ productId: text })).toEqual({
      ok: false,
      code: 'line_product_id_meaningless',
      value: JSON.stringify(text)
    })
    expect(read({ vendorId: text })).toEqual({ ok: true, item: { productId: 'p-1', unitPrice: 5, quantity: 1 } })
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
      const line = { unitPrice: price, quantity: count, vendorId: 'v-1' }

      expect(read(line, { skipsUnpriced: false })).toEqual({
        ok: true,
        item: { productId: 'p-1', unitPrice, quantity, vendorId: 'v-1' }
      })
    }
  )

  it('reports a line total of 0 if unpriced lines are not skipped', () => {
    expect(read({ lineTotal: 0, quantity: 3 }, { skipsUnpriced: false })).toEqual({
      ok: true,
      item: { productId: 'p-1', unitPrice: 0, quantity: 3 }
    })
  })

  it('uses the currency for a price that could be two amounts', () => {
    const options = { ...SKIPS, currency: 'CLP' }

    expect(read({ unitPrice: '$1.290' }, options)).toMatchObject({ item: { unitPrice: 1290 } })
    expect(read({ lineTotal: '$1.290', quantity: 2 }, options)).toMatchObject({ item: { unitPrice: 645 } })
    expect(read({ unitPrice: 330.275 }, options)).toEqual({ ok: false, code: 'line_price_ambiguous', value: '330.275' })
  })
})

describe('hasPrice', () => {
  test.each<[Record<string, unknown>, boolean]>([
    [{}, false],
    [{ unitPrice: null, lineTotal: ' ' }, false],
    [{ unitPrice: '5' }, true],
    [{ unitPrice: 0 }, true],
    [{ lineTotal: '5' }, true],
    [{ unitPrice: 'free' }, true]
  ])('returns for %j: %j', (line, result) => {
    expect(hasPrice(line)).toBe(result)
  })
})

describe('isUnpriced', () => {
  it('tells whether the price is the only problem', () => {
    const codes: LineProblem['code'][] = [
      'line_without_price',
      'line_price_not_positive',
      'line_price_invalid',
      'line_without_product_id'
    ]

    expect(codes.map((code) => isUnpriced({ code, lines: [1] }))).toEqual([true, true, false, false])
  })
})

describe('addProblem', () => {
  it('joins the lines that have the same problem, in the order of the problems', () => {
    const problems: LineProblem[] = []
    addProblem(problems, { code: 'line_without_price' }, 1)
    addProblem(problems, { code: 'line_quantity_invalid', value: '"two"' }, 2)
    addProblem(problems, { code: 'line_without_price' }, 3)
    addProblem(problems, { code: 'line_quantity_invalid', value: '"x"' }, 5)

    expect(problems).toEqual([
      { code: 'line_without_price', lines: [1, 3] },
      { code: 'line_quantity_invalid', lines: [2, 5], values: ['"two"', '"x"'] }
    ])
  })
})
