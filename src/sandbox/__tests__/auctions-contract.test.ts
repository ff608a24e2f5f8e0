import { parseAuctionsRequest } from '../contract'

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
