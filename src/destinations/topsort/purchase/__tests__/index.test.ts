import type { JSONValue } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import { AggregateAjvError } from '@segment/ajv-human-errors'
import type { PurchaseItem } from '../../types'
import {
  KEY,
  api,
  batch,
  event,
  facts,
  factsWithoutDevice,
  failure,
  request,
  single
} from '../../__tests__/__helpers__/support'

function ordered(products: unknown) {
  const properties = {
    order_id: '50314b8e',
    total: 27.5,
    revenue: 25,
    currency: 'USD',
    products: products as JSONValue
  }
  return event({ event: 'Order Completed', properties })
}

/** The request for an order of these items. */
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

  it('is an Order Completed, with all of its lines', async () => {
    const calls = api()

    const result = await single('purchase', ordered(products))

    const wire = purchase(
      { productId: '507f1f77bcf86cd799439011', unitPrice: 19, quantity: 1, vendorId: 'Hasbro' },
      { productId: '505bd76785ebb509fc183733', unitPrice: 3.5, quantity: 2, vendorId: 'games-r' }
    )
    expect(calls).toEqual([wire])
    expect(result).toEqual({ status: 204, sent: wire.body, body: '' })
  })

  it('is the same in a batch', async () => {
    const calls = api()

    await single('purchase', ordered(products))
    await batch('purchase', [ordered(products)])

    expect(calls[1]).toEqual(calls[0])
    expect(calls).toHaveLength(2)
  })

  it('has the user, the device and the channel', async () => {
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

  test.each(['product_id', 'productId', 'id', 'sku'])('knows products by their %s', async (name) => {
    const calls = api()

    await single('purchase', ordered([{ [name]: 42, price: 9.9 }]))

    expect(calls).toEqual([purchase({ productId: '42', unitPrice: 9.9, quantity: 1 })])
  })

  it('prefers the vendor to the brand', async () => {
    const calls = api()

    await single('purchase', ordered([{ product_id: 'p-1', price: 1, vendorId: 'v-1', brand: 'Hasbro' }]))

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 1, quantity: 1, vendorId: 'v-1' })])
  })

  test.each<[unknown, number]>([
    [9.9, 9.9],
    ['9.90', 9.9],
    ['$9.90', 9.9],
    ['9,90 €', 9.9],
    ['$1,299.00', 1299],
    ['1.299,00 €', 1299],
    ['R$ 1.299,00', 1299],
    [0.001, 0.001]
  ])('has the price %j as %d', async (price, unitPrice) => {
    const calls = api()

    await single('purchase', ordered([{ product_id: 'p-1', price, quantity: 2 }]))

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice, quantity: 2 })])
  })

  test.each<[unknown, number]>([
    [undefined, 1],
    [null, 1],
    ['', 1],
    [3, 3],
    ['3', 3],
    ['3.0', 3]
  ])('has the quantity %j as %d', async (quantity, count) => {
    const calls = api()

    await single('purchase', ordered([{ product_id: 'p-1', price: 2, quantity }]))
    await batch('purchase', [ordered([{ product_id: 'p-1', price: 2, quantity }])])

    const wire = purchase({ productId: 'p-1', unitPrice: 2, quantity: count })
    expect(calls).toEqual([wire, wire])
  })

  test.each<[unknown, unknown, number]>([
    [0.75, 4, 3],
    ['0.75', '$4.00', 3],
    ['0,75', 3.99, 2.9925],
    [2.5, 10, 25],
    [0.1, 3, 0.3]
  ])('has %j kg at %j as one item, so that the revenue stays true', async (quantity, price, total) => {
    const calls = api()

    await single('purchase', ordered([{ product_id: 'p-1', price, quantity }]))

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: total, quantity: 1 })])
  })

  it('may be a lone product', async () => {
    const calls = api()

    await single('purchase', ordered({ product_id: 'p-1', price: 5 }))

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 5, quantity: 1 })])
  })

  it('of 100 lines is one purchase', async () => {
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
  const item = { productId: 'good', unitPrice: 5, quantity: 1 }

  test.each<[string, unknown, string]>([
    ['no product', { price: 5 }, 'has no product id'],
    ['a blank product', { product_id: ' ', price: 5 }, 'has no product id'],
    ['null', null, 'has no product id'],
    ['text', 'p-1', 'has no product id'],
    ['a return', { product_id: 'p-1', price: 5, quantity: -1 }, 'has a quantity of -1'],
    ['none of it', { product_id: 'p-1', price: 5, quantity: 0 }, 'has a quantity of 0'],
    [
      'a quantity in words',
      { product_id: 'p-1', price: 5, quantity: 'two of these' },
      'has a quantity that is no number: "two of these"'
    ],
    ['a gift', { product_id: 'p-1', price: 0 }, 'has a price of 0'],
    ['a discount', { product_id: 'p-1', price: -5 }, 'has a price of -5'],
    [
      'next to none of it',
      { product_id: 'p-1', price: 1e-200, quantity: 1e-200 },
      'has a quantity that its price cannot be multiplied by: "1e-200"'
    ],
    [
      'more than can be counted',
      { product_id: 'p-1', price: 1e308, quantity: 10.5 },
      'has a quantity that its price cannot be multiplied by: "10.5"'
    ],
    ['no price', { product_id: 'p-1' }, 'has no price'],
    ['a null price', { product_id: 'p-1', price: null }, 'has no price'],
    [
      'an object for a price',
      { product_id: 'p-1', price: { amount: 5 } },
      'has a price that is no number, or could be two: {"amount":5}'
    ],
    [
      'an object for a quantity',
      { product_id: 'p-1', price: 5, quantity: { n: 3 } },
      'has a quantity that is no number: {"n":3}'
    ],
    [
      'a quantity with a unit',
      { product_id: 'p-1', price: 5, quantity: '500g' },
      'has a quantity that is no number: "500g"'
    ],
    [
      'a price in many words',
      { product_id: 'p-1', price: 'please ask for our best price by telephone' },
      'has a price that is no number, or could be two: "please ask for our best price by teleph…'
    ],
    ['a product id that is false', { product_id: false, price: 5 }, 'has no product id'],
    [
      'a price in words',
      { product_id: 'p-1', price: 'on request' },
      'has a price that is no number, or could be two: "on request"'
    ],
    [
      'a price that depends on the country',
      { product_id: 'p-1', price: '$1.299' },
      'has a price that is no number, or could be two: "$1.299"'
    ]
  ])('are left out, and the result says why: %s', async (_name, line, problem) => {
    const calls = api()

    const result = await single('purchase', ordered([good, line]))
    const results = await batch('purchase', [ordered([good, line])])

    const body = `Left out of this order: line 2 ${problem}.`
    expect(calls).toEqual([purchase(item), purchase(item)])
    expect(result).toMatchObject({ status: 204, body })
    expect(results).toMatchObject([{ status: 204, body }])
  })

  it('are named up to five, and counted', async () => {
    const order = ordered(Array.from({ length: 300 }, () => ({ price: 5 })))

    const { message } = await failure(single('purchase', order))

    expect(message).toBe(
      'No line of this order can be reported: line 1 has no product id; line 2 has no product id; line 3 has no product id; line 4 has no product id; line 5 has no product id; and 295 more.'
    )
  })

  it('are all named when they are five', async () => {
    const { message } = await failure(single('purchase', ordered(Array.from({ length: 5 }, () => ({ price: 5 })))))

    expect(message).toMatch(/; line 4 has no product id; line 5 has no product id\.$/)
  })

  it('are named by their places in the order', async () => {
    api()

    const result = await single('purchase', ordered([{ price: 1 }, good, { product_id: 'p', price: 1, quantity: 0 }]))

    expect(result).toMatchObject({
      body: 'Left out of this order: line 1 has no product id; line 3 has a quantity of 0.'
    })
  })

  it('fail the order when there are no others', async () => {
    const message = 'No line of this order can be reported: line 1 has no product id; line 2 has a quantity of 0.'
    const order = ordered([{ price: 5 }, { product_id: 'p-1', price: 5, quantity: 0 }])

    const error = await failure(single('purchase', order))
    const results = await batch('purchase', [order])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(message)
    expect(results).toMatchObject([{ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: message }])
  })

  it('fail the order also when only some of them have no price', async () => {
    const error = await failure(single('purchase', ordered([{ product_id: 'gift', price: 0 }, { price: 5 }])))

    expect(error.message).toBe(
      'No line of this order can be reported: line 1 has a price of 0; line 2 has no product id.'
    )
  })

  test.each<[unknown]>([[[]], [undefined], [null]])(
    'are not the same as no lines: %j fails the check',
    async (none) => {
      const error = await failure(single('purchase', ordered(none)))
      const [result] = await batch('purchase', [ordered(none)])

      expect(error).toBeInstanceOf(AggregateAjvError)
      expect(error.message).toMatch(/is missing the required field 'items'\.$/)
      expect(result).toMatchObject({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' })
    }
  )

  it('fail the check where the products are text', async () => {
    expect(await failure(single('purchase', ordered('p-1')))).toBeInstanceOf(AggregateAjvError)
  })
})

describe('The setting that skips items without a price', () => {
  const gifts = ordered([{ product_id: 'gift-1', price: 0 }, { product_id: 'gift-2' }])
  const mixed = ordered([
    { product_id: 'gift', price: 0 },
    { product_id: 'p-1', price: 5 }
  ])

  test.each([undefined, true])('leaves them out when it is %s', async (skip) => {
    const calls = api()

    const result = await single('purchase', mixed, { settings: settings(skip) })

    expect(calls).toEqual([purchase({ productId: 'p-1', unitPrice: 5, quantity: 1 })])
    expect(result).toMatchObject({ status: 204, body: 'Left out of this order: line 1 has a price of 0.' })
  })

  test.each([undefined, true])('sends nothing of an order that has no others when it is %s', async (skip) => {
    const body = 'No line of this order has a price above 0: line 1 has a price of 0; line 2 has no price.'

    expect(await single('purchase', gifts, { settings: settings(skip) })).toMatchObject({ status: 200, body })
    expect(await batch('purchase', [gifts], { settings: settings(skip) })).toEqual([{ status: 200, sent: {}, body }])
  })

  test.each<[string, ReturnType<typeof ordered>, string]>([
    ['some lines', mixed, 'line 1 has a price of 0'],
    ['all lines', gifts, 'line 1 has a price of 0; line 2 has no price'],
    [
      'a line beside one without a product id',
      ordered([{ product_id: 'gift', price: 0 }, { price: 5 }, { product_id: 'p-1', price: 5 }]),
      'line 1 has a price of 0; line 2 has no product id'
    ]
  ])('fails the order when it is off: %s', async (_name, order, list) => {
    const message = `This order has lines that Topsort does not take: ${list}. Send prices above 0, or switch on the setting that leaves such lines out.`

    const error = await failure(single('purchase', order, { settings: settings(false) }))
    const results = await batch('purchase', [order], { settings: settings(false) })

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(message)
    expect(results).toMatchObject([{ status: 400, errormessage: message }])
  })

  it('has nothing to do with other lines', async () => {
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

  it('goes on working, with what arrives there in the field', async () => {
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
    const body = 'Left out of this order: line 3 has no product id; line 4 has no price.'
    expect(calls).toEqual([wire, wire])
    expect(result).toEqual({ status: 204, sent: wire.body, body })
    expect(results).toEqual([{ status: 204, sent: wire.body, body }])
  })

  it('goes on working with a whole list', async () => {
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
