import { PayloadValidationError } from '@segment/actions-core'
import {
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

/** A Product Clicked of Segment's ecommerce spec, with the bid of the auction's winner. */
const product = {
  product_id: '507f1f77bcf86cd799439011',
  sku: 'G-32',
  category: 'Shoes',
  name: 'Red Shoe',
  brand: 'Roadrunner',
  variant: '42',
  price: 89.9,
  quantity: 1,
  position: 3,
  url: 'https://shop.example/p/red-shoe',
  image_url: 'https://shop.example/p/red-shoe.jpg'
}
const BID = 'WyJlX1BJLWpwQmZFRkl4aVlhQzFjZDUwIiwiMTJjMGE5ZDEiXQ'

function clicked(properties: object) {
  return event({ event: 'Product Clicked', properties: { ...properties } })
}

/** All optional properties, with the same value. */
function decoration(value: unknown): object {
  const objects = ['placement', 'page', 'object', 'entity', 'additionalAttribution']
  const leaves = ['position', 'clickType', 'channel', 'externalCampaignId', 'externalVendorId', 'opaqueUserId']
  return Object.fromEntries([...objects, ...leaves].map((name) => [name, value]))
}

const entity = { type: 'product' as const, id: '507f1f77bcf86cd799439011' }
const placement = { path: '/search', position: 3 }

describe('A click', () => {
  it('on a sponsored product is reported with its bid', async () => {
    const calls = api()

    await single('click', clicked({ ...product, resolvedBidId: BID }))

    expect(calls).toEqual([request({ clicks: [{ ...facts, resolvedBidId: BID, entity, placement }] })])
  })

  it('on another product is organic', async () => {
    const calls = api()

    await single('click', clicked(product))

    expect(calls).toEqual([request({ clicks: [{ ...facts, entity, placement }] })])
  })

  it('keeps every value that the shop sends', async () => {
    const calls = api()

    await single(
      'click',
      clicked({
        opaqueUserId: 'auction-user',
        resolvedBidId: BID,
        entity: { id: 'vendor-9', type: 'Vendor' },
        additionalAttribution: { id: 'shoe-1', type: 'product' },
        placement: {
          path: '/c/shoes',
          position: 2,
          page: 1,
          pageSize: 48,
          productId: 'p-1',
          categoryIds: ['shoes', 'red'],
          searchQuery: 'red shoes'
        },
        page: { type: 'Product List', pageId: '/c/shoes', value: 'shoes' },
        object: { type: 'listing', assetId: 'asset-1', clickType: 'like' },
        clickType: 'add_to_cart',
        externalCampaignId: 'campaign-1',
        externalVendorId: 'vendor-1',
        channel: 'onsite',
        dspMetadata: { gclid: 'Cj0K' }
      })
    )

    expect(calls).toEqual([
      request({
        clicks: [
          {
            ...facts,
            opaqueUserId: 'auction-user',
            channel: 'onsite',
            resolvedBidId: BID,
            entity: { type: 'vendor', id: 'vendor-9' },
            additionalAttribution: { type: 'product', id: 'shoe-1' },
            placement: {
              path: '/c/shoes',
              position: 2,
              page: 1,
              pageSize: 48,
              productId: 'p-1',
              categoryIds: ['shoes', 'red'],
              searchQuery: 'red shoes'
            },
            page: { type: 'category', pageId: '/c/shoes', value: 'shoes' },
            object: { type: 'listing', assetId: 'asset-1', clickType: 'like' },
            clickType: 'add-to-cart',
            externalCampaignId: 'campaign-1',
            externalVendorId: 'vendor-1',
            dsp_metadata: { gclid: 'Cj0K' }
          }
        ]
      })
    ])
  })

  it('without an anonymous id has the user id', async () => {
    const calls = api()

    await single('click', { ...clicked(product), anonymousId: undefined, userId: 'user-7' })

    expect(calls).toEqual([request({ clicks: [{ ...facts, opaqueUserId: 'user-7', entity, placement }] })])
  })

  it('from a server library needs no context', async () => {
    const calls = api()

    await single('click', {
      messageId: 'node-1',
      type: 'track',
      event: 'Product Clicked',
      timestamp: '2025-03-14T15:09:26.535Z',
      anonymousId: undefined,
      context: {},
      userId: 'user-7',
      properties: { productId: 42, resolvedBidId: BID }
    })

    expect(calls).toEqual([
      request({
        clicks: [
          {
            id: 'node-1',
            occurredAt: '2025-03-14T15:09:26.535Z',
            opaqueUserId: 'user-7',
            resolvedBidId: BID,
            entity: { type: 'product', id: '42' }
          }
        ]
      })
    ])
  })

  test.each(['product_id', 'productId', 'id', 'sku'])('finds the product in %s', async (name) => {
    const calls = api()

    await single('click', clicked({ [name]: 'shoe-1' }))

    expect(calls).toEqual([
      request({ clicks: [{ ...facts, entity: { type: 'product', id: 'shoe-1' }, placement: { path: '/search' } }] })
    ])
  })

  it('prefers the names of the ecommerce spec, and the values in its placement', async () => {
    const calls = api()
    const names = { position: 9, query: 'shoes', placement: { position: 2, searchQuery: 'red shoes' } }

    await single('click', clicked({ ...names, sku: 's', id: 'i', productId: 'p', product_id: 'spec' }))
    await single('click', clicked({ ...names, sku: 's', id: 'i', productId: 'p' }))
    await single('click', clicked({ ...names, sku: 's', id: 'i' }))

    const said = { path: '/search', position: 2, searchQuery: 'red shoes' }
    expect(calls).toEqual(
      ['spec', 'p', 'i'].map((id) =>
        request({ clicks: [{ ...facts, entity: { type: 'product', id }, placement: said }] })
      )
    )
  })

  test.each([[''], ['  '], [null], [[null]]])(
    'uses the other values of the event if its placement has %j',
    async (empty) => {
      const calls = api()
      const click = clicked({
        position: 9,
        query: 'shoes',
        resolvedBidId: BID,
        placement: { path: empty, position: empty, searchQuery: empty }
      })

      await single('click', click)
      await batch('click', [click])

      const wire = { path: '/search', position: 9, searchQuery: 'shoes' }
      const sent = request({ clicks: [{ ...facts, resolvedBidId: BID, placement: wire }] })
      expect(calls).toEqual([sent, sent])
    }
  )

  test.each<[unknown]>([[''], ['  '], [null], [false], [[null]]])('omits optional values that are %j', async (odd) => {
    const calls = api()
    const whole = decoration(odd)
    const leaves = {
      ...whole,
      placement: { position: odd, page: odd, pageSize: odd, productId: '', categoryIds: '', searchQuery: '' },
      page: { type: odd, pageId: '', value: odd },
      object: { type: odd, assetId: odd, clickType: odd },
      entity: { id: odd, type: odd },
      additionalAttribution: { id: odd, type: odd },
      dspMetadata: { gclid: null, fbclid: '' }
    }

    await single('click', clicked({ ...whole, dspMetadata: null, resolvedBidId: BID }))
    await batch('click', [clicked({ ...leaves, resolvedBidId: BID })])

    const wire = request({ clicks: [{ ...facts, resolvedBidId: BID, placement: { path: '/search' } }] })
    expect(calls).toEqual([wire, wire])
  })

  it('ignores objects and lists in place of optional values', async () => {
    const calls = api()

    for (const odd of [{}, { a: 1 }, [], ['a'], [1, 2], 'text', 7, true]) {
      const objects = ['placement', 'page', 'object', 'entity', 'additionalAttribution']
      const properties = Object.fromEntries(objects.map((name) => [name, odd]))
      await single('click', clicked({ ...properties, dspMetadata: [1], resolvedBidId: BID }))
    }

    const wire = request({ clicks: [{ ...facts, resolvedBidId: BID, placement: { path: '/search' } }] })
    expect(calls).toEqual(Array.from({ length: 8 }, () => wire))
  })

  it('ignores values with another meaning in the shop', async () => {
    const calls = api()

    await single(
      'click',
      clicked({
        resolvedBidId: BID,
        placement: 'carousel',
        page: 3,
        object: 'button',
        position: 'home_banner_top',
        channel: 'web',
        clickType: 'hover',
        entity: 'shoe',
        additionalAttribution: 'last click',
        dspMetadata: 'none'
      })
    )

    expect(calls).toEqual([request({ clicks: [{ ...facts, resolvedBidId: BID, placement: { path: '/search' } }] })])
  })

  test.each<[string, object]>([
    ['nothing', {}],
    ['blank and null ids', { resolvedBidId: null, product_id: '', sku: ' ', externalCampaignId: '' }],
    ['an entity of another type', { entity: { id: 'b-1', type: 'brand' } }]
  ])('on %s fails, because it identifies nothing', async (_name, properties) => {
    const message =
      "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click."

    const error = await failure(single('click', clicked(properties)))
    const [result] = await batch('click', [clicked(properties)])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(message)
    expect(result).toMatchObject({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: message })
  })

  test.each<[string, object]>([
    ['resolvedBidId', { product_id: 'p-1', resolvedBidId: true }],
    ['opaqueUserId', { product_id: 'p-1', opaqueUserId: true }],
    ['product_id', { product_id: true, sku: 'sku-1' }]
  ])('with true for its %s fails, and is not reported as another event', async (field, properties) => {
    const message = `Invalid ${field} in this click: "true". Send text or a number, or leave it out.`

    const error = await failure(single('click', clicked(properties)))
    const [result] = await batch('click', [clicked(properties)])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(message)
    expect(result).toMatchObject({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: message })
  })

  test.each<[string, object]>([
    ['a bid that is an object', { product_id: 'p-1', resolvedBidId: { id: BID } }],
    ['a bid that is a list', { product_id: 'p-1', resolvedBidId: [BID, 'other'] }],
    ['a user id that is an object', { product_id: 'p-1', opaqueUserId: { id: 'u-1' } }],
    ['a user id that is a list', { product_id: 'p-1', opaqueUserId: ['u-1', 'u-2'] }]
  ])('with %s fails, and the other events of its batch do not', async (_name, properties) => {
    const calls = api()

    const results = await batch('click', [clicked(properties), clicked(product)])

    expect(results.map(({ status }) => status)).toEqual([400, 204])
    expect(calls).toEqual([request({ clicks: [{ ...facts, entity, placement }] })])
  })

  it('that is offsite needs no id', async () => {
    const calls = api()

    await single('click', clicked({ channel: 'off_site' }))
    await batch('click', [clicked({ channel: 'off_site' })])

    const wire = request({ clicks: [{ ...facts, channel: 'offsite', placement: { path: '/search' } }] })
    expect(calls).toEqual([wire, wire])
  })

  it('that is offsite may have a campaign or vendor id of the marketplace', async () => {
    const calls = api()
    const dspMetadata = { gclid: 'Cj0KCQ', placementId: 77, audience: { age: [18, 25] }, fbclid: null }

    await single('click', clicked({ externalCampaignId: 'campaign-1', channel: 'Off-Site', dspMetadata }))

    expect(calls).toEqual([
      request({
        clicks: [
          {
            ...facts,
            channel: 'offsite',
            externalCampaignId: 'campaign-1',
            placement: { path: '/search' },
            dsp_metadata: { gclid: 'Cj0KCQ', placementId: '77', audience: '{"age":[18,25]}' }
          }
        ]
      })
    ])
  })

  it('on a banner is reported with its bid and its asset', async () => {
    const calls = api()

    await single(
      'click',
      event({
        event: 'Banner Click',
        properties: { resolvedBidId: BID, position: 'home_banner_top', object: { type: 'banner', assetId: 'asset-1' } }
      })
    )

    expect(calls).toEqual([
      request({
        clicks: [
          {
            ...facts,
            resolvedBidId: BID,
            placement: { path: '/search' },
            object: { type: 'banner', assetId: 'asset-1' }
          }
        ]
      })
    ])
  })

  it('on a product that a banner led to credits both', async () => {
    const calls = api()
    const additionalAttribution = { id: 'shoe-1', type: 'product' as const }

    await single('click', clicked({ resolvedBidId: BID, additionalAttribution }))

    expect(calls).toEqual([
      request({ clicks: [{ ...facts, resolvedBidId: BID, additionalAttribution, placement: { path: '/search' } }] })
    ])
  })

  it('without a bid has no additional attribution', async () => {
    const calls = api()

    await single('click', clicked({ ...product, additionalAttribution: { id: 'shoe-1', type: 'product' } }))

    expect(calls).toEqual([request({ clicks: [{ ...facts, entity, placement }] })])
  })
})

describe('A mapping that was saved long ago', () => {
  const mapping = {
    id: { '@path': '$.messageId' },
    occurredAt: { '@path': '$.timestamp' },
    opaqueUserId: { '@path': '$.anonymousId' },
    resolvedBidId: { '@path': '$.properties.resolvedBidId' },
    additionalAttribution: { '@path': '$.properties.additionalAttribution' },
    entity: { '@path': '$.properties.entity' },
    placement: { '@path': '$.properties.placement' },
    page: { '@path': '$.properties.page' },
    object: { '@path': '$.properties.object' },
    externalCampaignId: { '@path': '$.properties.externalCampaignId' },
    externalVendorId: { '@path': '$.properties.externalVendorId' },
    deviceType: { '@path': '$.context.device.type' },
    channel: { '@path': '$.properties.channel' },
    dspMetadata: { '@path': '$.properties.dspMetadata' }
  }

  it('still works with whole objects', async () => {
    const calls = api()
    const sponsored = clicked({
      resolvedBidId: BID,
      additionalAttribution: { id: 'shoe-1', type: 'product', name: 'Shoe' },
      entity: { id: 42, type: 'PRODUCT', name: 'Shoe' },
      placement: { path: '/c', position: '2', page: null, pageSize: 48, categoryIds: ['a', 12], slot: 'top' },
      page: { type: 'PLP', pageId: '/c', value: 'shoes', title: 'Shoes' },
      object: { type: 'listing', clickType: 'product', color: 'red' },
      channel: 'onsite',
      dspMetadata: { gclid: 'Cj0K', n: 1 }
    })

    await single('click', sponsored, { mapping })
    await batch('click', [sponsored], { mapping })

    const wire = request({
      clicks: [
        {
          ...factsWithoutDevice,
          channel: 'onsite',
          resolvedBidId: BID,
          additionalAttribution: { type: 'product', id: 'shoe-1' },
          entity: { type: 'product', id: '42' },
          placement: { path: '/c', position: 2, pageSize: 48, categoryIds: ['a', '12'] },
          page: { type: 'category', pageId: '/c', value: 'shoes' },
          object: { type: 'listing', clickType: 'product' },
          dsp_metadata: { gclid: 'Cj0K', n: '1' }
        }
      ]
    })
    expect(calls).toEqual([wire, wire])
  })

  it('still works with missing, null or blank values', async () => {
    const calls = api()
    const sponsored = clicked({
      resolvedBidId: BID,
      additionalAttribution: null,
      placement: { path: '', position: 0 },
      page: { type: 'home', pageId: null },
      object: {},
      externalCampaignId: '',
      dspMetadata: {}
    })

    await single('click', sponsored, { mapping })
    await batch('click', [sponsored], { mapping })

    const wire = request({ clicks: [{ ...factsWithoutDevice, resolvedBidId: BID }] })
    expect(calls).toEqual([wire, wire])
  })

  it('still works with paths inside the objects', async () => {
    const calls = api()
    const leaves = {
      ...mapping,
      entity: { id: { '@path': '$.properties.product_id' }, type: 'product' },
      placement: { path: { '@path': '$.context.page.path' }, position: { '@path': '$.properties.position' } },
      page: {
        type: 'search',
        pageId: { '@path': '$.context.page.path' },
        value: { '@path': '$.context.page.title' }
      }
    }

    await single('click', clicked(product), { mapping: leaves })
    await batch('click', [clicked(product)], { mapping: leaves })

    const page = { type: 'search' as const, pageId: '/search', value: 'Shoes | Shop' }
    const wire = request({ clicks: [{ ...factsWithoutDevice, entity, placement, page }] })
    expect(calls).toEqual([wire, wire])
  })
})

it('A click is organic and has the anonymous id if the shop sends false for the bid, the user or a product id', async () => {
  const calls = api()
  const clicked = event({
    event: 'Product Clicked',
    properties: { resolvedBidId: false, opaqueUserId: false, product_id: false, sku: 'sku-1', externalVendorId: false }
  })
  await single('click', clicked)
  await batch('click', [clicked])

  const wire = request({
    clicks: [{ ...facts, entity: { type: 'product', id: 'sku-1' }, placement: { path: '/search' } }]
  })
  expect(calls).toEqual([wire, wire])
})

it('A click has no bid if a saved mapping reads false', async () => {
  const calls = api()
  const clicked = event({ event: 'Product Clicked', properties: { bid: false, product_id: 'p-1' } })
  await single('click', clicked, {
    mapping: { ...defaultMapping('click'), resolvedBidId: { '@path': '$.properties.bid' } }
  })

  expect(calls.map(({ body }) => body.clicks?.[0].resolvedBidId)).toEqual([undefined])
})
