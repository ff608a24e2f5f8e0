import type { JSONObject } from '@segment/actions-core'
import type { EventSample } from './api'

/** The placeholders for the id of the user and the bid of the auction. */
const USER = '{{user}}'
const BID = '{{bid}}'

/** Products of the sandbox's catalogue, with the properties that a shop tracks. */
const yogurt = product('p_PJbnN', 'YOG-VAN-500', 'Vanilla yogurt', 'Yogurt', 'Alpine', 12.95)
const strawberry = product('p_ojng4', 'YOG-STR-500', 'Strawberry yogurt', 'Yogurt', 'Alpine', 3.49)
const plain = product('p_8VKDt', 'YOG-PLA-500', 'Plain yogurt', 'Yogurt', 'Meadow', 2.99)
const milk = product('p_Mfk15', 'MLK-WHO-1L', 'Whole milk', 'Milk', 'Meadow', 1.89)
const cookies = product('p_oajf2D', 'COO-OAT-200', 'Oat cookies', 'Snacks', 'Mill', 4.25)

function product(id: string, sku: string, name: string, category: string, brand: string, price: number) {
  const vendorId = `v_${brand.toLowerCase()}`
  return { product_id: id, sku, name, category, brand, vendorId, price, currency: 'USD' }
}

const pages = {
  home: page('/', 'Home'),
  yogurt: page('/c/yogurt', 'Yogurt'),
  product: page('/p/p_PJbnN', 'Vanilla yogurt'),
  cart: page('/cart', 'Your cart'),
  search: page('/search', 'Search: yogurt', '?q=yogurt')
}

/** Describes a page as the browser SDK does. */
function page(path: string, title: string, search = ''): JSONObject {
  return { path, title, url: `https://shop.example${path}${search}`, referrer: '', search }
}

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36'

function track(event: string, page: keyof typeof pages, properties: JSONObject): JSONObject {
  return {
    type: 'track',
    event,
    anonymousId: USER,
    properties,
    context: { page: pages[page], userAgent: BROWSER, library: { name: 'analytics.js', version: '2.11.1' } }
  }
}

const list = (...products: JSONObject[]): JSONObject =>
  track('Product List Viewed', 'yogurt', {
    list_id: 'yogurt',
    category: 'Yogurt',
    products: products.map((product, index) => ({ ...product, position: index + 1 }))
  })

const order = (products: JSONObject[], totals: JSONObject = {}): JSONObject =>
  track('Order Completed', 'cart', { order_id: `order-${USER}`, currency: 'USD', ...totals, products })

/** An ad for vanilla yogurt in a list of products, and one on a banner. */
const listing = { type: 'listings', slots: 1, products: { ids: [yogurt.product_id] }, opaqueUserId: USER }
const banner = { type: 'banners', slots: 1, slotId: 'homepage-banner', device: 'desktop', opaqueUserId: USER }
const onBanner = { resolvedBidId: BID, object: { type: 'banner', assetId: 'spring-sale' } }

/** The yogurt in the first place of a list, and the same as an ad. */
const first = { ...yogurt, position: 1 }
const ad = { ...first, resolvedBidId: BID }

type Sample = Omit<EventSample, 'kind'>

/** Events of Segment's ecommerce spec. */
const specSamples: Sample[] = [
  {
    key: 'product-viewed',
    title: 'Product Viewed',
    description: 'A shopper opens the page of a product. It becomes an organic impression.',
    events: [track('Product Viewed', 'product', first)]
  },
  {
    key: 'product-clicked',
    title: 'Product Clicked',
    description: 'A shopper clicks on a product in a list. It becomes an organic click.',
    events: [track('Product Clicked', 'yogurt', { ...yogurt, position: 3 })]
  },
  {
    key: 'product-list-viewed',
    title: 'Product List Viewed',
    description: 'A shopper sees a list of products. Each product becomes an impression of its own.',
    events: [list(yogurt, strawberry, plain)]
  },
  {
    key: 'order-completed',
    title: 'Order Completed',
    description: 'A shopper places an order. It becomes a purchase with a line for each product.',
    events: [
      order(
        [
          { ...yogurt, quantity: 1 },
          { ...cookies, quantity: 2 },
          { ...milk, quantity: 1 }
        ],
        { total: 27.79, revenue: 25.9, shipping: 1.89 }
      )
    ]
  },
  {
    key: 'page',
    title: 'Page call',
    description: 'The call that the browser SDK makes on each page. It becomes a page view of a category.',
    events: [
      {
        type: 'page',
        name: 'Yogurt',
        category: 'Category',
        anonymousId: USER,
        properties: { ...pages.yogurt },
        context: { page: pages.yogurt, userAgent: BROWSER }
      }
    ]
  },
  {
    key: 'screen',
    title: 'Screen call',
    description: 'The call that mobile SDKs make on each screen. It becomes a page view from a mobile device.',
    events: [
      {
        type: 'screen',
        name: 'Home',
        anonymousId: USER,
        properties: {},
        context: { device: { type: 'ios', model: 'iPhone15,2' }, app: { name: 'Shop', version: '4.2.0' } }
      }
    ]
  }
]

/** Cases that Topsort knows. */
const caseSamples: Sample[] = [
  {
    key: 'whole-loop',
    title: 'From the ad to the order',
    description: 'An auction, a view and a click with its bid, and an order. The click gets the credit for the order.',
    auction: listing,
    events: [
      track('Product Viewed', 'yogurt', ad),
      track('Product Clicked', 'yogurt', ad),
      order([{ ...yogurt, quantity: 2 }])
    ]
  },
  {
    key: 'sponsored-click',
    title: 'Sponsored click',
    description: 'A view and a click on an ad. The bid makes them sponsored, so that they are billed.',
    auction: listing,
    events: [track('Product Viewed', 'yogurt', ad), track('Product Clicked', 'yogurt', ad)]
  },
  {
    key: 'organic-click',
    title: 'Organic click',
    description: 'A click on a product that is not an ad. The search and the place on the page are reported as well.',
    events: [track('Product Clicked', 'search', { ...strawberry, position: 4, query: 'yogurt' })]
  },
  {
    key: 'banner',
    title: 'Banner with its follow-up',
    description:
      'A banner is seen and clicked. The click on the product behind it carries the bid of the banner, and names the product.',
    auction: banner,
    events: [
      track('Banner Impression', 'home', onBanner),
      track('Banner Click', 'home', onBanner),
      track('Product Clicked', 'yogurt', {
        ...yogurt,
        resolvedBidId: BID,
        additionalAttribution: { type: 'product', id: yogurt.product_id }
      })
    ]
  },
  {
    key: 'list-with-ad',
    title: 'List with an ad',
    description: 'The first product of a list is an ad and has its bid. The others are organic.',
    auction: listing,
    events: [list(ad, strawberry, plain)]
  },
  {
    key: 'page-view',
    title: 'Page view of a search',
    description: 'A page call that says its type and value, as Topsort knows them.',
    events: [
      {
        type: 'page',
        name: 'Search',
        anonymousId: USER,
        properties: { ...pages.search, page: { type: 'search', pageId: '/search', value: 'yogurt' } },
        context: { page: pages.search, userAgent: BROWSER }
      }
    ]
  },
  {
    key: 'order-with-gift',
    title: 'Order with a gift',
    description: 'One line has the price 0. Topsort rejects such lines, so only the other line is reported.',
    events: [
      order([
        { ...yogurt, quantity: 2 },
        { product_id: 'p_spoon', name: 'Wooden spoon', vendorId: 'v_mill', price: 0, quantity: 1 }
      ])
    ]
  },
  {
    key: 'weighed-goods',
    title: 'Weighed goods',
    description:
      'Topsort counts whole items. 0.75 kg become one item at the total price, so that the revenue stays correct.',
    events: [
      order([{ product_id: 'p_cheese', name: 'Mountain cheese', vendorId: 'v_alpine', price: 18.4, quantity: 0.75 }])
    ]
  },
  {
    key: 'prices-as-text',
    title: 'Prices as text',
    description: 'Prices with a currency sign and separators for thousands are read as numbers.',
    events: [
      order([{ product_id: 'p_mixer', name: 'Kitchen mixer', vendorId: 'v_mill', price: '$1,299.00', quantity: '1' }])
    ]
  },
  {
    key: 'odd-values',
    title: 'Values for other purposes',
    description: 'Shops use these names for other purposes. Topsort would reject the values, so they are omitted.',
    events: [
      track('Product Viewed', 'product', {
        ...yogurt,
        position: 'home_banner_top',
        placement: 'carousel',
        channel: 'web'
      })
    ]
  },
  {
    key: 'offsite',
    title: 'Offsite click',
    description: 'A click on an ad on another site. It needs no bid, but your own ids of the campaign and the vendor.',
    events: [
      track('Product Clicked', 'product', {
        product_id: yogurt.product_id,
        channel: 'offsite',
        externalCampaignId: 'summer-2026',
        externalVendorId: 'v_alpine',
        dspMetadata: { gclid: 'Cj0KCQjw', position: 2 }
      })
    ]
  }
]

/** Events that go wrong. */
const mistakeSamples: Sample[] = [
  {
    key: 'lost-bid',
    title: 'The click loses its bid',
    description:
      'The view of the ad has its bid, but the click has no bid. So the click is organic, and the order is not credited.',
    auction: listing,
    events: [
      track('Product Viewed', 'yogurt', ad),
      track('Product Clicked', 'yogurt', first),
      order([{ ...yogurt, quantity: 1 }])
    ]
  },
  {
    key: 'other-user',
    title: 'Another user id at checkout',
    description:
      'The click has an anonymous id, but the order from the server has only the id of the customer. Topsort cannot credit the order.',
    auction: listing,
    events: [
      {
        ...track('Product Clicked', 'yogurt', ad),
        userId: `customer-${USER}`
      },
      {
        type: 'track',
        event: 'Order Completed',
        userId: `customer-${USER}`,
        properties: { order_id: `order-${USER}`, currency: 'USD', products: [{ ...yogurt, quantity: 1 }] },
        context: { library: { name: '@segment/analytics-node', version: '2.2.0' } }
      }
    ]
  },
  {
    key: 'double-view',
    title: 'One ad, two views',
    description: 'The shop reports the same ad twice, with two message ids. The advertiser is billed twice.',
    auction: listing,
    events: [track('Product Viewed', 'yogurt', ad), track('Product Viewed', 'yogurt', ad)]
  },
  {
    key: 'double-order',
    title: 'Reloaded thank-you page',
    description: 'The same order is reported again with another message id. Its revenue counts twice.',
    events: [order([{ ...cookies, quantity: 2 }]), order([{ ...cookies, quantity: 2 }])]
  },
  {
    key: 'unknown-bid',
    title: 'An unknown bid',
    description: 'The bid comes from no auction. Topsort rejects the event and says why.',
    events: [track('Product Clicked', 'yogurt', { ...yogurt, position: 1, resolvedBidId: 'unknown-bid' })]
  },
  {
    key: 'about-nothing',
    title: 'An event about nothing',
    description: 'The view has neither a product nor a bid, so there is nothing to report.',
    events: [track('Product Viewed', 'product', { name: 'Vanilla yogurt', price: 12.95 })]
  },
  {
    key: 'order-without-prices',
    title: 'An order without prices',
    description:
      'The mapping does not know the property that has the prices. The order fails, and the message says what to change.',
    events: [order([{ product_id: milk.product_id, unit_price: 1.89, quantity: 2 }])]
  },
  {
    key: 'bad-time',
    title: 'A time that is none',
    description: 'The time of the event cannot be read. The destination never invents a time, so the event fails.',
    events: [{ ...track('Product Viewed', 'product', first), timestamp: 'yesterday' }]
  }
]

/** The samples that the page offers. */
export const samples: readonly EventSample[] = [
  ...specSamples.map((sample) => ({ ...sample, kind: 'spec' as const })),
  ...caseSamples.map((sample) => ({ ...sample, kind: 'case' as const })),
  ...mistakeSamples.map((sample) => ({ ...sample, kind: 'mistake' as const }))
]
