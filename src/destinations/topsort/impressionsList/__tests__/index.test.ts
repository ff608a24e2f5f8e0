import type { JSONValue } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import { api, batch, defaultMapping, event, facts, failure, request, single } from '../../__tests__/__helpers__/support'

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

  it('has the same ids on every try, even if products are omitted', async () => {
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
    expect(result).toMatchObject({
      status: 204,
      body: `Left out of this list: 4 of 6 products. Product 1, Product 3, Product 4, Product 5: ${NOTHING}`
    })
  })

  it('may have a single product that is not in a list', async () => {
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

  it('without a product that can be reported fails and says why', async () => {
    const message = `No product of this list can be reported. Product 1, Product 2: ${NOTHING}`
    const empty = listed([{ name: 'Shoe' }, { resolvedBidId: ' ', entity: { id: 'b-1', type: 'brand' } }])

    const error = await failure(single('impressionsList', empty))
    const results = await batch('impressionsList', [empty])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(message)
    expect(results).toMatchObject([
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: message, body: '' }
    ])
  })

  it('omits a product whose bid is true, and says so', async () => {
    const calls = api()
    const products = [
      { product_id: 'p-1', resolvedBidId: true },
      { product_id: 'p-2', resolvedBidId: 'bid-2' }
    ]

    const result = await single('impressionsList', listed(products))
    const results = await batch('impressionsList', [listed(products)])

    const body =
      'Left out of this list: 1 of 2 products. Product 1: Invalid resolvedBidId in this impression: "true". Send text or a number, or leave it out.'
    const wire = request({
      impressions: [{ ...facts, id: 'list-1', resolvedBidId: 'bid-2', entity: product('p-2'), placement }]
    })
    expect(calls).toEqual([wire, wire])
    expect(result).toMatchObject({ status: 204, body })
    expect(results).toMatchObject([{ status: 204, body }])
  })

  it('that is offsite needs no ids', async () => {
    const calls = api()

    await single('impressionsList', listed([{ position: 3 }], { channel: 'offsite' }))

    expect(calls).toEqual([
      request({
        impressions: [{ ...facts, channel: 'offsite', id: 'list-0', placement: { path: '/search', position: 3 } }]
      })
    ])
  })

  it('still works with a mapping that was saved long ago', async () => {
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

  it('may have null instead of an attribution or an entity', async () => {
    const calls = api()
    const seen = event({
      messageId: 'list',
      properties: { products: [{ resolvedBidId: 'bid-0', additionalAttribution: null, entity: null }] }
    })
    const mapping = {
      ...defaultMapping('impressionsList'),
      products: {
        '@arrayPath': [
          '$.properties.products',
          {
            resolvedBidId: { '@path': '$.resolvedBidId' },
            additionalAttribution: { '@path': '$.additionalAttribution' },
            entity: { '@path': '$.entity' }
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
})
