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

  it('uses the first known name if there is no type', () => {
    const names = ['Retail Page', '', 'Search Results', 'Home']
    expect(toPage({ pageId: '/', type: ' ', names })?.type).toBe('search')
    expect(toPage({ pageId: '/', type: 'Lookbook', names })?.type).toBe('other')
  })

  it('uses the title if there is no value', () => {
    expect(toPage({ pageId: '/', value: [' '], title: 'Shoes' })?.value).toBe('Shoes')
    expect(toPage({ pageId: '/', value: 'Boots', title: 'Shoes' })?.value).toBe('Boots')
    expect(toPage({ pageId: '/', value: ['a', 'b'], title: 'Shoes' })?.value).toBeUndefined()
  })

  it('uses the first id that is not empty', () => {
    expect(toPage({ pageId: ' ', otherIds: [null, ' /p/1 ', '/p/2'] })).toEqual({ type: 'other', pageId: '/p/1' })
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

  test.each([undefined, {}, { type: 'home' }, { pageId: ' ' }, { pageId: [] }, { pageId: {} }])(
    'returns nothing without an id: %j',
    (value) => {
      expect(toPage(value)).toBeUndefined()
    }
  )
})
