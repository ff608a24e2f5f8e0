import type { JSONValue, MultiStatusResponse } from '@segment/actions-core'
import { PayloadValidationError, createRequestClient } from '@segment/actions-core'
import {
  MEANINGLESS,
  api,
  batch,
  defaultMapping,
  event,
  facts,
  failure,
  request,
  settings,
  single
} from '../../__tests__/__helpers__/support'
import impressionsList from '..'

type BatchInput = Parameters<NonNullable<typeof impressionsList.performBatch>>[1]

function listed(products: unknown, rest: object = {}) {
  const properties = { list_id: 'hot-deals', category: 'Deals', products: products as JSONValue, ...rest }
  return event({ event: 'Product List Viewed', messageId: 'list', properties })
}

function product(id: string) {
  return { type: 'product' as const, id }
}

const placement = { path: '/search' }

const NOTHING =
  "This impression is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic impression."

describe('A list', () => {
  it('becomes an impression for each of its products, sponsored and organic', async () => {
    const calls = api()

    await single(
      'impressionsList',
      listed([
        { product_id: 'p-1', sku: 's-1', name: 'Shoe', price: 9.9, position: 1, category: 'Shoes' },
        { product_id: 'p-2', position: 2, resolvedBidId: 'bid-2' },
        { resolvedBidId: 'bid-3', additionalAttribution: { id: 'p-3', type: 'Product' } },
        { entity: { id: 'vendor-4', type: 'vendor' }, product_id: 'p-4', position: '4' }
      ])
    )

    expect(calls).toEqual([
      request({
        impressions: [
          { ...facts, id: 'list-0', entity: product('p-1'), placement: { path: '/search', position: 1 } },
          {
            ...facts,
            id: 'list-1',
            resolvedBidId: 'bid-2',
            entity: product('p-2'),
            placement: { path: '/search', position: 2 }
          },
          { ...facts, id: 'list-2', resolvedBidId: 'bid-3', additionalAttribution: product('p-3'), placement },
          {
            ...facts,
            id: 'list-3',
            entity: { type: 'vendor', id: 'vendor-4' },
            placement: { path: '/search', position: 4 }
          }
        ]
      })
    ])
  })

  it('adds its placement, page and channel to each impression', async () => {
    const calls = api()
    const common = {
      placement: { path: '/c/deals', position: 9, page: 2, pageSize: 24, categoryIds: 'deals' },
      page: { type: 'category', pageId: '/c/deals', value: 'deals' },
      query: 'cheap',
      channel: 'onsite'
    }

    await single('impressionsList', listed([{ sku: 's-1', position: 25 }, { id: 2 }], common))

    const list = {
      ...facts,
      channel: 'onsite' as const,
      page: { type: 'category' as const, pageId: '/c/deals', value: 'deals' }
    }
    const page = { path: '/c/deals', page: 2, pageSize: 24, categoryIds: ['deals'], searchQuery: 'cheap' }
    expect(calls).toEqual([
      request({
        impressions: [
          { ...list, id: 'list-0', entity: product('s-1'), placement: { ...page, position: 25 } },
          { ...list, id: 'list-1', entity: product('2'), placement: page }
        ]
      })
    ])
  })

  it('A list has the same ids on every try, even if products are omitted', async () => {
    const calls = api()
    const products = [{ name: 'no id' }, { product_id: 'p-1' }, null, { product_id: '' }, 'p', { product_id: 'p-5' }]

    const result = await single('impressionsList', listed(products))
    await batch('impressionsList', [listed(products)])

    const wire = request({
      impressions: [
        { ...facts, id: 'list-1', entity: product('p-1'), placement },
        { ...facts, id: 'list-5', entity: product('p-5'), placement }
      ]
    })
    expect(calls).toEqual([wire, wire])
    expect(result).toEqual({
      status: 204,
      sent: wire.body,
      body: {
        code: 'products_left_out',
        count: 4,
        of: 6,
        problems: [{ code: 'about_nothing', products: [1, 3, 4, 5] }],
        message: `Left out of this list: 4 of 6 products. Product 1, Product 3, Product 4, Product 5: ${NOTHING}`
      }
    })
  })

  test.each(['product_id', 'productId', 'sku', 'id'])('finds products by their %s', async (name) => {
    const calls = api()

    await single('impressionsList', listed([{ [name]: 'p-1' }]))

    expect(calls).toEqual([request({ impressions: [{ ...facts, id: 'list-0', entity: product('p-1'), placement }] })])
  })

  it('takes the id of a product last', async () => {
    const calls = api()

    await single(
      'impressionsList',
      listed([
        { id: 1, sku: 's-1' },
        { id: 2, productId: 'p-2', sku: 's-2' }
      ])
    )

    expect(calls).toEqual([
      request({
        impressions: [
          { ...facts, id: 'list-0', entity: product('s-1'), placement },
          { ...facts, id: 'list-1', entity: product('p-2'), placement }
        ]
      })
    ])
  })

  it('A list may have a single product that is not in a list', async () => {
    const calls = api()

    await single('impressionsList', listed({ product_id: 'p-1' }))

    expect(calls).toEqual([request({ impressions: [{ ...facts, id: 'list-0', entity: product('p-1'), placement }] })])
  })

  it('omits the position 0, because Topsort counts from 1', async () => {
    const calls = api()

    await single('impressionsList', listed([{ product_id: 'p-1', position: 0 }]))

    expect(calls).toEqual([request({ impressions: [{ ...facts, id: 'list-0', entity: product('p-1'), placement }] })])
  })

  it('omits the additional attribution of a product without a bid', async () => {
    const calls = api()

    await single('impressionsList', listed([{ product_id: 'p-1', additionalAttribution: product('p-2') }]))

    expect(calls).toEqual([request({ impressions: [{ ...facts, id: 'list-0', entity: product('p-1'), placement }] })])
  })

  it('A list without a product that can be reported fails and says why', async () => {
    const message = `No product of this list can be reported. Product 1, Product 2: ${NOTHING}`
    const empty = listed([{ name: 'Shoe' }, { resolvedBidId: ' ', entity: { id: 'b-1', type: 'brand' } }])

    const error = await failure(single('impressionsList', empty))
    const results = await batch('impressionsList', [empty])

    const body = {
      code: 'products_unusable',
      count: 2,
      of: 2,
      problems: [{ code: 'about_nothing', products: [1, 2] }]
    }
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({ message, body })
    expect(results).toEqual([
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errorreporter: 'DESTINATION', errormessage: message, body }
    ])
  })

  it('fails with a hint if its products are an object and not a list', async () => {
    const message = `No product of this list can be reported. Product 1: ${NOTHING} If products is an object in your event and not a list, send it as a list.`
    const body = {
      code: 'products_unusable',
      count: 1,
      of: 1,
      problems: [{ code: 'about_nothing', products: [1] }]
    }
    const keyed = listed({ 0: { product_id: 'p-1' }, 2: { product_id: 'p-2', resolvedBidId: 'bid-2' } })

    const error = await failure(single('impressionsList', keyed))
    const results = await batch('impressionsList', [keyed])

    expect(error).toMatchObject({ name: 'PayloadValidationError', message, body })
    expect(results).toMatchObject([{ status: 400, errormessage: message, body }])
  })

  it('fails without that hint if its only product has a bid that cannot be sent', async () => {
    const error = await failure(single('impressionsList', listed([{ resolvedBidId: 'WyJ hX1BJ' }])))

    expect(error).toMatchObject({
      message:
        'No product of this list can be reported. Product 1: The resolvedBidId of this impression was encoded or cut on its way: "WyJ hX1BJ". Send it exactly as the auction returned it.',
      body: {
        code: 'products_unusable',
        count: 1,
        of: 1,
        problems: [{ code: 'bid_encoded_or_cut', value: '"WyJ hX1BJ"', products: [1] }]
      }
    })
  })

  test.each(['WyJ hX1BJ', 'WyJlX1BJ%3D%3D'])(
    'omits a product whose bid is %j, which was encoded or cut, and sends the others',
    async (resolvedBidId) => {
      const calls = api()
      const products = [
        { product_id: 'p-1', resolvedBidId },
        { product_id: 'p-2', resolvedBidId: 'bid-2' },
        { product_id: 'p-3' }
      ]

      const results = await batch('impressionsList', [listed(products)])

      const value = JSON.stringify(resolvedBidId)
      const wire = request({
        impressions: [
          { ...facts, id: 'list-1', resolvedBidId: 'bid-2', entity: product('p-2'), placement },
          { ...facts, id: 'list-2', entity: product('p-3'), placement }
        ]
      })
      expect(calls).toEqual([wire])
      expect(results).toEqual([
        {
          status: 204,
          sent: wire.body,
          body: {
            code: 'products_left_out',
            count: 1,
            of: 3,
            problems: [{ code: 'bid_encoded_or_cut', value, products: [1] }],
            message: `Left out of this list: 1 of 3 products. Product 1: The resolvedBidId of this impression was encoded or cut on its way: ${value}. Send it exactly as the auction returned it.`
          }
        }
      ])
    }
  )

  test.each(MEANINGLESS)('reads the bid %j as none, and omits such a product', async (text) => {
    const calls = api()
    const products = [
      { product_id: 'p-1', resolvedBidId: text },
      { product_id: text },
      { product_id: text, resolvedBidId: 'bid-3' }
    ]

    const [result] = await batch('impressionsList', [listed(products)])

    const value = JSON.stringify(text)
    expect(calls).toEqual([
      request({
        impressions: [
          { ...facts, id: 'list-0', entity: product('p-1'), placement },
          { ...facts, id: 'list-2', resolvedBidId: 'bid-3', placement }
        ]
      })
    ])
    expect(result).toMatchObject({
      status: 204,
      body: {
        code: 'products_left_out',
        count: 1,
        of: 3,
        problems: [{ code: 'product_id_meaningless', value, products: [2] }],
        message: `Left out of this list: 1 of 3 products. Product 2: The product_id of this impression is ${value}, which identifies nothing. Send an id.`
      }
    })
  })

  it('says each problem of its products once', async () => {
    const products = [
      { name: 'no id' },
      { product_id: 'p-2', resolvedBidId: 'a b' },
      { name: 'no id' },
      { product_id: 'p-4', resolvedBidId: 'a b' },
      { product_id: 'p-5', resolvedBidId: 'c d' }
    ]

    const { body } = await failure(single('impressionsList', listed(products)))

    expect(body).toEqual({
      code: 'products_unusable',
      count: 5,
      of: 5,
      problems: [
        { code: 'about_nothing', products: [1, 3] },
        { code: 'bid_encoded_or_cut', value: '"a b"', products: [2, 4] },
        { code: 'bid_encoded_or_cut', value: '"c d"', products: [5] }
      ]
    })
  })

  it('omits an additional attribution of an unknown type beside a bid, and says so', async () => {
    const calls = api()
    const additionalAttribution = { id: 'b-1', type: 'brand' }

    const result = await single('impressionsList', listed([{ resolvedBidId: 'bid-0', additionalAttribution }]))

    const wire = request({ impressions: [{ ...facts, id: 'list-0', resolvedBidId: 'bid-0', placement }] })
    expect(calls).toEqual([wire])
    expect(result).toEqual({
      status: 204,
      sent: wire.body,
      body: {
        code: 'attribution_type_unknown',
        value: '"brand"',
        message: 'Left out: the additional attribution of the type "brand". Topsort accepts product and vendor.'
      }
    })
  })

  it('A list has all of its notes in the result', async () => {
    api()
    const products = [
      { resolvedBidId: 'bid-0', additionalAttribution: { id: 'b-1', type: 'brand' } },
      { name: 'no id' }
    ]

    const [result] = await batch('impressionsList', [listed(products)])

    expect(result).toMatchObject({
      status: 204,
      body: {
        code: 'attribution_type_unknown',
        value: '"brand"',
        message: `Left out: the additional attribution of the type "brand". Topsort accepts product and vendor. Left out of this list: 1 of 2 products. Product 2: ${NOTHING}`,
        notes: [{ code: 'products_left_out', count: 1, of: 2, problems: [{ code: 'about_nothing', products: [2] }] }]
      }
    })
  })

  it('omits a product whose bid is true, and says so', async () => {
    const calls = api()
    const products = [
      { product_id: 'p-1', resolvedBidId: true },
      { product_id: 'p-2', resolvedBidId: 'bid-2' }
    ]

    const result = await single('impressionsList', listed(products))
    const results = await batch('impressionsList', [listed(products)])

    const body = {
      code: 'products_left_out',
      count: 1,
      of: 2,
      problems: [{ code: 'bid_unreadable', value: '"true"', products: [1] }],
      message:
        'Left out of this list: 1 of 2 products. Product 1: Invalid resolvedBidId in this impression: "true". Send text or a number, or leave it out.'
    }
    const wire = request({
      impressions: [{ ...facts, id: 'list-1', resolvedBidId: 'bid-2', entity: product('p-2'), placement }]
    })
    expect(calls).toEqual([wire, wire])
    expect(result).toMatchObject({ status: 204, body })
    expect(results).toMatchObject([{ status: 204, body }])
  })

  it('A list that is offsite needs no ids', async () => {
    const calls = api()

    await single('impressionsList', listed([{ position: 3 }], { channel: 'offsite' }))

    expect(calls).toEqual([
      request({
        impressions: [{ ...facts, channel: 'offsite', id: 'list-0', placement: { path: '/search', position: 3 } }]
      })
    ])
  })

  it('A list still works with a mapping that was saved long ago', async () => {
    const calls = api()
    const mapping = {
      id: { '@path': '$.messageId' },
      occurredAt: { '@path': '$.timestamp' },
      opaqueUserId: { '@path': '$.anonymousId' },
      products: {
        '@arrayPath': [
          '$.properties.products',
          {
            resolvedBidId: { '@path': '$.resolvedBidId' },
            additionalAttribution: { '@path': '$.additionalAttribution' }
          }
        ]
      },
      deviceType: { '@path': '$.context.device.type' },
      channel: { '@path': '$.properties.channel' }
    }
    const seen = {
      ...listed([
        { resolvedBidId: 'bid-0', additionalAttribution: { id: 'p-0', type: 'product', more: 1 } },
        { resolvedBidId: null, product_id: 'p-1' },
        { resolvedBidId: 'bid-2', additionalAttribution: { id: '', type: null } }
      ]),
      context: { device: { type: 'android' } }
    }

    await single('impressionsList', seen, { mapping })
    await batch('impressionsList', [seen], { mapping })

    const wire = request({
      impressions: [
        {
          ...facts,
          id: 'list-0',
          deviceType: 'mobile',
          resolvedBidId: 'bid-0',
          additionalAttribution: product('p-0')
        },
        { ...facts, id: 'list-2', deviceType: 'mobile', resolvedBidId: 'bid-2' }
      ]
    })
    expect(calls).toEqual([wire, wire])
  })

  it('A list may have null instead of an attribution', async () => {
    const calls = api()
    const seen = event({
      messageId: 'list',
      properties: { products: [{ resolvedBidId: 'bid-0', additionalAttribution: null }] }
    })
    const mapping = {
      ...defaultMapping('impressionsList'),
      products: {
        '@arrayPath': [
          '$.properties.products',
          {
            resolvedBidId: { '@path': '$.resolvedBidId' },
            additionalAttribution: { '@path': '$.additionalAttribution' }
          }
        ]
      }
    }

    await single('impressionsList', seen, { mapping })
    await batch('impressionsList', [seen], { mapping })

    const wire = request({
      impressions: [{ ...facts, id: 'list-0', resolvedBidId: 'bid-0', placement: { path: '/search' } }]
    })
    expect(calls).toEqual([wire, wire])
  })

  it('fails as a whole, and Segment retries it, if a fault of the destination concerns a product', async () => {
    const entity = {
      get id(): string {
        throw new TypeError('x is not a function')
      }
    }
    const products = [{ productId: 'p-1' }, { productId: 'p-2', entity }]
    const input = { payload: [{ ...facts, products }], settings } as BatchInput

    const results = await impressionsList.performBatch?.(createRequestClient(), input)

    expect((results as MultiStatusResponse).getResponseAtIndex(0).value()).toMatchObject({
      status: 500,
      errormessage:
        'The destination failed at this list: x is not a function. Segment tries again for about four hours.',
      body: { code: 'conversion_failed', error: 'x is not a function' }
    })
  })
})
