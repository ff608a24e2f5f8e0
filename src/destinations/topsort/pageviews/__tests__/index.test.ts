import type { JSONObject, JSONValue } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import type { Page } from '../../types'
import {
  api,
  batch,
  event,
  facts,
  factsWithoutDevice,
  failure,
  request,
  single
} from '../../__tests__/__helpers__/support'

const IPHONE_APP = {
  library: { name: 'analytics-ios', version: '4.1.8' },
  device: { type: 'ios', model: 'iPhone15,2' },
  os: { name: 'iOS', version: '17.5' }
}

describe('A page view', () => {
  it('A page view is made from a standard page call', async () => {
    const calls = api()
    const properties = {
      path: '/search',
      referrer: '',
      search: '',
      title: 'Shoes | Shop',
      url: 'https://shop.example/'
    }

    await single('pageviews', event({ type: 'page', properties }))

    expect(calls).toEqual([
      request({ pageviews: [{ ...facts, page: { type: 'other', pageId: '/search', value: 'Shoes | Shop' } }] })
    ])
  })

  test.each<[string, object, Page['type']]>([
    ['page("Home")', { name: 'Home' }, 'home'],
    ['page("Retail Page", "Home"), which has a category', { category: 'Retail Page', name: 'Home' }, 'other'],
    ['page("Product List", "Shoes")', { category: 'Product List', name: 'Shoes' }, 'category'],
    ['page("Product", "Home")', { category: 'Product', name: 'Home' }, 'PDP'],
    ['page with a category in its properties', { properties: { category: 'Search Results' } }, 'search'],
    ['page with a type of its own', { name: 'Home', properties: { page: { type: 'Basket' } } }, 'cart'],
    ['page with a type that is none', { name: 'Home', properties: { page: { type: 'Checkout' } } }, 'other'],
    ['page("Imprint")', { name: 'Imprint' }, 'other']
  ])('A page view has its type from %s', async (_call, partial, type) => {
    const calls = api()

    await single('pageviews', event({ type: 'page', ...partial }))

    expect(calls).toEqual([
      request({ pageviews: [{ ...facts, page: { type, pageId: '/search', value: 'Shoes | Shop' } }] })
    ])
  })

  it('A page view of an app has the name of the screen as its id', async () => {
    const calls = api()

    await single('pageviews', event({ type: 'screen', name: 'Cart Screen', properties: {}, context: IPHONE_APP }))

    expect(calls).toEqual([
      request({ pageviews: [{ ...facts, deviceType: 'mobile', page: { type: 'cart', pageId: 'Cart Screen' } }] })
    ])
  })

  it('keeps every value that the shop sends', async () => {
    const calls = api()

    await single(
      'pageviews',
      event({
        type: 'page',
        name: 'Home',
        properties: { page: { type: 'cart', pageId: 'cart-1', value: ['p-1', 2] }, channel: 'OnSite' }
      })
    )

    expect(calls).toEqual([
      request({
        pageviews: [{ ...facts, channel: 'onsite', page: { type: 'cart', pageId: 'cart-1', value: ['p-1', '2'] } }]
      })
    ])
  })

  it('A page view from a server library has the path from its properties', async () => {
    const calls = api()

    await single('pageviews', event({ type: 'page', properties: { path: '/p/1' }, context: {} }))

    expect(calls).toEqual([
      request({ pageviews: [{ ...factsWithoutDevice, page: { type: 'other', pageId: '/p/1' } }] })
    ])
  })

  test.each<[unknown]>([['checkout'], [3], [null], [[]], [{}]])('ignores a page that is %j', async (page) => {
    const calls = api()
    const viewed = event({ type: 'page', name: 'Home', properties: { page: page as JSONValue } })

    await single('pageviews', viewed)
    await batch('pageviews', [viewed])

    expect(calls).toHaveLength(2)
    for (const { body } of calls) {
      expect(body.pageviews).toMatchObject([{ ...facts, page: { type: 'home', pageId: '/search' } }])
    }
  })

  it('A page view has the values of its page even if they are empty, and fails without a page id', async () => {
    const calls = api()
    const home = (page: object) => event({ type: 'page', name: 'Home', properties: { page: { ...page } } })

    const results = await batch('pageviews', [
      home({ type: '', value: ' ' }),
      home({ pageId: null }),
      home({ pageId: '' })
    ])

    expect(calls).toEqual([request({ pageviews: [{ ...facts, page: { type: 'other', pageId: '/search' } }] })])
    expect(results).toMatchObject([
      { status: 204 },
      { status: 400, body: { code: 'page_id_missing' } },
      { status: 400, body: { code: 'page_id_missing' } }
    ])
  })

  it('completes its page with the path, the title and the category', async () => {
    const calls = api()
    const pages: JSONObject[] = [{ type: 'PLP' }, { pageId: 'shoes' }, { value: 'Boots' }]

    await batch(
      'pageviews',
      pages.map((page) => event({ type: 'page', category: 'Cart', properties: { page } }))
    )

    const page = { type: 'cart' as const, pageId: '/search', value: 'Shoes | Shop' }
    expect(calls).toEqual([
      request({
        pageviews: [
          { ...facts, page: { ...page, type: 'category' } },
          { ...facts, page: { ...page, pageId: 'shoes' } },
          { ...facts, page: { ...page, value: 'Boots' } }
        ]
      })
    ])
  })

  it('A page view is the same in a batch', async () => {
    const calls = api()
    const home = event({ type: 'page', name: 'Home' })

    await single('pageviews', home)
    await batch('pageviews', [home])

    expect(calls[1]).toEqual(calls[0])
    expect(calls).toHaveLength(2)
  })

  it('A page view without a page id fails, and no request is sent', async () => {
    const message =
      'Missing page.pageId in this page view. Send it, or map the field to a property that is never empty.'
    const nowhere = event({ type: 'screen', properties: {}, context: {} })

    const error = await failure(single('pageviews', nowhere))
    const results = await batch('pageviews', [nowhere])

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({ message, body: { code: 'page_id_missing' } })
    expect(results).toEqual([
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errorreporter: 'DESTINATION',
        errormessage: message,
        body: { code: 'page_id_missing' }
      }
    ])
  })

  it('A page view still works with a mapping that was saved long ago', async () => {
    const calls = api()
    const saved = {
      id: { '@path': '$.messageId' },
      occurredAt: { '@path': '$.timestamp' },
      opaqueUserId: { '@path': '$.anonymousId' },
      deviceType: { '@path': '$.context.userAgent' },
      channel: { '@path': '$.properties.channel' }
    }
    const whole = { ...saved, page: { '@path': '$.properties.page' } }
    const leaves = {
      ...saved,
      page: {
        type: { '@path': '$.properties.page.type' },
        pageId: { '@path': '$.properties.page.pageId' },
        value: { '@path': '$.context.page.title' }
      }
    }
    const viewed = event({ type: 'page', properties: { page: { type: 'HOME', pageId: 7, value: 'Start', more: 1 } } })
    const cart = event({ type: 'page', properties: { page: { type: 'cart', pageId: 7, value: ['p-1', 'p-2'] } } })

    for (const mapping of [whole, leaves]) {
      await single('pageviews', viewed, { mapping })
      await batch('pageviews', [viewed], { mapping })
    }

    const pageview = (value: string) =>
      request({ pageviews: [{ ...facts, page: { type: 'home', pageId: '7', value } }] })
    expect(calls).toEqual([pageview('Start'), pageview('Start'), pageview('Shoes | Shop'), pageview('Shoes | Shop')])

    await single('pageviews', cart, { mapping: whole })

    expect(calls[4].body.pageviews?.[0].page).toEqual({ type: 'cart', pageId: '7', value: ['p-1', 'p-2'] })
  })
})

test.each(['"Quoted"', '[2024]', '{"a":1}', ' [Sale] Shoes '])(
  'A page view keeps the title %j as it is',
  async (title) => {
    const calls = api()
    await single('pageviews', event({ type: 'page', context: { page: { path: '/sale', title } } }))

    expect(calls.map(({ body }) => body.pageviews?.[0].page.value)).toEqual([title.trim()])
  }
)
