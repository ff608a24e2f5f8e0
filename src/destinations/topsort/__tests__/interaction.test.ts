import { PayloadValidationError } from '@segment/actions-core'
import { toDspMetadata, toEntity, toInteraction, toObject, toPlacement } from '../interaction'
import { thrownBy } from './__helpers__/support'

const facts = { id: 'm-1', occurredAt: '2025-03-14T15:09:26.535Z', opaqueUserId: 'u-1' }

describe('toInteraction', () => {
  test.each<[unknown]>([[true], ['true'], [{ id: 'bid' }], [['bid']]])(
    'fails instead of reporting an organic event if the bid is %j',
    (resolvedBidId) => {
      const payload = { resolvedBidId, productId: ['p-1'] } as { resolvedBidId: string }
      const error = thrownBy(() => toInteraction(payload, 'click', facts))

      expect(error).toBeInstanceOf(PayloadValidationError)
      expect(error.message).toBe(
        `Invalid resolvedBidId in this click: ${JSON.stringify(resolvedBidId)}. Send text or a number, or leave it out.`
      )
    }
  )

  test.each<[unknown]>([[true], [{ id: 'p-1' }], [['', true, 'p-1']]])(
    'fails an organic event if its product is %j, but ignores the product if there is a bid',
    (productId) => {
      const error = thrownBy(() => toInteraction({ productId }, 'impression', facts))

      expect(error).toBeInstanceOf(PayloadValidationError)
      expect(error.message).toMatch(/^Invalid product_id in this impression: (true|\{"id":"p-1"\})\. /)
      expect(toInteraction({ productId, resolvedBidId: 'bid' }, 'impression', facts)).toEqual({
        ...facts,
        resolvedBidId: 'bid'
      })
    }
  )

  it('prefers the entity to the product', () => {
    const entity = { type: 'vendor', id: 'v-1' }

    expect(toInteraction({ productId: 'p-1', entity }, 'click', facts)).toEqual({ ...facts, entity })
  })

  it.each<[object]>([
    [{ resolvedBidId: 'bid' }],
    [{ productId: ['', 7] }],
    [{ entity: { type: 'vendor', id: 7 } }],
    [{ externalCampaignId: '7' }],
    [{ externalVendorId: 7 }]
  ])('makes an event with only %j', (payload) => {
    expect(toInteraction(payload, 'click', facts)).toMatchObject(facts)
  })

  it('makes an offsite event without any id', () => {
    const offsite = { ...facts, channel: 'offsite' as const }

    expect(toInteraction({}, 'click', offsite)).toEqual(offsite)
  })

  it.each<[object]>([
    [{}],
    [{ resolvedBidId: false, productId: [''], externalCampaignId: true, externalVendorId: ' ' }]
  ])('fails an event that identifies nothing: %j', (payload) => {
    const error = thrownBy(() => toInteraction(payload, 'click', { ...facts, channel: 'onsite' }))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(
      "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click."
    )
  })

  it.each([
    ['product', 'product'],
    ['Like', 'like'],
    ['add_to_cart', 'add-to-cart'],
    ['purchase', undefined]
  ])('reads the click type %j as %j', (clickType, result) => {
    expect(toInteraction({ resolvedBidId: 'bid', clickType }, 'click', facts).clickType).toBe(result)
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
    [{ categoryIds: [] }],
    [{ categoryIds: ['', null] }],
    [{ searchQuery: '' }],
    [{ slot: 'top' }]
  ])('omits values that Topsort would refuse: %j', (odd) => {
    expect(toPlacement({ path: '/', ...odd })).toEqual({ path: '/' })
  })

  test.each([undefined, null, '', ' ', false])('uses the other values of the event if it has %j', (empty) => {
    const own = { path: empty, position: empty, searchQuery: empty === false ? '' : empty }
    const others = { otherPath: '/search', otherPosition: '4', otherSearchQuery: 'shoes' }

    expect(toPlacement({ ...own, ...others })).toEqual({
      path: '/search',
      position: 4,
      searchQuery: 'shoes'
    })
    expect(toPlacement({ path: '/own', position: 1, searchQuery: 'own', ...others })).toEqual({
      path: '/own',
      position: 1,
      searchQuery: 'own'
    })
  })

  it('converts one category to a list', () => {
    expect(toPlacement({ path: '/', categoryIds: 'shoes' })).toEqual({ path: '/', categoryIds: ['shoes'] })
  })

  test.each([undefined, {}, { position: 3 }, { path: ' ', position: 3 }, { path: {} }])(
    'returns nothing without a path: %j',
    (value) => {
      expect(toPlacement(value)).toBeUndefined()
    }
  )
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
    [{ type: 'listing', assetId: '', clickType: 'hover', color: 'red' }, { type: 'listing' }]
  ])('reads %j as %j', (value, object) => {
    expect(toObject(value)).toEqual(object)
  })

  test.each([undefined, {}, { type: 'video' }, { type: '', assetId: '1' }, { type: {} }, { assetId: '1' }])(
    'returns nothing for %j',
    (value) => {
      expect(toObject(value)).toBeUndefined()
    }
  )
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

  test.each<[Record<string, unknown> | undefined]>([
    [undefined],
    [{}],
    [{ gclid: null }],
    [{ gclid: '' }],
    [{ 0: 'a', 1: 'b' }]
  ])('returns nothing for %j', (value) => {
    expect(toDspMetadata(value)).toBeUndefined()
  })

  it('does not change a prototype', () => {
    const metadata = toDspMetadata(
      JSON.parse('{"__proto__":{"polluted":"yes"},"gclid":"x"}') as Record<string, unknown>
    )

    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(metadata?.polluted).toBeUndefined()
    expect(metadata?.gclid).toBe('x')
  })
})
