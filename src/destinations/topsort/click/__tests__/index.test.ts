import type { SegmentEvent } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import {
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
  const leaves = ['position', 'clickType', 'channel', 'externalCampaignId', 'externalVendorId']
  return Object.fromEntries([...objects, ...leaves].map((name) => [name, value]))
}

/** Expects that an event fails alone and in a batch, without a request. */
async function expectFailure(clicked: SegmentEvent, message: string, body: object): Promise<void> {
  const error = await failure(single('click', clicked))
  const results = await batch('click', [clicked])

  expect(error).toBeInstanceOf(PayloadValidationError)
  expect(error).toMatchObject({ status: 400, message })
  expect(error.body).toEqual(body)
  expect(results).toEqual([
    { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errorreporter: 'DESTINATION', errormessage: message, body }
  ])
}

const entity = { type: 'product' as const, id: '507f1f77bcf86cd799439011' }
const placement = { path: '/search', position: 3 }

describe('A click', () => {
  it('A click on a sponsored product is reported with its bid', async () => {
    const calls = api()

    await single('click', clicked({ ...product, resolvedBidId: BID }))

    expect(calls).toEqual([request({ clicks: [{ ...facts, resolvedBidId: BID, entity, placement }] })])
  })

  it('A click on another product is organic', async () => {
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

  it('A click without an anonymous id has the user id', async () => {
    const calls = api()

    await single('click', { ...clicked(product), anonymousId: undefined, userId: 'user-7' })

    expect(calls).toEqual([request({ clicks: [{ ...facts, opaqueUserId: 'user-7', entity, placement }] })])
  })

  it('A click from a server library needs no context', async () => {
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

  test.each(['product_id', 'productId', 'sku', 'id'])('finds the product in %s', async (name) => {
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
    await single('click', clicked({ ...names, sku: 's', id: 'i', product_id: null }))

    const said = { path: '/search', position: 2, searchQuery: 'red shoes' }
    expect(calls).toEqual(
      ['spec', 'p', 's'].map((id) =>
        request({ clicks: [{ ...facts, entity: { type: 'product', id }, placement: said }] })
      )
    )
  })

  it('completes its placement with the path, the position and the query of the event', async () => {
    const calls = api()
    const properties = { position: 9, query: 'shoes', resolvedBidId: BID }

    await single('click', clicked({ ...properties, placement: { path: '/c/shoes' } }))
    await single('click', clicked({ ...properties, placement: { position: 2 } }))
    await single('click', clicked({ ...properties, placement: { searchQuery: 'boots', page: 3 } }))
    await single('click', clicked({ ...properties, placement: 'carousel' }))

    expect(calls).toEqual(
      [
        { path: '/c/shoes', position: 9, searchQuery: 'shoes' },
        { path: '/search', position: 2, searchQuery: 'shoes' },
        { path: '/search', position: 9, page: 3, searchQuery: 'boots' },
        { path: '/search', position: 9, searchQuery: 'shoes' }
      ].map((placement) => request({ clicks: [{ ...facts, resolvedBidId: BID, placement }] }))
    )
  })

  test.each([[''], ['  '], [null], [[null]]])(
    'A click has the values of its placement even if they are %j, and no placement without a path',
    async (empty) => {
      const calls = api()
      const click = clicked({
        position: 9,
        query: 'shoes',
        resolvedBidId: BID,
        placement: { position: empty, searchQuery: empty }
      })
      const withoutPath = clicked({ position: 9, resolvedBidId: BID, placement: { path: empty } })

      await batch('click', [click, withoutPath])

      expect(calls).toEqual([
        request({
          clicks: [
            { ...facts, resolvedBidId: BID, placement: { path: '/search' } },
            { ...facts, resolvedBidId: BID }
          ]
        })
      ])
    }
  )

  it('completes its page with the title, and has none without a page id', async () => {
    const calls = api()
    const pages = [{ type: 'PLP', pageId: '/c' }, { type: 'PLP', pageId: '/c', value: 'shoes' }, { type: 'PLP' }, 'PLP']

    await batch(
      'click',
      pages.map((page) => clicked({ resolvedBidId: BID, page }))
    )

    const click = { ...facts, resolvedBidId: BID, placement: { path: '/search' } }
    const page = { type: 'category' as const, pageId: '/c' }
    expect(calls).toEqual([
      request({
        clicks: [
          { ...click, page: { ...page, value: 'Shoes | Shop' } },
          { ...click, page: { ...page, value: 'shoes' } },
          click,
          click
        ]
      })
    ])
  })

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
      await single('click', clicked({ ...properties, resolvedBidId: BID }))
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
        entity: 'shoe',
        additionalAttribution: 'last click'
      })
    )

    expect(calls).toEqual([request({ clicks: [{ ...facts, resolvedBidId: BID, placement: { path: '/search' } }] })])
  })

  test.each<[string, object]>([
    ['nothing', {}],
    ['blank and null ids', { resolvedBidId: null, product_id: '', sku: ' ', externalCampaignId: '' }],
    ['an entity of another type', { entity: { id: 'b-1', type: 'brand' } }]
  ])('A click on %s fails, because it identifies nothing', async (_name, properties) => {
    const message =
      "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click."

    await expectFailure(clicked(properties), message, { code: 'about_nothing' })
  })

  test.each(['WyJ hX1BJ', 'WyJlX1BJ%3D%3D'])(
    'fails if its bid is %j, which was encoded or cut, and the other clicks of its batch are sent',
    async (resolvedBidId) => {
      const value = JSON.stringify(resolvedBidId)
      const message = `The resolvedBidId of this click was encoded or cut on its way: ${value}. Send it exactly as the auction returned it.`
      const bad = clicked({ ...product, resolvedBidId })

      await expectFailure(bad, message, { code: 'bid_encoded_or_cut', value })

      const calls = api()
      const results = await batch('click', [bad, clicked(product)])

      expect(results.map(({ status }) => status)).toEqual([400, 204])
      expect(calls).toEqual([request({ clicks: [{ ...facts, entity, placement }] })])
    }
  )

  test.each(MEANINGLESS)('A click with the bid %j is organic', async (resolvedBidId) => {
    const calls = api()

    await single('click', clicked({ ...product, resolvedBidId }))

    expect(calls).toEqual([request({ clicks: [{ ...facts, entity, placement }] })])
  })

  test.each(MEANINGLESS)('A click has no product and no external ids that are %j beside a bid', async (text) => {
    const calls = api()
    const ids = { product_id: text, externalCampaignId: text, externalVendorId: text }

    await single('click', clicked({ ...ids, resolvedBidId: BID }))

    expect(calls).toEqual([request({ clicks: [{ ...facts, resolvedBidId: BID, placement: { path: '/search' } }] })])
  })

  test.each(MEANINGLESS)('fails if its product is %j, which identifies nothing', async (product_id) => {
    const value = JSON.stringify(product_id)
    const message = `The product_id of this click is ${value}, which identifies nothing. Send an id.`

    await expectFailure(clicked({ product_id }), message, { code: 'product_id_meaningless', value })
  })

  test.each(MEANINGLESS)('fails if its id or its user is %j, which identifies nothing', async (text) => {
    const value = JSON.stringify(text)

    await expectFailure(
      { ...clicked(product), messageId: text },
      `The id of this click is ${value}, which identifies nothing. Send an id.`,
      { code: 'id_meaningless', value }
    )
    await expectFailure(
      { ...clicked(product), anonymousId: text },
      `No user id in this click: opaqueUserId is ${value}, which identifies nobody. Send the anonymous id of the user, also for guests.`,
      { code: 'user_id_meaningless', value }
    )
  })

  test.each([0, '0', ' 0 '])(
    'fails if its user is %j, which shop systems send for every guest',
    async (opaqueUserId) => {
      const value = JSON.stringify(String(opaqueUserId))

      await expectFailure(
        clicked({ ...product, opaqueUserId }),
        `No user id in this click: opaqueUserId is ${value}, which identifies nobody. Send the anonymous id of the user, also for guests.`,
        { code: 'user_id_meaningless', value }
      )
    }
  )

  test.each(['image', 'purchase_now', 'hover'])(
    'A click has no click type if it is %j, and the result says so',
    async (clickType) => {
      const calls = api()
      const click = clicked({ resolvedBidId: BID, clickType })

      const result = await single('click', click)
      const results = await batch('click', [click])

      const value = JSON.stringify(clickType)
      const wire = request({ clicks: [{ ...facts, resolvedBidId: BID, placement: { path: '/search' } }] })
      const delivered = {
        status: 204,
        sent: wire.body,
        body: {
          code: 'click_type_unknown',
          value,
          message: `Left out: the click type ${value}. Topsort accepts product, like and add-to-cart.`
        }
      }
      expect(calls).toEqual([wire, wire])
      expect(result).toEqual(delivered)
      expect(results).toEqual([delivered])
    }
  )

  it('A click has no additional attribution of an unknown type, and the result says so if there is a bid', async () => {
    const calls = api()
    const additionalAttribution = { id: 'b-1', type: 'Brand' }

    const results = await batch('click', [
      clicked({ resolvedBidId: BID, additionalAttribution }),
      clicked({ product_id: 'p-1', additionalAttribution })
    ])

    const wire = [
      { ...facts, resolvedBidId: BID, placement: { path: '/search' } },
      { ...facts, entity: { type: 'product' as const, id: 'p-1' }, placement: { path: '/search' } }
    ]
    expect(calls).toEqual([request({ clicks: wire })])
    expect(results).toEqual([
      {
        status: 204,
        sent: { clicks: [wire[0]] },
        body: {
          code: 'attribution_type_unknown',
          value: '"Brand"',
          message: 'Left out: the additional attribution of the type "Brand". Topsort accepts product and vendor.'
        }
      },
      { status: 204, sent: { clicks: [wire[1]] }, body: '' }
    ])
  })

  it('A click has all of its notes in the result', async () => {
    const calls = api()
    const additionalAttribution = { id: 'b-1', type: 'brand' }
    const object = { type: 'listing', clickType: 'zoom' }

    const result = await single(
      'click',
      clicked({ resolvedBidId: BID, additionalAttribution, object, clickType: 'image' })
    )

    const wire = request({
      clicks: [{ ...facts, resolvedBidId: BID, object: { type: 'listing' }, placement: { path: '/search' } }]
    })
    expect(calls).toEqual([wire])
    expect(result).toEqual({
      status: 204,
      sent: wire.body,
      body: {
        code: 'attribution_type_unknown',
        value: '"brand"',
        message:
          'Left out: the additional attribution of the type "brand". Topsort accepts product and vendor. Left out: the click type "zoom". Topsort accepts product, like and add-to-cart. Left out: the click type "image". Topsort accepts product, like and add-to-cart.',
        notes: [
          { code: 'click_type_unknown', value: '"zoom"' },
          { code: 'click_type_unknown', value: '"image"' }
        ]
      }
    })
  })

  test.each<[string, object, string]>([
    ['resolvedBidId', { product_id: 'p-1', resolvedBidId: true }, 'bid_unreadable'],
    ['opaqueUserId', { product_id: 'p-1', opaqueUserId: true }, 'user_id_invalid'],
    ['product_id', { product_id: true, sku: 'sku-1' }, 'product_id_invalid']
  ])('A click with true for its %s fails, and is not reported as another event', async (field, properties, code) => {
    const remedy = field === 'resolvedBidId' ? 'Send text or a number, or leave it out.' : 'Send text or a number.'

    await expectFailure(clicked(properties), `Invalid ${field} in this click: "true". ${remedy}`, {
      code,
      value: '"true"'
    })
  })

  test.each<[string, object]>([
    ['a bid that is an object', { product_id: 'p-1', resolvedBidId: { id: BID } }],
    ['a bid that is a list', { product_id: 'p-1', resolvedBidId: [BID, 'other'] }],
    ['a user id that is an object', { product_id: 'p-1', opaqueUserId: { id: 'u-1' } }],
    ['a user id that is a list', { product_id: 'p-1', opaqueUserId: ['u-1', 'u-2'] }]
  ])('A click with %s fails, and the other events of its batch do not', async (_name, properties) => {
    const calls = api()

    const results = await batch('click', [clicked(properties), clicked(product)])

    expect(results.map(({ status }) => status)).toEqual([400, 204])
    expect(calls).toEqual([request({ clicks: [{ ...facts, entity, placement }] })])
  })

  it('A click that is offsite needs no id', async () => {
    const calls = api()

    await single('click', clicked({ channel: 'off_site' }))
    await batch('click', [clicked({ channel: 'off_site' })])

    const wire = request({ clicks: [{ ...facts, channel: 'offsite', placement: { path: '/search' } }] })
    expect(calls).toEqual([wire, wire])
  })

  it('A click that is offsite may have a campaign or vendor id of the marketplace', async () => {
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

  it('A click has the metadata of dspMetadata, or else of dsp_metadata', async () => {
    const calls = api()
    const offsite = { channel: 'offsite', dsp_metadata: { gclid: 'snake' } }

    await single('click', clicked({ ...offsite, dspMetadata: { gclid: 'camel' } }))
    await single('click', clicked(offsite))
    await single('click', clicked({ ...offsite, dspMetadata: null }))

    const click = { ...facts, channel: 'offsite' as const, placement: { path: '/search' } }
    expect(calls).toEqual(
      ['camel', 'snake', 'snake'].map((gclid) => request({ clicks: [{ ...click, dsp_metadata: { gclid } }] }))
    )
  })

  it('A click on a banner is reported with its bid and its asset', async () => {
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

  it('A click on a product that a banner led to credits both', async () => {
    const calls = api()
    const additionalAttribution = { id: 'shoe-1', type: 'product' as const }

    await single('click', clicked({ resolvedBidId: BID, additionalAttribution }))

    expect(calls).toEqual([
      request({ clicks: [{ ...facts, resolvedBidId: BID, additionalAttribution, placement: { path: '/search' } }] })
    ])
  })

  it('A click without a bid has no additional attribution', async () => {
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

  it('A mapping that was saved long ago still works with whole objects', async () => {
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

  it('A mapping that was saved long ago still works with missing, null or blank values', async () => {
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

  it('A mapping that was saved long ago still works with paths inside the objects', async () => {
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

it('A click is organic if the shop sends false for the bid, and has no external id that is false', async () => {
  const calls = api()
  const clicked = event({
    event: 'Product Clicked',
    properties: { resolvedBidId: false, product_id: 'p-1', externalVendorId: false }
  })
  await single('click', clicked)
  await batch('click', [clicked])

  const wire = request({
    clicks: [{ ...facts, entity: { type: 'product', id: 'p-1' }, placement: { path: '/search' } }]
  })
  expect(calls).toEqual([wire, wire])
})

test.each<[unknown, unknown, string]>([
  ['own', 'anonymous', 'own'],
  [null, 'anonymous', 'anonymous'],
  [undefined, 'anonymous', 'anonymous'],
  [null, null, 'user']
])(
  'A click with the opaque user id %j and the anonymous id %j is of the user %s',
  async (opaqueUserId, anonymousId, user) => {
    const calls = api()
    const properties = { product_id: 'p-1', opaqueUserId } as SegmentEvent['properties']
    const clicked = { ...event({ properties, userId: 'user' }), anonymousId: anonymousId as string }
    await single('click', clicked)
    await batch('click', [clicked])

    expect(calls.map(({ body }) => body.clicks?.[0].opaqueUserId)).toEqual([user, user])
  }
)

it('A click has no bid if a saved mapping reads false', async () => {
  const calls = api()
  const clicked = event({ event: 'Product Clicked', properties: { bid: false, product_id: 'p-1' } })
  await single('click', clicked, {
    mapping: { ...defaultMapping('click'), resolvedBidId: { '@path': '$.properties.bid' } }
  })

  expect(calls.map(({ body }) => body.clicks?.[0].resolvedBidId)).toEqual([undefined])
})
