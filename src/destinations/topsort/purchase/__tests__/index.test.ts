import type { JSONValue } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import type { PurchaseItem } from '../../types'
import {
  KEY,
  MEANINGLESS,
  api,
  batch,
  defaultMapping,
  event,
  facts,
  factsWithoutDevice,
  failure,
  request,
  single
} from '../../__tests__/__helpers__/support'

function ordered(products: unknown, currency: string | null = null) {
  const properties = {
    order_id: '50314b8e',
    total: 27.5,
    revenue: 25,
    currency,
    products: products as JSONValue
  }
  return event({ event: 'Order Completed', properties })
}

/** Returns the request for an order of these items. */
function purchase(...items: PurchaseItem[]) {
  return request({ purchases: [{ ...facts, items }] })
}

function settings(skipZeroPricePurchases?: boolean) {
  return { api_key: KEY, skipZeroPricePurchases }
}

describe('A purchase', () => {
  const products = [
    {
      product_id: '507f1f77bcf86cd799439011',
      sku: '45790-32',
      name: 'Monopoly',
      price: 19,
      quantity: 1,
      brand: 'Hasbro'
    },
    {
      product_id: '505bd76785ebb509fc183733',
      sku: '46493-32',
      name: 'Uno',
      price: 3.5,
      quantity: 2,
      vendorId: 'games-r'
    }
  ]

  it('reports an Order Completed with all of its lines', async () => {
    const calls = api()

    const result = await single('purchase', ordered(products))

    const wire = purchase(
      { productId: '507f1f77bcf86cd799439011', unitPrice: 19, quantity: 1, vendorId: 'Hasbro' },
      { productId: '505bd76785ebb509fc183733', unitPrice: 3.5, quantity: 2, vendorId: 'games-r' }
    )
    expect(calls).toEqual([wire])
    expect(result).toEqual({ status: 204, sent: wire.body, body: '' })
  })

  it('A purchase is the same in a batch', async () => {
    const calls = api()

    await single('purchase', ordered(products))
    await batch('purchase', [ordered(products)])

    expect(calls[1]).toEqual(calls[0])
    expect(calls).toHaveLength(2)
  })

  it('A purchase has the user, the device and the channel', async () => {
    const calls = api()

    await single('purchase', {
      messageId: 'pos-1',
      type: 'track',
      timestamp: '2025-03-14T15:09:26.535Z',
      anonymousId: undefined,
      userId: 'user-7',
      context: { device: { type: 'android' } },
      properties: { channel: 'In Store', products: [{ sku: 77, price: '5' }] }
    })

    expect(calls).toEqual([
      request({
        purchases: [
          {
            id: 'pos-1',
            occurredAt: '2025-03-14T15:09:26.535Z',
            opaqueUserId: 'user-7',
            deviceType: 'mobile',
            channel: 'instore',
            items: [{ productId: '77', unitPrice: 5, quantity: 1 }]
          }
        ]
      })
    ])
  })

  test.each(['product_id', 'productId', 'id', 'sku'])('finds products by their %s', async (name) => {
    const calls = api()

    await single('purchase', ordered([{ [name]: 42, price: 9.9 }]))

    expect(calls).toEqual([purchase({ productId: '42', unitPrice: 9.9, quantity: 1 })])
  })

  it('prefers the vendor to the brand', async () => {
    const calls = api()

    await single('purchase', ordered([{ product_id: 'p-1', price: 1, vendorId: 'v-1', brand: 'Hasbro' }]))

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 1, quantity: 1, vendorId: 'v-1' })])
  })

  test.each<[unknown, string | undefined]>([
    ['Hasbro', 'Hasbro'],
    [{ id: 7, name: 'Hasbro' }, 'Hasbro'],
    ['', undefined],
    [null, undefined]
  ])('reads the brand %j as the vendor %j', async (brand, vendorId) => {
    const calls = api()
    const order = ordered([{ product_id: 'p-1', price: 1, brand }])

    await single('purchase', order)
    await batch('purchase', [order])

    const wire = purchase({ productId: 'p-1', unitPrice: 1, quantity: 1, vendorId })
    expect(calls).toEqual([wire, wire])
  })

  it('takes the id of a product last', async () => {
    const calls = api()

    await single('purchase', ordered([{ id: 1, sku: 's', productId: 'p', product_id: 'spec', price: 1 }]))
    await single('purchase', ordered([{ id: 1, sku: 's', productId: 'p', price: 1 }]))
    await single('purchase', ordered([{ id: 1, sku: 's', price: 1 }]))

    expect(calls).toEqual(['spec', 'p', 's'].map((productId) => purchase({ productId, unitPrice: 1, quantity: 1 })))
  })

  it('reads the total of a line, if it is mapped', async () => {
    const calls = api()
    const mapping = {
      ...defaultMapping('purchase'),
      items: {
        '@arrayPath': [
          '$.properties.products',
          {
            productId: { '@path': '$.product_id' },
            unitPrice: { '@path': '$.unit_price' },
            quantity: { '@path': '$.quantity' },
            lineTotal: { '@path': '$.price' }
          }
        ]
      }
    }
    const order = ordered([
      { product_id: 'p-1', price: 59.98, quantity: 2 },
      { product_id: 'p-2', price: '$1,500.00', quantity: '3', unit_price: 499 },
      { product_id: 'p-3', price: 2.99, quantity: 0.75 },
      { product_id: 'p-4', quantity: 2, unit_price: 4.5 },
      { product_id: 'p-5', price: 0, quantity: 2, unit_price: 4.5 },
      { product_id: 'p-6', price: 'gratis', quantity: 2 }
    ])

    const result = await single('purchase', order, { mapping })
    await batch('purchase', [order], { mapping })

    const wire = purchase(
      { productId: 'p-1', unitPrice: 29.99, quantity: 2 },
      { productId: 'p-2', unitPrice: 500, quantity: 3 },
      { productId: 'p-3', unitPrice: 2.99, quantity: 1 },
      { productId: 'p-4', unitPrice: 4.5, quantity: 2 }
    )
    expect(calls).toEqual([wire, wire])
    expect(result).toEqual({
      status: 204,
      sent: wire.body,
      body: {
        code: 'lines_left_out',
        of: 6,
        problems: [
          { code: 'line_price_not_positive', lines: [5], values: ['0'] },
          { code: 'line_price_invalid', lines: [6], values: ['"gratis"'] }
        ],
        message: 'Left out of this order: line 5 has a price of 0; line 6 has a price that is not a number: "gratis".'
      }
    })
  })

  it('reads prices and quantities that are numbers or text', async () => {
    const calls = api()

    await single(
      'purchase',
      ordered([
        { product_id: 'p-1', price: '$1,299.00', quantity: '2.0' },
        { product_id: 'p-2', price: 0.001, quantity: null },
        { product_id: 'p-3', price: '3,99 €', quantity: 0.75 }
      ])
    )

    expect(calls).toEqual([
      purchase(
        { productId: 'p-1', unitPrice: 1299, quantity: 2 },
        { productId: 'p-2', unitPrice: 0.001, quantity: 1 },
        { productId: 'p-3', unitPrice: 2.9925, quantity: 1 }
      )
    ])
  })

  test.each<[string | null, (number | undefined)[]]>([
    ['CLP', [12500, 1290, 12500, 1299]],
    ['TND', [12.5, 1.29, 12.5, 1299]],
    ['usd', [12.5, 1290, 12500, 1299]],
    [null, [12.5, undefined, undefined, 1299]]
  ])('reads the prices 12.500, $1.290, 12,500 and 1.299 EUR by the currency %j', async (currency, prices) => {
    const calls = api()
    const written = ['12.500', '$1.290', '12,500', '1.299 EUR']

    const order = ordered(
      written.map((price, index) => ({ product_id: `p-${index}`, price })),
      currency
    )
    await single('purchase', order)
    await batch('purchase', [order])

    const items = prices.flatMap((unitPrice, index) =>
      unitPrice === undefined ? [] : [{ productId: `p-${index}`, unitPrice, quantity: 1 }]
    )
    expect(calls).toEqual([purchase(...items), purchase(...items)])
  })

  it('omits a line whose price could be two amounts', async () => {
    const calls = api()
    const prices = [330.275, '12.500', '¥330,275']

    const order = ordered(
      prices.map((price, index) => ({ product_id: `p-${index}`, price })),
      'JPY'
    )
    const result = await single('purchase', order)

    const wire = purchase(
      { productId: 'p-1', unitPrice: 12500, quantity: 1 },
      { productId: 'p-2', unitPrice: 330275, quantity: 1 }
    )
    expect(calls).toEqual([wire])
    expect(result).toEqual({
      status: 204,
      sent: wire.body,
      body: {
        code: 'lines_left_out',
        of: 3,
        problems: [{ code: 'line_price_ambiguous', lines: [1], values: ['"330.275"'] }],
        message: 'Left out of this order: line 1 has a price that could be two amounts: "330.275".'
      }
    })
  })

  it('A purchase may have a single product that is not in a list', async () => {
    const calls = api()

    await single('purchase', ordered({ product_id: 'p-1', price: 5 }))

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 5, quantity: 1 })])
  })

  it('A purchase of 100 lines is one purchase', async () => {
    const calls = api()
    const lines = Array.from({ length: 100 }, (_, index) => ({ product_id: `p-${index}`, price: 1 }))

    await single('purchase', ordered(lines))

    expect(calls).toEqual([
      purchase(...lines.map(({ product_id }) => ({ productId: product_id, unitPrice: 1, quantity: 1 })))
    ])
  })
})

describe('Lines that cannot be reported', () => {
  const good = { product_id: 'good', price: 5, quantity: 1 }

  it('Lines that cannot be reported are omitted, and the result says why', async () => {
    const calls = api()
    const order = ordered([{ price: 5 }, good, null, { product_id: 'p-1', price: '$1.299' }, 'p-2'])

    const result = await single('purchase', order)
    const results = await batch('purchase', [order])

    const wire = purchase({ productId: 'good', unitPrice: 5, quantity: 1 })
    const body = {
      code: 'lines_left_out',
      of: 5,
      problems: [
        { code: 'line_without_product_id', lines: [1, 3, 5] },
        { code: 'line_price_ambiguous', lines: [4], values: ['"$1.299"'] }
      ],
      message:
        'Left out of this order: 3 of 5 lines have no product id (1, 3, 5); line 4 has a price that could be two amounts: "$1.299".'
    }
    expect(calls).toEqual([wire, wire])
    expect(result).toEqual({ status: 204, sent: wire.body, body })
    expect(results).toEqual([{ status: 204, sent: wire.body, body }])
  })

  it('Lines that cannot be reported are counted, and the first three of each problem are named', async () => {
    const calls = api()
    const lines = Array.from({ length: 60 }, (_, index) => (index % 7 === 0 ? { product_id: `p-${index}` } : good))
    const order = ordered(lines)

    const result = (await single('purchase', order)) as { body: { message: string } }

    expect(calls[0].body.purchases?.[0].items).toHaveLength(51)
    expect(result.body).toEqual({
      code: 'lines_left_out',
      of: 60,
      problems: [{ code: 'line_without_price', lines: [1, 8, 15, 22, 29, 36, 43, 50, 57] }],
      message: 'Left out of this order: 9 of 60 lines have no price (1, 8, 15, …).'
    })
  })

  it('Lines that cannot be reported have their values in the message if they are invalid', async () => {
    const order = ordered([
      { product_id: 'p-1', price: 'x' },
      { product_id: 'p-2', price: 5, quantity: '2 pcs' },
      { product_id: 'p-3', price: 'y' }
    ])

    const { message, body } = await failure(single('purchase', order))

    expect(message).toBe(
      'No line of this order can be reported: 2 of 3 lines have a price that is not a number (1: "x", 3: "y"); line 2 has an invalid quantity: "2 pcs".'
    )
    expect(body).toEqual({
      code: 'lines_unusable',
      of: 3,
      problems: [
        { code: 'line_price_invalid', lines: [1, 3], values: ['"x"', '"y"'] },
        { code: 'line_quantity_invalid', lines: [2], values: ['"2 pcs"'] }
      ]
    })
  })

  it('Lines that cannot be reported fail the order if there are no others', async () => {
    const message = 'No line of this order can be reported: line 1 has no product id; line 2 has a quantity of 0.'
    const body = {
      code: 'lines_unusable',
      of: 2,
      problems: [
        { code: 'line_without_product_id', lines: [1] },
        { code: 'line_quantity_not_positive', lines: [2], values: ['0'] }
      ]
    }
    const order = ordered([{ price: 5 }, { product_id: 'p-1', price: 5, quantity: 0 }])

    const error = await failure(single('purchase', order))
    const results = await batch('purchase', [order])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({ message, body })
    expect(results).toEqual([
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errorreporter: 'DESTINATION', errormessage: message, body }
    ])
  })

  it('Lines that cannot be reported fail the order with a hint if its products are an object and not a list', async () => {
    const products = { 0: { product_id: 'p-1', price: 5 }, 2: { product_id: 'p-2', price: 7 } }
    const message =
      'No line of this order can be reported: line 1 has no product id. If products is an object in your event and not a list, send it as a list.'
    const body = { code: 'lines_unusable', of: 1, problems: [{ code: 'line_without_product_id', lines: [1] }] }

    const error = await failure(single('purchase', ordered(products)))
    const results = await batch('purchase', [ordered(products)])

    expect(error).toMatchObject({ name: 'PayloadValidationError', message, body })
    expect(results).toMatchObject([{ status: 400, errormessage: message, body }])
  })

  test.each(MEANINGLESS)(
    'Lines that cannot be reported are omitted if their product is %j, and such a vendor is omitted from its line',
    async (text) => {
      const calls = api()
      const order = ordered([
        { product_id: text, price: 5 },
        { product_id: 'p-1', price: 5, vendorId: text }
      ])

      const [result] = await batch('purchase', [order])

      const value = JSON.stringify(text)
      expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 5, quantity: 1 })])
      expect(result).toMatchObject({
        status: 204,
        body: {
          code: 'lines_left_out',
          of: 2,
          problems: [{ code: 'line_product_id_meaningless', lines: [1], values: [value] }],
          message: `Left out of this order: line 1 has a product id that identifies nothing: ${value}.`
        }
      })
    }
  )

  it('Lines that cannot be reported fail the order even if some of them are only unpriced', async () => {
    const error = await failure(single('purchase', ordered([{ product_id: 'gift', price: 0 }, { price: 5 }])))

    expect(error).toMatchObject({
      message: 'No line of this order can be reported: line 1 has a price of 0; line 2 has no product id.',
      body: { code: 'lines_unusable', of: 2 }
    })
  })
})

describe('An order in which no line has a price', () => {
  test.each<[string, object[]]>([
    [
      'the price has another name',
      [
        { product_id: 'p-1', unit_price: 5 },
        { product_id: 'p-2', unit_price: 7 }
      ]
    ],
    [
      'all prices are null or blank',
      [
        { product_id: 'p-1', price: null },
        { product_id: 'p-2', price: ' ' }
      ]
    ],
    ['the only line with a price is not a product', [{ price: 5 }, { product_id: 'p-2', unit_price: 7 }]]
  ])('fails and says where a price belongs, because %s', async (_name, products) => {
    const message =
      'No line of this order has a price. Send it as price, or map Unit Price or Line Total of the field Items to the property that has it.'

    for (const skip of [undefined, true, false]) {
      const error = await failure(single('purchase', ordered(products), { settings: settings(skip) }))
      const results = await batch('purchase', [ordered(products)], { settings: settings(skip) })

      const body = { code: 'order_without_prices' }
      expect(error).toBeInstanceOf(PayloadValidationError)
      expect(error).toMatchObject({ message, body })
      expect(results).toMatchObject([
        { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: message, body }
      ])
    }
  })
})

describe('The setting that skips items without a price', () => {
  const gifts = ordered([{ product_id: 'gift-1', price: 0 }, { product_id: 'gift-2' }])
  const mixed = ordered([
    { product_id: 'gift', price: 0 },
    { product_id: 'p-1', price: 5 }
  ])

  test.each([undefined, true])('omits such items if it is %s', async (skip) => {
    const calls = api()

    const result = await single('purchase', mixed, { settings: settings(skip) })

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 5, quantity: 1 })])
    expect(result).toMatchObject({
      status: 204,
      body: {
        code: 'lines_left_out',
        of: 2,
        problems: [{ code: 'line_price_not_positive', lines: [1], values: ['0'] }],
        message: 'Left out of this order: line 1 has a price of 0.'
      }
    })
  })

  test.each([undefined, true])('sends nothing for an order of such items if it is %s', async (skip) => {
    const body = {
      code: 'order_unpriced',
      of: 2,
      problems: [
        { code: 'line_price_not_positive', lines: [1], values: ['0'] },
        { code: 'line_without_price', lines: [2] }
      ],
      message: 'No line of this order has a price above 0: line 1 has a price of 0; line 2 has no price.'
    }

    expect(await single('purchase', gifts, { settings: settings(skip) })).toEqual({
      status: 200,
      sent: undefined,
      body
    })
    expect(await batch('purchase', [gifts], { settings: settings(skip) })).toEqual([{ status: 200, sent: {}, body }])
  })

  it('sends all lines as they are if it is off, and Topsort decides', async () => {
    const calls = api(() => [400, { errCode: 'bad_request', message: 'no price' }])

    const error = await failure(single('purchase', gifts, { settings: settings(false) }))
    await batch('purchase', [mixed], { settings: settings(false) })

    expect(calls).toEqual([
      purchase({ productId: 'gift-1', unitPrice: 0, quantity: 1 }, { productId: 'gift-2', quantity: 1 }),
      purchase({ productId: 'gift', unitPrice: 0, quantity: 1 }, { productId: 'p-1', unitPrice: 5, quantity: 1 })
    ])
    expect(error.message).toBe('Topsort refused this purchase: bad_request: no price')
  })

  it('The setting that skips items without a price does not change other lines', async () => {
    const calls = api()
    const order = ordered([
      { product_id: 'back', price: 5, quantity: -1 },
      { product_id: 'p-1', price: 5 }
    ])

    await single('purchase', order, { settings: settings(false) })

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 5, quantity: 1 })])
  })
})

describe('A mapping that was saved long ago', () => {
  const mapping = {
    id: { '@path': '$.messageId' },
    occurredAt: { '@path': '$.timestamp' },
    opaqueUserId: { '@path': '$.anonymousId' },
    items: {
      '@arrayPath': [
        '$.properties.products',
        {
          productId: { '@path': '$.product_id' },
          unitPrice: { '@path': '$.price' },
          quantity: { '@path': '$.quantity' }
        }
      ]
    }
  }

  it('A mapping that was saved long ago still works with unusual lines of shops', async () => {
    const calls = api()
    const order = ordered([
      { product_id: 'p-1', price: 19, quantity: 1 },
      { product_id: 2, price: '$1,299.00', quantity: '2' },
      { product_id: null, price: 5 },
      { product_id: 'p-4', price: null, quantity: null },
      { product_id: 'p-5', price: 4, quantity: 0.5 }
    ])

    const result = await single('purchase', order, { mapping })
    const results = await batch('purchase', [order], { mapping })

    const wire = request({
      purchases: [
        {
          ...factsWithoutDevice,
          items: [
            { productId: 'p-1', unitPrice: 19, quantity: 1 },
            { productId: '2', unitPrice: 1299, quantity: 2 },
            { productId: 'p-5', unitPrice: 2, quantity: 1 }
          ]
        }
      ]
    })
    const body = {
      code: 'lines_left_out',
      of: 5,
      problems: [
        { code: 'line_without_product_id', lines: [3] },
        { code: 'line_without_price', lines: [4] }
      ],
      message: 'Left out of this order: line 3 has no product id; line 4 has no price.'
    }
    expect(calls).toEqual([wire, wire])
    expect(result).toEqual({ status: 204, sent: wire.body, body })
    expect(results).toEqual([{ status: 204, sent: wire.body, body }])
  })

  it('A mapping that was saved long ago still works with a whole list', async () => {
    const calls = api()
    const whole = { ...mapping, items: { '@path': '$.properties.items' } }
    const order = event({
      properties: { items: [{ productId: 'p-1', unitPrice: 9.9, quantity: 2, vendorId: 'v-1', color: 'red' }] }
    })

    await single('purchase', order, { mapping: whole })

    expect(calls).toEqual([
      request({
        purchases: [
          { ...factsWithoutDevice, items: [{ productId: 'p-1', unitPrice: 9.9, quantity: 2, vendorId: 'v-1' }] }
        ]
      })
    ])
  })
})
