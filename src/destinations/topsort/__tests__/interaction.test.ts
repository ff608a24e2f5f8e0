import type { Reason } from '../reasons'
import { toDspMetadata, toEntity, toInteraction, toObject, toPlacement } from '../interaction'
import { MEANINGLESS, reasonThrownBy } from './__helpers__/support'

const facts = { id: 'm-1', occurredAt: '2025-03-14T15:09:26.535Z', opaqueUserId: 'u-1' }

/** Reads a payload with values of any type, because saved mappings may have them. Returns the notes as well. */
function read(payload: Record<string, unknown>, own: Parameters<typeof toInteraction>[1] = facts) {
  const notes: Reason[] = []
  return { event: toInteraction(payload, own, notes), notes }
}

function fail(payload: Record<string, unknown>): Reason {
  return reasonThrownBy(() => read(payload, { ...facts, channel: 'onsite' }))
}

describe('toInteraction', () => {
  it('reads all values, and has no notes about them', () => {
    const payload = {
      resolvedBidId: 'bid',
      productId: 'p-1',
      additionalAttribution: { type: 'vendor', id: 'v-1' },
      placement: { path: '/', position: 1 },
      page: { type: 'home', pageId: '/' },
      object: { type: 'banner', assetId: 'a-1', clickType: 'like' },
      externalCampaignId: 'c-1',
      externalVendorId: 'v-2',
      dspMetadata: { gclid: 'x' },
      clickType: 'like'
    }

    const { event, notes } = read(payload, { ...facts, deviceType: 'mobile', channel: 'onsite' })

    expect(notes).toEqual([])
    expect(event).toEqual({
      ...facts,
      deviceType: 'mobile',
      channel: 'onsite',
      resolvedBidId: 'bid',
      entity: { type: 'product', id: 'p-1' },
      additionalAttribution: { type: 'vendor', id: 'v-1' },
      placement: { path: '/', position: 1 },
      page: { type: 'home', pageId: '/' },
      object: { type: 'banner', assetId: 'a-1', clickType: 'like' },
      externalCampaignId: 'c-1',
      externalVendorId: 'v-2',
      dsp_metadata: { gclid: 'x' },
      clickType: 'like'
    })
  })

  it('toInteraction has only the keys that have a value', () => {
    const { event } = read({ resolvedBidId: 'bid' })

    expect(Object.keys(event)).toEqual(['id', 'occurredAt', 'opaqueUserId', 'resolvedBidId'])
  })

  test.each<[unknown, string]>([
    [true, 'true'],
    ['true', '"true"'],
    [{ id: 'bid' }, '{"id":"bid"}'],
    [['bid'], '["bid"]']
  ])('fails instead of reporting an organic event if the bid is %j', (resolvedBidId, value) => {
    expect(fail({ resolvedBidId, productId: 'p-1' })).toEqual({ code: 'bid_unreadable', value })
  })

  test.each<[unknown, string]>([
    [true, 'true'],
    [{ id: 'p-1' }, '{"id":"p-1"}'],
    [['p-1'], '["p-1"]']
  ])('fails an organic event if its product is %j, but ignores the product if there is a bid', (productId, value) => {
    expect(fail({ productId })).toEqual({ code: 'product_id_invalid', value })
    expect(read({ productId, resolvedBidId: 'bid' }).event).toEqual({ ...facts, resolvedBidId: 'bid' })
  })

  test.each(MEANINGLESS)('ignores the product %j beside a bid, and fails with it alone', (text) => {
    const value = JSON.stringify(text)

    expect(read({ productId: text, resolvedBidId: 'bid' }).event).toEqual({ ...facts, resolvedBidId: 'bid' })
    expect(fail({ productId: text })).toEqual({ code: 'product_id_meaningless', value })
    expect(fail({ entity: { type: 'vendor', id: text } })).toEqual({ code: 'product_id_meaningless', value })
  })

  test.each(MEANINGLESS)('omits the external ids %j, and is about nothing with them alone', (text) => {
    const ids = { externalCampaignId: text, externalVendorId: text }

    expect(read({ ...ids, resolvedBidId: 'bid' }).event).toEqual({ ...facts, resolvedBidId: 'bid' })
    expect(fail(ids)).toEqual({ code: 'about_nothing' })
  })

  it('reports an event with a bid that means nothing as organic', () => {
    expect(read({ resolvedBidId: 'undefined', productId: 'p-1' }).event).toEqual({
      ...facts,
      entity: { type: 'product', id: 'p-1' }
    })
  })

  it('prefers the entity to the product', () => {
    const entity = { type: 'vendor', id: 'v-1' }

    expect(read({ productId: 'p-1', entity }).event).toEqual({ ...facts, entity })
    expect(read({ productId: true, entity }).event).toEqual({ ...facts, entity })
  })

  it.each<[object, object]>([
    [{ resolvedBidId: 'bid' }, { resolvedBidId: 'bid' }],
    [{ productId: 7 }, { entity: { type: 'product', id: '7' } }],
    [{ entity: { type: 'vendor', id: 7 } }, { entity: { type: 'vendor', id: '7' } }],
    [{ externalCampaignId: '7' }, { externalCampaignId: '7' }],
    [{ externalVendorId: 7 }, { externalVendorId: '7' }]
  ])('makes an event with only %j', (payload, wire) => {
    expect(read({ ...payload }).event).toEqual({ ...facts, ...wire })
  })

  it('makes an offsite event without any id', () => {
    const offsite = { ...facts, channel: 'offsite' as const }

    expect(read({}, offsite).event).toEqual(offsite)
  })

  it.each<[object]>([
    [{}],
    [{ resolvedBidId: false, productId: '', externalCampaignId: true, externalVendorId: ' ', entity: null }]
  ])('fails an event that identifies nothing: %j', (payload) => {
    expect(fail({ ...payload })).toEqual({ code: 'about_nothing' })
  })

  it.each([
    ['product', 'product'],
    ['Like', 'like'],
    ['add_to_cart', 'add-to-cart'],
    ['', undefined],
    [null, undefined],
    [{}, undefined]
  ])('reads the click type %j as %j, without a note', (clickType, result) => {
    const { event, notes } = read({ resolvedBidId: 'bid', clickType })

    expect([event.clickType, notes]).toEqual([result, []])
  })

  it.each(['image', 'purchase_now', 'Hover '])('omits the unknown click type %j with a note', (clickType) => {
    expect(read({ resolvedBidId: 'bid', clickType })).toEqual({
      event: { ...facts, resolvedBidId: 'bid' },
      notes: [{ code: 'click_type_unknown', value: JSON.stringify(clickType.trim()) }]
    })
  })

  it('omits an additional attribution of an unknown type with a note', () => {
    const additionalAttribution = { type: ' Brand', id: 'b-1' }

    expect(read({ resolvedBidId: 'bid', additionalAttribution })).toEqual({
      event: { ...facts, resolvedBidId: 'bid' },
      notes: [{ code: 'attribution_type_unknown', value: '"Brand"' }]
    })
  })

  it.each<[object]>([
    [{ resolvedBidId: 'bid' }],
    [{ resolvedBidId: 'bid', additionalAttribution: null }],
    [{ resolvedBidId: 'bid', additionalAttribution: {} }],
    [{ resolvedBidId: 'bid', additionalAttribution: { id: 'b-1' } }],
    [{ resolvedBidId: 'bid', additionalAttribution: { id: 'b-1', type: ' ' } }],
    [{ resolvedBidId: 'bid', additionalAttribution: { type: 'brand' } }],
    [{ resolvedBidId: 'bid', additionalAttribution: { id: 'null', type: 'brand' } }],
    [{ resolvedBidId: 'bid', additionalAttribution: { id: ' ', type: 'product' } }],
    [{ productId: 'p-1', additionalAttribution: { id: 'b-1', type: 'brand' } }],
    [{ productId: 'p-1', additionalAttribution: { id: 'b-1', type: 'product' } }]
  ])('omits an additional attribution that is empty or beside no bid, without a note: %j', (payload) => {
    const { event, notes } = read({ ...payload })

    expect([event.additionalAttribution, notes]).toEqual([undefined, []])
  })
})

describe('toEntity', () => {
  test.each<[{ id?: unknown; type?: unknown }, object]>([
    [
      { id: 'shoe-1', type: 'product' },
      { type: 'product', id: 'shoe-1' }
    ],
    [
      { id: ' 42 ', type: 'Vendor' },
      { type: 'vendor', id: '42' }
    ],
    [
      { id: 42, type: 'PRODUCT', ...{ name: 'Shoe' } },
      { type: 'product', id: '42' }
    ]
  ])('reads %j as %j', (value, entity) => {
    expect(toEntity(value)).toEqual(entity)
  })

  test.each<[{ id?: unknown; type?: unknown } | null | undefined]>([
    [undefined],
    [null],
    [{}],
    [{ id: 'shoe-1' }],
    [{ id: 'shoe-1', type: 'brand' }],
    [{ type: 'product' }],
    [{ id: ' ', type: 'product' }],
    [{ id: true, type: 'product' }],
    [{ id: 'undefined', type: 'product' }],
    [{ id: {}, type: 'product' }],
    [{ id: 'shoe-1', type: ['product'] }]
  ])('returns nothing for %j', (value) => {
    expect(toEntity(value)).toBeUndefined()
  })
})

describe('toPlacement', () => {
  it('reads all keys that Topsort accepts', () => {
    const value = {
      path: ' /c/shoes ',
      position: '2',
      page: 1,
      pageSize: '48',
      productId: 7,
      categoryIds: ['shoes', 12],
      searchQuery: ' red shoes '
    }

    expect(toPlacement(value)).toEqual({
      path: '/c/shoes',
      position: 2,
      page: 1,
      pageSize: 48,
      productId: '7',
      categoryIds: ['shoes', '12'],
      searchQuery: 'red shoes'
    })
  })

  test.each<[object]>([
    [{ position: 0 }],
    [{ position: 'home_banner_top' }],
    [{ page: 1.5 }],
    [{ page: { number: 1 } }],
    [{ pageSize: -48 }],
    [{ productId: ' ' }],
    [{ productId: ['7'] }],
    [{ productId: 'undefined' }],
    [{ categoryIds: [] }],
    [{ categoryIds: ['', null] }],
    [{ searchQuery: '' }],
    [{ slot: 'top' }]
  ])('omits values that Topsort would refuse: %j', (odd) => {
    expect(toPlacement({ path: '/', ...odd })).toEqual({ path: '/' })
  })

  it('prefers a position of its own, such as that of a product in a list', () => {
    expect(toPlacement({ path: '/', position: 9 }, '2')).toEqual({ path: '/', position: 2 })
    expect(toPlacement({ path: '/', position: 9 }, 'top')).toEqual({ path: '/' })
  })

  it('converts one category to a list', () => {
    expect(toPlacement({ path: '/', categoryIds: 'shoes' })).toEqual({ path: '/', categoryIds: ['shoes'] })
  })

  test.each([
    undefined,
    {},
    { position: 3 },
    { path: ' ', position: 3 },
    { path: {} },
    { path: 'null', position: 3 },
    { path: true }
  ])('returns nothing without a path: %j', (value) => {
    expect(toPlacement(value)).toBeUndefined()
    expect(toPlacement(value, 3)).toBeUndefined()
  })
})

describe('toObject', () => {
  test.each<[object, object]>([
    [{ type: 'listing' }, { type: 'listing' }],
    [
      { type: 'Banner', assetId: 42 },
      { type: 'banner', assetId: '42' }
    ],
    [
      { type: 'LISTING', clickType: 'Add_To_Cart' },
      { type: 'listing', clickType: 'add-to-cart' }
    ],
    [{ type: 'listing', assetId: '', clickType: ' ', color: 'red' }, { type: 'listing' }],
    [{ type: 'listing', assetId: 'undefined' }, { type: 'listing' }]
  ])('reads %j as %j', (value, object) => {
    const notes: Reason[] = []

    expect([toObject(value, notes), notes]).toEqual([object, []])
  })

  it('omits an unknown click type with a note', () => {
    const notes: Reason[] = []

    expect(toObject({ type: 'listing', clickType: 'image' }, notes)).toEqual({ type: 'listing' })
    expect(notes).toEqual([{ code: 'click_type_unknown', value: '"image"' }])
  })

  test.each([
    undefined,
    {},
    { type: 'video', clickType: 'image' },
    { type: '', assetId: '1' },
    { type: {} },
    { assetId: '1' }
  ])('returns nothing for %j, without a note', (value) => {
    const notes: Reason[] = []

    expect([toObject(value, notes), notes]).toEqual([undefined, []])
  })
})

describe('toDspMetadata', () => {
  test.each<[Record<string, unknown>, object]>([
    [
      { gclid: ' Cj0K ', price: 9.9, new: true },
      { gclid: 'Cj0K', price: '9.9', new: 'true' }
    ],
    [
      { ids: [1, 'a'], user: { vip: true } },
      { ids: '[1,"a"]', user: '{"vip":true}' }
    ],
    [{ gclid: 'Cj0K', none: null, missing: undefined, blank: ' ' }, { gclid: 'Cj0K' }],
    [
      { 0: 'zero', gclid: 'Cj0K' },
      { 0: 'zero', gclid: 'Cj0K' }
    ],
    [
      { constructor: 'c', toString: 't' },
      { constructor: 'c', toString: 't' }
    ]
  ])('writes %j as %j', (value, metadata) => {
    expect(toDspMetadata(value)).toEqual(metadata)
  })

  test.each<[Record<string, unknown> | undefined]>([[undefined], [{}], [{ gclid: null }], [{ gclid: '' }]])(
    'returns nothing for %j',
    (value) => {
      expect(toDspMetadata(value)).toBeUndefined()
    }
  )

  it('toDspMetadata does not change a prototype', () => {
    const metadata = toDspMetadata(
      JSON.parse('{"__proto__":{"polluted":"yes"},"gclid":"x"}') as Record<string, unknown>
    )

    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(metadata?.polluted).toBeUndefined()
    expect(metadata?.gclid).toBe('x')
  })
})
