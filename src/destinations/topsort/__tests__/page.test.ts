import { toPage } from '../page'

describe('toPage', () => {
  test.each<[string, unknown[]]>([
    ['home', ['home', 'HOME', 'Home Page', 'homepage', 'front_page', 'index', 'Landing Page', 'start', 'Home Screen']],
    ['category', ['category', 'Category Page', 'Product Category', 'Product List', 'product-list', 'Product Listing']],
    ['category', ['PLP', 'products', 'listing', 'collection', 'Catalog', 'department']],
    ['PDP', ['PDP', 'pdp', 'product', 'Product Page', 'product_detail', 'ProductDetails', 'item']],
    ['PDP', ['Product Detail View']],
    ['search', ['search', 'Search Result', 'Search Results', 'search-results-page', 'SERP']],
    ['cart', ['cart', 'Shopping Cart', 'basket', 'bag', 'Shopping Bag', 'Cart Screen']],
    ['other', ['other', 'checkout', 'Account', '', ' ', null, undefined, 3, {}, [], 'page', 'pages of home']],
    ['other', ['constructor', '__proto__', 'homepage 2']]
  ])('reads as the type %s: %j', (type, names) => {
    expect(names.map((name) => toPage({ pageId: '/', type: name })?.type)).toEqual(names.map(() => type))
  })

  test.each<[string, unknown, unknown]>([
    ['category', 'shoes', 'shoes'],
    ['category', ['shoes'], 'shoes'],
    ['category', ['shoes', 'boots'], undefined],
    ['category', '["shoes"]', '["shoes"]'],
    ['PDP', 42, '42'],
    ['search', '', undefined],
    ['search', {}, undefined],
    ['other', null, undefined],
    ['cart', 'shoe-1', 'shoe-1'],
    ['cart', ['shoe-1', 42, null, ''], ['shoe-1', '42']],
    ['cart', [], undefined]
  ])('reads for a page of the type %s the value %j as %j', (type, value, result) => {
    expect(toPage({ type, pageId: '/', value })).toEqual({ type, pageId: '/', value: result })
  })

  it('trims the id and accepts a number', () => {
    expect(toPage({ type: 'home', pageId: ' /start ' })).toEqual({ type: 'home', pageId: '/start' })
    expect(toPage({ type: 'home', pageId: 7 })).toEqual({ type: 'home', pageId: '7' })
  })

  test.each([
    undefined,
    {},
    { type: 'home' },
    { pageId: ' ' },
    { pageId: [] },
    { pageId: {} },
    { pageId: 'true' },
    { pageId: 'undefined' }
  ])('returns nothing without an id: %j', (value) => {
    expect(toPage(value)).toBeUndefined()
  })
})
