import { PayloadValidationError } from '@segment/actions-core'
import { api, batch, event, facts, failure, request, single } from '../../__tests__/__helpers__/support'

const BID = 'WyJlX1BJLWpwQmZFRkl4aVlhQzFjZDUwIiwiMTJjMGE5ZDEiXQ'

function viewed(properties: object) {
  return event({ event: 'Product Viewed', properties: { ...properties } })
}

const product = { product_id: '507f1f77bcf86cd799439011', name: 'Red Shoe', price: 89.9, currency: 'usd', position: 1 }
const entity = { type: 'product' as const, id: '507f1f77bcf86cd799439011' }
const placement = { path: '/search', position: 1 }

describe('An impression', () => {
  it('An impression of a sponsored product is reported with its bid', async () => {
    const calls = api()

    await single('impression', viewed({ ...product, resolvedBidId: BID }))

    expect(calls).toEqual([request({ impressions: [{ ...facts, resolvedBidId: BID, entity, placement }] })])
  })

  it('An impression of another product is organic', async () => {
    const calls = api()

    await single('impression', viewed(product))

    expect(calls).toEqual([request({ impressions: [{ ...facts, entity, placement }] })])
  })

  it('An impression is the same in a batch', async () => {
    const calls = api()

    await batch('impression', [viewed({ ...product, resolvedBidId: BID }), viewed(product)])

    expect(calls).toEqual([
      request({
        impressions: [
          { ...facts, resolvedBidId: BID, entity, placement },
          { ...facts, entity, placement }
        ]
      })
    ])
  })

  it('An impression from a phone app has the device and the page of the app', async () => {
    const calls = api()

    await single('impression', {
      ...viewed({
        ...product,
        placement: { path: 'shop://search', page: 2, pageSize: 20 },
        query: 'red shoes',
        page: { type: 'Search Results', pageId: 'search', value: 'red shoes' }
      }),
      context: { device: { type: 'ios' }, app: { name: 'Shop' }, userAgent: 'Shop/1 CFNetwork/1494.0.7 Darwin/23.4.0' }
    })

    expect(calls).toEqual([
      request({
        impressions: [
          {
            ...facts,
            deviceType: 'mobile',
            entity,
            placement: { path: 'shop://search', position: 1, page: 2, pageSize: 20, searchQuery: 'red shoes' },
            page: { type: 'search', pageId: 'search', value: 'red shoes' }
          }
        ]
      })
    ])
  })

  it('An impression of a cart page has its products', async () => {
    const calls = api()

    await single('impression', viewed({ ...product, page: { type: 'cart', pageId: '/cart', value: ['p-1', 'p-2'] } }))

    expect(calls).toEqual([
      request({
        impressions: [{ ...facts, entity, placement, page: { type: 'cart', pageId: '/cart', value: ['p-1', 'p-2'] } }]
      })
    ])
  })

  it('uses the title as the value of the page if the shop sends none', async () => {
    const calls = api()

    await single('impression', viewed({ ...product, page: { type: 'PDP', pageId: 'p-1' } }))

    expect(calls).toEqual([
      request({
        impressions: [{ ...facts, entity, placement, page: { type: 'PDP', pageId: 'p-1', value: 'Shoes | Shop' } }]
      })
    ])
  })

  it('An impression has no click type, and no note about an unknown one', async () => {
    const calls = api()

    const results = await batch('impression', [
      viewed({ ...product, clickType: 'like' }),
      viewed({ ...product, clickType: 'image' })
    ])

    const impression = { ...facts, entity, placement }
    const delivered = { status: 204, sent: { impressions: [impression] }, body: '' }
    expect(calls).toEqual([request({ impressions: [impression, impression] })])
    expect(results).toEqual([delivered, delivered])
  })

  it('An impression of a banner is reported with its bid', async () => {
    const calls = api()

    await single(
      'impression',
      event({
        event: 'Banner Impression',
        properties: { resolvedBidId: BID, additionalAttribution: { id: 'vendor-1', type: 'vendor' } }
      })
    )

    expect(calls).toEqual([
      request({
        impressions: [
          {
            ...facts,
            resolvedBidId: BID,
            additionalAttribution: { type: 'vendor', id: 'vendor-1' },
            placement: { path: '/search' }
          }
        ]
      })
    ])
  })

  it('An impression that is offsite may have a vendor id of the marketplace', async () => {
    const calls = api()

    await single('impression', viewed({ externalVendorId: 77, channel: 'offsite', dspMetadata: { gclid: 'Cj0K' } }))

    expect(calls).toEqual([
      request({
        impressions: [
          {
            ...facts,
            channel: 'offsite',
            externalVendorId: '77',
            placement: { path: '/search' },
            dsp_metadata: { gclid: 'Cj0K' }
          }
        ]
      })
    ])
  })

  it('An impression that identifies nothing fails, and no request is sent', async () => {
    const message =
      "This impression is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic impression."

    const error = await failure(single('impression', viewed({ name: 'Red Shoe' })))
    const results = await batch('impression', [viewed({ name: 'Red Shoe' })])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({ message, body: { code: 'about_nothing' } })
    expect(results).toEqual([
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errorreporter: 'DESTINATION',
        errormessage: message,
        body: { code: 'about_nothing' }
      }
    ])
  })

  it('An impression still works with a mapping that was saved long ago', async () => {
    const calls = api()
    const mapping = {
      id: { '@path': '$.messageId' },
      occurredAt: { '@path': '$.timestamp' },
      opaqueUserId: { '@path': '$.anonymousId' },
      resolvedBidId: { '@path': '$.properties.resolvedBidId' },
      entity: { '@path': '$.properties.entity' },
      placement: { '@path': '$.properties.placement' },
      page: { '@path': '$.properties.page' },
      deviceType: { '@path': '$.properties.deviceType' }
    }
    const seen = viewed({
      resolvedBidId: null,
      entity: { id: 'vendor-1', type: 'vendor' },
      placement: { path: '/', position: 1.5, categoryIds: 'shoes' },
      page: { type: 'home', pageId: '/' },
      deviceType: 'Desktop'
    })

    await single('impression', seen, { mapping })
    await batch('impression', [seen], { mapping })

    const wire = request({
      impressions: [
        {
          ...facts,
          entity: { type: 'vendor', id: 'vendor-1' },
          placement: { path: '/', categoryIds: ['shoes'] },
          page: { type: 'home', pageId: '/' }
        }
      ]
    })
    expect(calls).toEqual([wire, wire])
  })
})
