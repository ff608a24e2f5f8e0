import { parseAuctionsRequest, parseBrandAuctionsRequest, parseTravelAuctionsRequest } from '../contract'

const listings = { type: 'listings', slots: 2, products: { ids: ['p_1', 'p_2'], qualityScores: [0.75, 1] } }
const banners = { type: 'banners', slots: 1, slotId: 'homepage' }

const parse = (...auctions: unknown[]) => parseAuctionsRequest({ auctions })

describe('a request for auctions fits the contract', () => {
  test.each<[string, object]>([
    ['by products', listings],
    ['by products without scores', { type: 'listings', slots: 40, products: { ids: ['p_1'] } }],
    ['by one category', { type: 'listings', slots: 1, category: { id: 'c_1' } }],
    ['by several categories', { type: 'listings', slots: 1, category: { ids: ['c_1', 'c_2'] } }],
    ['by disjunctions', { type: 'listings', slots: 1, category: { disjunctions: [['c_1', 'c_2'], ['c_3']] } }],
    ['by a search query', { type: 'listings', slots: 1, searchQuery: 'milk' }],
    ['for a banner', banners],
    ['for a banner of a category', { ...banners, category: { id: 'c_1' }, device: 'mobile' }],
    [
      'with all optional keys',
      {
        ...listings,
        opaqueUserId: 'u',
        placementId: 1,
        page: { type: 'home', pageId: '/' },
        geoTargeting: { location: 'New York' },
        filter: { operator: 'or', attributes: ['color:red'] }
      }
    ],
    ['with unknown keys', { ...listings, newAtTopsort: true }]
  ])('a request for auctions fits the contract: %s', (_, auction) => {
    expect(parse(auction)).toEqual({ ok: true, value: { auctions: [auction] } })
  })

  test('a request for auctions fits the contract with five auctions of both kinds', () => {
    const auctions = [listings, banners, listings, banners, listings]
    expect(parse(...auctions)).toEqual({ ok: true, value: { auctions } })
  })

  test('a request for auctions fits the contract with 10,000 products', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `p_${index}`)
    expect(parse({ type: 'listings', slots: 1, products: { ids } })).toMatchObject({ ok: true })
  })
})

describe('a request for auctions is refused', () => {
  test.each<[string, unknown, string | undefined, string]>([
    ['no auctions', {}, 'missing_auctions', 'the body must have the key auctions'],
    ['an empty list', { auctions: [] }, 'missing_auctions', 'auctions must NOT have fewer than 1 items'],
    [
      'six auctions',
      { auctions: Array(6).fill(banners) },
      'too_many_auctions',
      'auctions must NOT have more than 5 items'
    ],
    ['a list as body', [], undefined, 'the body must be object'],
    ['a null', { auctions: [null] }, undefined, 'auctions[0] must be object']
  ])('a request for auctions is refused for %s', (_, body, errCode, message) => {
    expect(parseAuctionsRequest(body)).toEqual({ ok: false, misfit: { message, ...(errCode && { errCode }) } })
  })

  test.each<[string, object, string | undefined, string]>([
    ['no type', { slots: 1 }, undefined, 'must have the key type'],
    ['another type', { type: 'videos', slots: 1 }, undefined, 'must have the type "listings" or "banners"'],
    ['no slots', { type: 'listings', searchQuery: 'milk' }, 'missing_slots', 'must have the key slots'],
    ['0 slots', { ...listings, slots: 0 }, 'too_few_slots', '.slots must be >= 1'],
    ['41 slots', { ...listings, slots: 41 }, undefined, '.slots must be <= 40'],
    ['slots as text', { ...listings, slots: '2' }, undefined, '.slots must be integer'],
    ['no product ids', { ...listings, products: {} }, 'no_products', '.products must have the key ids'],
    [
      'an empty list of products',
      { ...listings, products: { ids: [] } },
      'no_products',
      '.products.ids must NOT have fewer than 1 items'
    ],
    [
      'an empty product id',
      { ...listings, products: { ids: ['p', ''] } },
      'missing_product_id',
      '.products.ids[1] must NOT have fewer than 1 characters'
    ],
    [
      'a score of 0',
      { ...listings, products: { ids: ['p'], qualityScores: [0] } },
      undefined,
      '.products.qualityScores[0] must be > 0'
    ],
    [
      'a score above 1',
      { ...listings, products: { ids: ['p'], qualityScores: [1.1] } },
      undefined,
      '.products.qualityScores[0] must be <= 1'
    ],
    [
      'fewer scores than ids',
      { ...listings, products: { ids: ['p', 'q'], qualityScores: [1] } },
      undefined,
      '.products.qualityScores must have as many items as products.ids'
    ],
    ['a banner without slotId', { type: 'banners', slots: 1 }, 'missing_slot_id', 'must have the key slotId'],
    [
      'a banner with an empty slotId',
      { ...banners, slotId: '' },
      'missing_slot_id',
      '.slotId must NOT have fewer than 1 characters'
    ],
    [
      'a listing without context',
      { type: 'listings', slots: 1 },
      'missing_context',
      'must have products, a category or a searchQuery'
    ],
    [
      'an empty search query',
      { type: 'listings', slots: 1, searchQuery: ' ' },
      'missing_context',
      'must have products, a category or a searchQuery'
    ],
    [
      'products and a category',
      { ...listings, category: { id: 'c' } },
      undefined,
      'must not have both products and category'
    ],
    [
      'an empty category',
      { type: 'listings', slots: 1, category: {} },
      undefined,
      '.category must have the key id, ids or disjunctions'
    ],
    [
      'six disjunctions',
      { type: 'listings', slots: 1, category: { disjunctions: Array(6).fill(['c']) } },
      undefined,
      '.category.disjunctions must NOT have more than 5 items'
    ],
    [
      'an empty user id',
      { ...listings, opaqueUserId: '' },
      undefined,
      '.opaqueUserId must NOT have fewer than 1 characters'
    ],
    ['another device', { ...banners, device: 'tv' }, undefined, '.device must be one of desktop, mobile'],
    [
      'external demand',
      { ...listings, demandSources: [] },
      'unauthorized_external_demand',
      '.demandSources is not supported by the sandbox: omit it'
    ]
  ])(
    'a request for auctions is refused for %s, and the message names the auction',
    (_, auction, errCode, complaint) => {
      const message = `auctions[1]${complaint.startsWith('.') ? '' : ' '}${complaint}`
      expect(parse(banners, auction)).toEqual({ ok: false, misfit: { message, ...(errCode && { errCode }) } })
    }
  )
})

describe('a request for sponsored brands', () => {
  const brand = { winners: 2, placementId: 'some-placement', triggers: { products: { ids: ['p_1'] } } }
  const parseBrands = (...auctions: unknown[]) => parseBrandAuctionsRequest({ auctions })

  test.each<[string, object]>([
    ['by products', brand],
    ['by a category', { ...brand, triggers: { category: { id: 'c_1' } } }],
    ['by a search query', { ...brand, triggers: { searchQuery: 'yogurt' } }],
    ['with optional and unknown keys', { ...brand, opaqueUserId: 'u', geoTargeting: { location: 'x' }, isNew: true }]
  ])('a request for sponsored brands fits the contract: %s', (_, auction) => {
    expect(parseBrands(auction)).toEqual({ ok: true, value: { auctions: [{ ...auction, type: 'brand' }] } })
  })

  const oneTrigger = 'auctions[0].triggers must have one of category, products, searchQuery'
  test.each<[string, object, string | undefined, string]>([
    ['no winners', { ...brand, winners: undefined }, 'missing_slots', 'auctions[0] must have the key winners'],
    ['too few winners', { ...brand, winners: 0 }, 'too_few_slots', 'auctions[0].winners must be >= 1'],
    [
      'no placement',
      { ...brand, placementId: undefined },
      'missing_placement',
      'auctions[0] must have the key placementId'
    ],
    ['no triggers', { ...brand, triggers: undefined }, 'missing_context', 'auctions[0] must have the key triggers'],
    ['empty triggers', { ...brand, triggers: {} }, 'missing_context', oneTrigger],
    ['two triggers', { ...brand, triggers: { ...brand.triggers, searchQuery: 'x' } }, 'missing_context', oneTrigger],
    [
      'scores of other products',
      { ...brand, triggers: { products: { ids: ['p_1'], qualityScores: [1, 1] } } },
      undefined,
      'auctions[0].triggers.products.qualityScores must have as many items as products.ids'
    ]
  ])('a request for sponsored brands is refused for %s', (_, auction, errCode, message) => {
    const sent: unknown = JSON.parse(JSON.stringify(auction))
    expect(parseBrands(sent)).toEqual({ ok: false, misfit: { message, ...(errCode && { errCode }) } })
  })
})

describe('a request for travel auctions', () => {
  const hotels = { type: 'hotels', slots: 2, travelContext: { site: 'argentina' } }
  const parseTravel = (...auctions: unknown[]) => parseTravelAuctionsRequest({ auctions })

  test('a request for travel auctions fits the contract', () => {
    const travelContext = {
      site: 'argentina',
      passengers: 2,
      travelStartDate: '2025-01-01',
      travelEndDate: '2025-01-15',
      travelerType: 'couple',
      route: 'SAO-ORL',
      flightType: 'one-way'
    }
    const auctions = [
      { ...hotels, slots: 50, products: [{ id: 'h', qualityScore: 0.7 }], category: { singleCategory: { id: 'c' } } },
      { type: 'flights', slots: 2, travelContext, products: [{ id: 'f', variationID: '001', price: 1500 }] }
    ]
    expect(parseTravel(...auctions)).toEqual({ ok: true, value: { auctions } })
  })

  test.each<[string, object, string | undefined, string]>([
    ['no type', { ...hotels, type: undefined }, undefined, 'auctions[0] must have the key type'],
    ['another type', { ...hotels, type: 'cars' }, undefined, 'auctions[0] must have the type "hotels" or "flights"'],
    ['no slots', { ...hotels, slots: undefined }, 'missing_slots', 'auctions[0] must have the key slots'],
    ['no site', { ...hotels, travelContext: {} }, undefined, 'auctions[0].travelContext must have the key site'],
    [
      'eleven passengers',
      { ...hotels, travelContext: { site: 'a', passengers: 11 } },
      undefined,
      'auctions[0].travelContext.passengers must be <= 10'
    ],
    [
      'an end before the start',
      { ...hotels, travelContext: { site: 'a', travelStartDate: '2025-01-02', travelEndDate: '2025-01-01' } },
      undefined,
      'auctions[0].travelContext.travelEndDate must be after travelStartDate'
    ]
  ])('a request for travel auctions is refused for %s', (_, auction, errCode, message) => {
    const sent: unknown = JSON.parse(JSON.stringify(auction))
    expect(parseTravel(sent)).toEqual({ ok: false, misfit: { message, ...(errCode && { errCode }) } })
  })
})
