import type { JSONObject } from '@segment/actions-core'
import type { EventSample } from './api'

/** The placeholders for the id of the user and the bid of the auction. */
const USER = '{{user}}'
const BID = '{{bid}}'

/** Products of the sandbox's catalogue, with the properties that a shop tracks. */
const yogurt = {
  product_id: 'p_PJbnN',
  sku: 'YOG-VAN-500',
  name: 'Vanilla yogurt',
  category: 'Yogurt',
  brand: 'Alpine',
  vendorId: 'v_alpine',
  price: 12.95,
  currency: 'USD'
}
const strawberry = {
  product_id: 'p_ojng4',
  sku: 'YOG-STR-500',
  name: 'Strawberry yogurt',
  category: 'Yogurt',
  brand: 'Alpine',
  vendorId: 'v_alpine',
  price: 3.49,
  currency: 'USD'
}
const plain = {
  product_id: 'p_8VKDt',
  sku: 'YOG-PLA-500',
  name: 'Plain yogurt',
  category: 'Yogurt',
  brand: 'Meadow',
  vendorId: 'v_meadow',
  price: 2.99,
  currency: 'USD'
}
const milk = {
  product_id: 'p_Mfk15',
  sku: 'MLK-WHO-1L',
  name: 'Whole milk',
  category: 'Milk',
  brand: 'Meadow',
  vendorId: 'v_meadow',
  price: 1.89,
  currency: 'USD'
}
const cookies = {
  product_id: 'p_oajf2D',
  sku: 'COO-OAT-200',
  name: 'Oat cookies',
  category: 'Snacks',
  brand: 'Mill',
  vendorId: 'v_mill',
  price: 4.25,
  currency: 'USD'
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

/** An ad for vanilla yogurt in a list of products, and one on a banner. */
const listing = { type: 'listings', slots: 1, products: { ids: [yogurt.product_id] }, opaqueUserId: USER }
const banner = { type: 'banners', slots: 1, slotId: 'homepage-banner', device: 'desktop', opaqueUserId: USER }

const order = (properties: JSONObject): JSONObject =>
  track('Order Completed', 'cart', { order_id: `order-${USER}`, currency: 'USD', ...properties })

/** The samples that the page offers. */
export const samples: readonly EventSample[] = [
  {
    key: 'product-viewed',
    title: 'Product Viewed',
    description: 'A shopper opens the page of a product. It becomes an organic impression.',
    kind: 'spec',
    events: [track('Product Viewed', 'product', { ...yogurt, position: 1 })]
  },
  {
    key: 'product-clicked',
    title: 'Product Clicked',
    description: 'A shopper clicks on a product in a list. It becomes an organic click.',
    kind: 'spec',
    events: [track('Product Clicked', 'yogurt', { ...yogurt, position: 3 })]
  },
  {
    key: 'product-list-viewed',
    title: 'Product List Viewed',
    description: 'A shopper sees a list of products. Each product becomes an impression of its own.',
    kind: 'spec',
    events: [
      track('Product List Viewed', 'yogurt', {
        list_id: 'yogurt',
        category: 'Yogurt',
        products: [
          { ...yogurt, position: 1 },
          { ...strawberry, position: 2 },
          { ...plain, position: 3 }
        ]
      })
    ]
  },
  {
    key: 'order-completed',
    title: 'Order Completed',
    description: 'A shopper places an order. It becomes a purchase with a line for each product.',
    kind: 'spec',
    events: [
      order({
        total: 27.79,
        revenue: 25.9,
        shipping: 1.89,
        products: [
          { ...yogurt, quantity: 1 },
          { ...cookies, quantity: 2 },
          { ...milk, quantity: 1 }
        ]
      })
    ]
  },
  {
    key: 'page',
    title: 'Page call',
    description: 'The call that the browser SDK makes on each page. It becomes a page view of a category.',
    kind: 'spec',
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
    kind: 'spec',
    events: [
      {
        type: 'screen',
        name: 'Home',
        anonymousId: USER,
        properties: {},
        context: { device: { type: 'ios', model: 'iPhone15,2' }, app: { name: 'Shop', version: '4.2.0' } }
      }
    ]
  },
  {
    key: 'whole-loop',
    title: 'From the ad to the order',
    description: 'An auction, a view and a click with its bid, and an order. The click gets the credit for the order.',
    kind: 'case',
    auction: listing,
    events: [
      track('Product Viewed', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID }),
      track('Product Clicked', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID }),
      order({ products: [{ ...yogurt, quantity: 2 }] })
    ]
  },
  {
    key: 'sponsored-click',
    title: 'Sponsored click',
    description: 'A view and a click on an ad. The bid makes them sponsored, so that they are billed.',
    kind: 'case',
    auction: listing,
    events: [
      track('Product Viewed', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID }),
      track('Product Clicked', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID })
    ]
  },
  {
    key: 'organic-click',
    title: 'Organic click',
    description: 'A click on a product that is not an ad. The search and the place on the page are reported as well.',
    kind: 'case',
    events: [track('Product Clicked', 'search', { ...strawberry, position: 4, query: 'yogurt' })]
  },
  {
    key: 'banner',
    title: 'Banner with its follow-up',
    description:
      'A banner is seen and clicked. The click on the product behind it carries the bid of the banner, and names the product.',
    kind: 'case',
    auction: banner,
    events: [
      track('Banner Impression', 'home', { resolvedBidId: BID, object: { type: 'banner', assetId: 'spring-sale' } }),
      track('Banner Click', 'home', { resolvedBidId: BID, object: { type: 'banner', assetId: 'spring-sale' } }),
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
    kind: 'case',
    auction: listing,
    events: [
      track('Product List Viewed', 'yogurt', {
        list_id: 'yogurt',
        category: 'Yogurt',
        products: [
          { ...yogurt, position: 1, resolvedBidId: BID },
          { ...strawberry, position: 2 },
          { ...plain, position: 3 }
        ]
      })
    ]
  },
  {
    key: 'page-view',
    title: 'Page view of a search',
    description: 'A page call that says its type and value, as Topsort knows them.',
    kind: 'case',
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
    kind: 'case',
    events: [
      order({
        products: [
          { ...yogurt, quantity: 2 },
          { product_id: 'p_spoon', name: 'Wooden spoon', vendorId: 'v_mill', price: 0, quantity: 1 }
        ]
      })
    ]
  },
  {
    key: 'weighed-goods',
    title: 'Weighed goods',
    description:
      'Topsort counts whole items. 0.75 kg become one item at the total price, so that the revenue stays correct.',
    kind: 'case',
    events: [
      order({
        products: [
          { product_id: 'p_cheese', name: 'Mountain cheese', vendorId: 'v_alpine', price: 18.4, quantity: 0.75 }
        ]
      })
    ]
  },
  {
    key: 'prices-as-text',
    title: 'Prices as text',
    description: 'Prices with a currency sign and separators for thousands are read as numbers.',
    kind: 'case',
    events: [
      order({
        products: [
          { product_id: 'p_mixer', name: 'Kitchen mixer', vendorId: 'v_mill', price: '$1,299.00', quantity: '1' }
        ]
      })
    ]
  },
  {
    key: 'odd-values',
    title: 'Values for other purposes',
    description: 'Shops use these names for other purposes. Topsort would reject the values, so they are omitted.',
    kind: 'case',
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
    kind: 'case',
    events: [
      track('Product Clicked', 'product', {
        product_id: yogurt.product_id,
        channel: 'offsite',
        externalCampaignId: 'summer-2026',
        externalVendorId: 'v_alpine',
        dspMetadata: { gclid: 'Cj0KCQjw', position: 2 }
      })
    ]
  },
  {
    key: 'lost-bid',
    title: 'The click loses its bid',
    description:
      'The view of the ad has its bid, but the click has no bid. So the click is organic, and the order is not credited.',
    kind: 'mistake',
    auction: listing,
    events: [
      track('Product Viewed', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID }),
      track('Product Clicked', 'yogurt', { ...yogurt, position: 1 }),
      order({ products: [{ ...yogurt, quantity: 1 }] })
    ]
  },
  {
    key: 'other-user',
    title: 'Another user id at checkout',
    description:
      'The click has an anonymous id, but the order from the server has only the id of the customer. Topsort cannot credit the order.',
    kind: 'mistake',
    auction: listing,
    events: [
      {
        ...track('Product Clicked', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID }),
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
    kind: 'mistake',
    auction: listing,
    events: [
      track('Product Viewed', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID }),
      track('Product Viewed', 'yogurt', { ...yogurt, position: 1, resolvedBidId: BID })
    ]
  },
  {
    key: 'double-order',
    title: 'Reloaded thank-you page',
    description: 'The same order is reported again with another message id. Its revenue counts twice.',
    kind: 'mistake',
    events: [order({ products: [{ ...cookies, quantity: 2 }] }), order({ products: [{ ...cookies, quantity: 2 }] })]
  },
  {
    key: 'unknown-bid',
    title: 'An unknown bid',
    description: 'The bid comes from no auction. Topsort rejects the event and says why.',
    kind: 'mistake',
    events: [track('Product Clicked', 'yogurt', { ...yogurt, position: 1, resolvedBidId: 'unknown-bid' })]
  },
  {
    key: 'about-nothing',
    title: 'An event about nothing',
    description: 'The view has neither a product nor a bid, so there is nothing to report.',
    kind: 'mistake',
    events: [track('Product Viewed', 'product', { name: 'Vanilla yogurt', price: 12.95 })]
  },
  {
    key: 'order-without-prices',
    title: 'An order without prices',
    description:
      'The mapping does not know the property that has the prices. The order fails, and the message says what to change.',
    kind: 'mistake',
    events: [order({ products: [{ product_id: milk.product_id, unit_price: 1.89, quantity: 2 }] })]
  },
  {
    key: 'bad-time',
    title: 'A time that is none',
    description: 'The time of the event cannot be read. The destination never invents a time, so the event fails.',
    kind: 'mistake',
    events: [{ ...track('Product Viewed', 'product', { ...yogurt, position: 1 }), timestamp: 'yesterday' }]
  }
]
