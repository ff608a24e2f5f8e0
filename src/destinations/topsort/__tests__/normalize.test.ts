import {
  channel,
  choice,
  clickType,
  count,
  deviceType,
  dspMetadata,
  entity,
  identifier,
  interactionObject,
  page,
  placement,
  text,
  texts,
  timestamp
} from '../normalize'

/** Without what is absent: `{a: undefined}` and `{}` are the same on the wire. */
function wire(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

describe('Text', () => {
  test.each<[unknown, string]>([
    ['shoe-1', 'shoe-1'],
    ['  shoe 1\r\n', 'shoe 1'],
    ['\u00a0shoe\u2003', 'shoe'],
    [507, '507'],
    [0, '0'],
    [-1.5, '-1.5'],
    [false, 'false'],
    ['靴', '靴'],
    ['кеды', 'кеды'],
    ['حذاء', 'حذاء'],
    ['जूते', 'जूते'],
    ['👟🏃🏽‍♀️', '👟🏃🏽‍♀️'],
    ['e\u0301', 'e\u0301'],
    ['a\u0000b', 'a\u0000b'],
    ['__proto__', '__proto__'],
    ['null', 'null']
  ])('of %j is %j', (value, written) => {
    expect(text(value)).toBe(written)
  })

  test.each<[unknown]>([[''], [' \t\r\n'], ['\ufeff'], [null], [undefined], [[]], [['a']], [{}], [new Date(0)]])(
    'of %j is absent',
    (value) => {
      expect(text(value)).toBeUndefined()
    }
  )

  it('of a very long value is all of it', () => {
    expect(text('x'.repeat(100_000))).toHaveLength(100_000)
  })
})

describe('Texts', () => {
  test.each<[unknown, string[]]>([
    [
      ['a', 'b'],
      ['a', 'b']
    ],
    ['a', ['a']],
    [7, ['7']],
    [
      [' a ', '', null, undefined, 0, {}, ['x']],
      ['a', '0', 'x']
    ],
    ['["a","b"]', ['a', 'b']],
    [' ["a"]', ['a']],
    [['["a",1,null,{"b":2}]'], ['a', '1']],
    ['"a"', ['a']],
    ['"\\"a\\""', ['"a"']],
    ['{"a":1}', []],
    ['[Sale] Shoes', ['[Sale] Shoes']],
    ['"Best" shoes', ['"Best" shoes']],
    ['{', ['{']],
    ['', []],
    [null, []],
    [undefined, []],
    [{}, []]
  ])('of %j are %j', (value, written) => {
    expect(texts(value)).toEqual(written)
  })
})

describe('A count', () => {
  test.each<[unknown, number]>([
    [1, 1],
    [3, 3],
    ['3', 3],
    [' 3 ', 3],
    ['003', 3],
    ['3.0', 3],
    ['3.', 3],
    [9007199254740991, 9007199254740991]
  ])('of %j is %j', (value, number) => {
    expect(count(value)).toBe(number)
  })

  test.each<[unknown]>([
    [0],
    ['0'],
    ['0.0'],
    [-1],
    [1.5],
    ['1.5'],
    ['1e3'],
    ['3rd'],
    ['home_banner_top'],
    ['٣'],
    [''],
    [null],
    [undefined],
    [true],
    [[3]],
    [{}],
    [NaN],
    [Infinity],
    [9007199254740992],
    ['9'.repeat(400)]
  ])('of %j is absent, because the API counts whole numbers from 1', (value) => {
    expect(count(value)).toBeUndefined()
  })
})

describe('A choice', () => {
  test.each<[unknown, string | undefined]>([
    ['add-to-cart', 'add-to-cart'],
    ['ADD_TO_CART', 'add-to-cart'],
    ['Add to Cart', 'add-to-cart'],
    ['addToCart', 'add-to-cart'],
    ['buy', undefined],
    ['', undefined],
    ['-', undefined],
    [null, undefined],
    [['add-to-cart'], undefined]
  ])('of %j is %j', (value, option) => {
    expect(choice(value, ['add-to-cart', 'like'])).toBe(option)
  })

  test.each<[unknown, string | undefined]>([
    ['product', 'product'],
    ['Like', 'like'],
    ['add_to_cart', 'add-to-cart'],
    ['purchase', undefined]
  ])('of the click type %j is %j', (value, option) => {
    expect(clickType(value)).toBe(option)
  })

  test.each<[unknown, string | undefined]>([
    ['onsite', 'onsite'],
    ['OffSite', 'offsite'],
    ['in-store', 'instore'],
    ['In Store', 'instore'],
    ['web', undefined],
    [1, undefined],
    [undefined, undefined]
  ])('of the channel %j is %j', (value, option) => {
    expect(channel(value)).toBe(option)
  })
})

describe('A time', () => {
  const NOW = Date.parse('2026-06-01T00:00:00.000Z')

  test.each<[unknown, string]>([
    ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31t12:00:00z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00.500Z'],
    ['2026-01-31T12:00:00.123456789Z', '2026-01-31T12:00:00.123Z'],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T12:00:00-0330', '2026-01-31T15:30:00.000Z'],
    ['2026-01-31T12:00:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31 12:00:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31 12:00:00 +0100', '2026-01-31T11:00:00.000Z'],
    ['2026-01-31 12:00:00+01', '2026-01-31T11:00:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    [' 2026-01-31 ', '2026-01-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-01-31T24:00:00Z', '2026-02-01T00:00:00.000Z'],
    ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59.000Z']
  ])('in ISO 8601 is a time in UTC: %j', (value, time) => {
    expect(timestamp(value, NOW)).toBe(time)
  })

  test.each<[unknown, string]>([
    [1769860800, '2026-01-31T12:00:00.000Z'],
    ['1769860800', '2026-01-31T12:00:00.000Z'],
    [1769860800.25, '2026-01-31T12:00:00.250Z'],
    [1769860800123456, '2026-01-31T12:00:00.123Z'],
    ['1769860800123456789', '2026-01-31T12:00:00.123Z'],
    ['1769860800.25', '2026-01-31T12:00:00.250Z'],
    [1769860800123, '2026-01-31T12:00:00.123Z'],
    ['1769860800123', '2026-01-31T12:00:00.123Z'],
    ['1769860800123.75', '2026-01-31T12:00:00.123Z'],
    [100000000000, '1973-03-03T09:46:40.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.000Z'],
    [-62167219200, '0000-01-01T00:00:00.000Z']
  ])('since 1970, in seconds or milliseconds, is a time in UTC: %j', (value, time) => {
    expect(timestamp(value, NOW)).toBe(time)
  })

  it('keeps each millisecond of fractional seconds', () => {
    const fractions = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(3, '0'))

    expect(fractions.map((fraction) => timestamp(`1769860800.${fraction}`, NOW))).toEqual(
      fractions.map((fraction) => `2026-01-31T12:00:00.${fraction}Z`)
    )
  })

  test.each<[unknown]>([['2026-06-01T00:00:00.001Z'], ['2099-01-01'], [NOW + 1], [String(NOW / 1000 + 1)]])(
    'in the future becomes now, because one such event fails a whole request: %j',
    (value) => {
      expect(timestamp(value, NOW)).toBe('2026-06-01T00:00:00.000Z')
    }
  )

  test.each<[unknown]>([
    ['2026-13-01'],
    ['2026-01-32'],
    ['2026-02-29'],
    ['2026-04-31T12:00:00Z'],
    ['2026-01-31T25:00:00Z'],
    ['2026-01-31T12:60:00Z'],
    ['2026-01-31T12:00:00+25:00'],
    ['2026-1-31'],
    ['2026-01'],
    ['2026-W05'],
    ['31/01/2026'],
    ['Sat, 31 Jan 2026 12:00:00 GMT'],
    ['January 31, 2026'],
    ['2026-01-31T12:00:00Z extra'],
    ['on 2026-01-31'],
    ['yesterday'],
    ['NaN'],
    ['1e9'],
    [''],
    [null],
    [undefined],
    [true],
    [[]],
    [{}],
    [1e300],
    [-1e300],
    [-62167219201]
  ])('is absent where there is none: %j', (value) => {
    expect(timestamp(value, NOW)).toBeUndefined()
  })
})

describe('An entity', () => {
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
      { id: 42, type: 'PRODUCT' },
      { type: 'product', id: '42' }
    ]
  ])('of %j is %j', (value, result) => {
    expect(entity(value)).toEqual(result)
  })

  test.each<[{ id?: unknown; type?: unknown } | undefined]>([
    [undefined],
    [{}],
    [{ id: 'shoe-1' }],
    [{ id: 'shoe-1', type: 'brand' }],
    [{ type: 'product' }],
    [{ id: ' ', type: 'product' }],
    [{ id: null, type: 'product' }],
    [{ id: {}, type: 'product' }],
    [{ id: 'shoe-1', type: ['product'] }]
  ])('of %j is absent', (value) => {
    expect(entity(value)).toBeUndefined()
  })

  it('has no unknown keys', () => {
    const value = { id: 'shoe-1', type: 'product', name: 'Shoe' }

    expect(entity(value)).toEqual({ type: 'product', id: 'shoe-1' })
  })
})

describe('A placement', () => {
  it('has all that the API takes', () => {
    const value = {
      path: '/c/shoes',
      position: '2',
      page: 1,
      pageSize: '48',
      productId: 7,
      categoryIds: ['shoes', 12],
      searchQuery: ' red shoes '
    }

    expect(placement(value)).toEqual({
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
  ])('is sent without what the API would refuse: %j', (odd) => {
    expect(wire(placement({ path: '/', ...odd }))).toEqual({ path: '/' })
  })

  it('has one category as a list', () => {
    expect(wire(placement({ path: '/', categoryIds: 'shoes' }))).toEqual({ path: '/', categoryIds: ['shoes'] })
  })

  test.each([undefined, {}, { position: 3 }, { path: ' ', position: 3 }, { path: {} }])(
    'is absent without a path: %j',
    (value) => {
      expect(placement(value)).toBeUndefined()
    }
  )
})

describe('A page', () => {
  test.each<[string, unknown[]]>([
    ['home', ['home', 'HOME', 'Home Page', 'homepage', 'front_page', 'index', 'Landing Page', 'start', 'Home Screen']],
    [
      'category',
      ['category', 'Category Page', 'Product Category', 'Product List', 'product-list', 'Product Listing', 'PLP']
    ],
    ['category', ['products', 'listing', 'collection', 'Catalog', 'department']],
    [
      'PDP',
      ['PDP', 'pdp', 'product', 'Product Page', 'product_detail', 'ProductDetails', 'Product Detail View', 'item']
    ],
    ['search', ['search', 'Search Result', 'Search Results', 'search-results-page', 'SERP']],
    ['cart', ['cart', 'Shopping Cart', 'basket', 'bag', 'Shopping Bag', 'Cart Screen']],
    ['other', ['other', 'checkout', 'Account', '', ' ', null, undefined, 3, {}, 'page', 'constructor', '__proto__']]
  ])('of the type %s may be called %j', (type, names) => {
    expect(names.map((name) => page({ pageId: '/', type: name })?.type)).toEqual(names.map(() => type))
  })

  it('is of the first type that is known', () => {
    expect(page({ pageId: '/', type: '["Retail Page","","Search Results","Home"]' })?.type).toBe('search')
    expect(page({ pageId: '/', type: ['My Shop', 'Cart'] })?.type).toBe('cart')
  })

  test.each<[string, unknown, unknown]>([
    ['category', 'shoes', 'shoes'],
    ['category', ['shoes'], 'shoes'],
    ['category', ['shoes', 'boots'], undefined],
    ['category', '["shoes"]', 'shoes'],
    ['PDP', 42, '42'],
    ['search', '', undefined],
    ['search', {}, undefined],
    ['other', null, undefined],
    ['cart', 'shoe-1', 'shoe-1'],
    ['cart', ['shoe-1', 'shoe-2'], ['shoe-1', 'shoe-2']],
    ['cart', '["shoe-1",42,null,""]', ['shoe-1', '42']],
    ['cart', [], undefined]
  ])('of the type %s with the value %j has the value %j', (type, value, result) => {
    expect(page({ type, pageId: '/', value })).toEqual({ type, pageId: '/', value: result })
  })

  test.each([undefined, {}, { type: 'home' }, { type: 'home', pageId: ' ' }, { type: 'home', pageId: ['/'] }])(
    'is absent without an id: %j',
    (value) => {
      expect(page(value)).toBeUndefined()
    }
  )
})

describe('The object of an interaction', () => {
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
  ])('of %j is %j', (value, result) => {
    expect(wire(interactionObject(value))).toEqual(result)
  })

  test.each([undefined, {}, { type: 'video' }, { type: '', assetId: '1' }, { type: {} }, { assetId: '1' }])(
    'of %j is absent',
    (value) => {
      expect(interactionObject(value)).toBeUndefined()
    }
  )
})

describe('A device', () => {
  test.each([
    'ios',
    'iOS',
    'android',
    'Android',
    'mobile',
    'phone',
    'smartphone',
    'tablet',
    'iPad',
    'iPhone',
    // iPhone
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1',
    // iPad
    'Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
    // Android phone and tablet
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0',
    'Dalvik/2.1.0 (Linux; U; Android 11; SM-A125F Build/RP1A.200720.012)',
    // Windows Phone, and Google's crawler as a phone
    'Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15254',
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.61 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
  ])('is mobile: %s', (name) => {
    expect(deviceType(name)).toBe('mobile')
  })

  test.each([
    'desktop',
    'macos',
    'macOS',
    'windows',
    'linux',
    // Windows
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0; Touch; .NET4.0E; .NET4.0C; Tablet PC 2.0)',
    // Mac
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    'Studios/2.0 (Macintosh; Intel Mac OS X 14_5)',
    // Linux
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
    // ChromeOS
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
  ])('is a desktop: %s', (name) => {
    expect(deviceType(name)).toBe('desktop')
  })

  test.each<[unknown]>([
    ['tv'],
    ['SmartTV'],
    ['AppleTV'],
    ['GoogleTV'],
    ['watch'],
    ['console'],
    // Televisions
    [
      'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36'
    ],
    ['Mozilla/5.0 (Web0S; Linux i686) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/38.0.2125.122 Safari/537.36'],
    ['Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36'],
    ['Mozilla/5.0 (Linux; Android 9; Android TV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36'],
    [
      'Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36 CrKey/1.54.248666'
    ],
    ['AppleCoreMedia/1.0.0.21K79 (Apple TV; U; CPU OS 17_0 like Mac OS X; en_us)'],
    ['Roku/DVP-12.0 (12.0.0.4182-88)'],
    // Programs
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    ['okhttp/4.12.0'],
    ['curl/8.6.0'],
    ['Shop/1 CFNetwork/1494.0.7 Darwin/23.4.0'],
    [''],
    [' '],
    [null],
    [undefined],
    [1],
    [{}],
    [['ios']]
  ])('is neither, or unknown: %j', (name) => {
    expect(deviceType(name)).toBeUndefined()
  })
})

describe('The metadata of an offsite event', () => {
  test.each<[Record<string, unknown>, object]>([
    [{ gclid: 'Cj0K' }, { gclid: 'Cj0K' }],
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
  ])('of %j is %j', (value, result) => {
    expect(dspMetadata(value)).toEqual(result)
  })

  test.each<[Record<string, unknown> | undefined]>([
    [undefined],
    [{}],
    [{ gclid: null }],
    [{ gclid: '' }],
    [{ 0: 'a', 1: 'b' }]
  ])('of %j is absent', (value) => {
    expect(dspMetadata(value)).toBeUndefined()
  })

  it('changes no prototype', () => {
    const value = JSON.parse('{"__proto__":{"polluted":"yes"},"gclid":"x"}') as Record<string, unknown>

    const result = dspMetadata(value)

    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect((result as { polluted?: string }).polluted).toBeUndefined()
    expect(result?.gclid).toBe('x')
  })
})

describe('An identifier', () => {
  test.each<[unknown, string | undefined]>([
    ['p-1', 'p-1'],
    [7, '7'],
    ['truelove', 'truelove'],
    [true, undefined],
    [false, undefined],
    ['true', undefined],
    [' ', undefined]
  ])('from %j is %j', (value, id) => {
    expect(identifier(value)).toBe(id)
  })
})
