import { type EventType, parseEventsRequest } from '../contract'
import { bareClick, click, full, impression, many, pageview, purchase, without } from './events'

const complete = { impressions: impression, clicks: click, purchases: purchase, pageviews: pageview }
const types = Object.keys(complete) as EventType[]

/** Returns a copy of an event with another value at a path such as `placement.position`. Undefined removes the key. */
function change(event: object, path: string, value: unknown): object {
  const [key, ...rest] = path.split('.')
  const inner = (event as Record<string, unknown>)[key]
  const changed: unknown = rest.length > 0 ? change(inner as object, rest.join('.'), value) : value
  if (Array.isArray(event)) return Object.assign([...(event as unknown[])], { [key]: changed })
  return changed === undefined ? without(event, key) : { ...event, [key]: changed }
}

/** Returns a table row for each type and path. */
const rows = (types: EventType[], paths: string[]) =>
  types.flatMap((type) => paths.map((path): [EventType, string] => [type, path]))

/** Returns the name of a value in messages, such as `purchases[0].items[1].quantity`. */
const toName = (type: EventType, path: string) => `${type}[0]${path && `.${path}`}`.replace(/\.(\d)/g, '[$1]')

const interactions: EventType[] = ['impressions', 'clicks']

const parseChanged = (type: EventType, path: string, value: unknown) =>
  parseEventsRequest({ [type]: [change(complete[type], path, value)] })

describe('a request that fits the contract', () => {
  test('a request that fits the contract may have all keys of each event, or only the required ones', () => {
    expect(parseEventsRequest(full)).toEqual({ ok: true, value: full })
  })

  test('a request that fits the contract may have an empty list and another one that is not empty', () => {
    const request = { impressions: [], clicks: [bareClick], purchases: [] }
    expect(parseEventsRequest(request)).toEqual({ ok: true, value: request })
  })

  test('a request that fits the contract may have 50 events of each type, which is 200 in all', () => {
    const request = {
      impressions: many(50, impression),
      clicks: many(50, click),
      purchases: many(50, purchase),
      pageviews: many(50, pageview)
    }
    expect(parseEventsRequest(request)).toEqual({ ok: true, value: request })
  })

  test.each([
    { externalCampaignId: 'c-1' },
    { externalVendorId: 'v-1' },
    { resolvedBidId: 'bid' },
    { channel: 'offsite' as const }
  ])('a request that fits the contract may have interactions that only %j identifies', (about) => {
    const rest = without(bareClick, 'entity')
    const request = { impressions: [{ ...rest, ...about }], clicks: [{ ...rest, ...about }] }
    expect(parseEventsRequest(request)).toEqual({ ok: true, value: request })
  })

  test.each<[EventType, string, unknown]>([
    ['clicks', 'occurredAt', '2024-02-29T00:00:00.123456789+05:30'],
    ['clicks', 'occurredAt', '1999-12-31t23:59:60z'],
    ['clicks', 'dsp_metadata', {}],
    ['clicks', 'dsp_metadata', { __proto__: null, toString: 'x', '': 'y' }],
    ['clicks', 'resolvedBidId', 'x'.repeat(2000)],
    ['clicks', 'id', '🛒'],
    ['clicks', 'page.value', undefined],
    ['pageviews', 'page.value', 'a string is fine for a cart, too'],
    ['purchases', 'items.0.unitPrice', 0.01],
    ['purchases', 'items.0.unitPrice', Number.MAX_VALUE]
  ])('a request that fits the contract may have %s[0].%s as %j', (type, path, value) => {
    expect(parseChanged(type, path, value)).toEqual({
      ok: true,
      value: { [type]: [change(complete[type], path, value)] }
    })
  })
})

describe('a request that breaks the contract', () => {
  test.each<[string, unknown, object]>([
    ['a null', null, { message: 'the body must be object' }],
    ['a list', [full], { message: 'the body must be object' }],
    ['a number', 7, { message: 'the body must be object' }],
    ['a string', 'impressions', { message: 'the body must be object' }],
    ['an unknown list', { ...full, orders: [] }, { message: 'the body must not have the key orders' }],
    ['an object instead of a list', { clicks: { 0: click } }, { message: 'clicks must be array' }],
    ['null instead of a list', { ...full, clicks: null }, { message: 'clicks must be array' }],
    ['null instead of an event', { clicks: [click, null] }, { message: 'clicks[1] must be object' }],
    [
      'an order without lines',
      { purchases: [{ ...purchase, items: [] }] },
      { errCode: 'no_purchase_items', message: 'purchases[0].items must NOT have fewer than 1 items' }
    ],
    ...[{}, { clicks: [] }, { impressions: [], clicks: [], purchases: [], pageviews: [] }].map(
      (request): [string, unknown, object] => [
        `no event: ${JSON.stringify(request)}`,
        request,
        { errCode: 'empty_request', message: 'the body must have at least one event' }
      ]
    )
  ])('a request that breaks the contract is refused if it is or has %s', (_, request, misfit) => {
    expect(parseEventsRequest(request)).toEqual({ ok: false, misfit })
  })

  test.each(types)('a request that breaks the contract is refused for 51 %s', (type) => {
    const request = { ...full, [type]: many(51, complete[type]) }
    expect(parseEventsRequest(request)).toEqual({
      ok: false,
      misfit: { message: `${type} must NOT have more than 50 items` }
    })
  })

  test.each([
    ...rows(types, ['id', 'occurredAt', 'opaqueUserId']),
    ...rows(interactions, ['entity.id', 'entity.type', 'additionalAttribution.id', 'additionalAttribution.type']),
    ...rows(interactions, ['placement.path', 'page.type', 'page.pageId', 'object.type']),
    ...rows(['purchases'], ['items', 'items.1.productId', 'items.1.unitPrice']),
    ...rows(['pageviews'], ['page', 'page.type', 'page.pageId'])
  ])('a request that breaks the contract is refused for %s[0] without %s', (type, path) => {
    const event = path.startsWith('entity') ? { ...complete[type], entity: bareClick.entity } : complete[type]
    const keys = path.split('.')
    const key = keys.pop()!
    const message = `${toName(type, keys.join('.'))} must have the key ${key}`
    expect(parseEventsRequest({ [type]: [change(event, path, undefined)] })).toEqual({ ok: false, misfit: { message } })
  })

  test.each([
    ...rows(types, ['id', 'opaqueUserId']),
    ...rows(interactions, ['resolvedBidId', 'additionalAttribution.id', 'page.pageId', 'page.value', 'object.assetId']),
    ...rows(interactions, [
      'placement.path',
      'placement.productId',
      'placement.categoryIds.1',
      'placement.searchQuery'
    ]),
    ...rows(interactions, ['externalCampaignId', 'externalVendorId', 'dsp_metadata.gclid']),
    ...rows(['purchases'], ['items.0.productId', 'items.0.vendorId']),
    ...rows(['pageviews'], ['page.pageId', 'page.value', 'page.value.1'])
  ])('a request that breaks the contract is refused for %s[0].%s as an empty string', (type, path) => {
    const misfit = { message: `${toName(type, path)} must NOT have fewer than 1 characters` }
    expect(parseChanged(type, path, '')).toEqual({ ok: false, misfit })
  })

  describe.each(['note', '__proto__', 'constructor'])('with the unknown key %s', (key) => {
    test.each([
      ...rows(types, ['']),
      ...rows(interactions, ['additionalAttribution', 'placement', 'page', 'object']),
      ...rows(['purchases'], ['items.1']),
      ...rows(['pageviews'], ['page'])
    ])('a request with an unknown key is refused for %s[0] %s', (type, path) => {
      const marked = change(complete[type], path ? `${path}.unknown` : 'unknown', 'x')
      const request: unknown = JSON.parse(JSON.stringify({ [type]: [marked] }).replace('"unknown"', `"${key}"`))
      const message = `${toName(type, path)} must not have the key ${key}`
      expect(parseEventsRequest(request)).toEqual({ ok: false, misfit: { message } })
    })
  })

  test.each<[EventType, string, unknown, string]>([
    ['clicks', 'id', 42, 'must be string'],
    ['clicks', 'opaqueUserId', null, 'must be string'],
    ['clicks', 'deviceType', 'tablet', 'must be one of desktop, mobile'],
    ['purchases', 'deviceType', '', 'must be one of desktop, mobile'],
    ['pageviews', 'channel', 'web', 'must be one of onsite, offsite, instore'],
    ['impressions', 'additionalAttribution.type', 'brand', 'must be one of product, vendor'],
    ['impressions', 'object.type', 'video', 'must be one of listing, banner'],
    ['impressions', 'object.clickType', 'tap', 'must be one of product, like, add-to-cart'],
    ['clicks', 'clickType', 'add_to_cart', 'must be one of product, like, add-to-cart'],
    ['clicks', 'page.type', 'pdp', 'must be one of home, category, PDP, search, cart, other'],
    ['pageviews', 'page.value', 7, 'must be string,array'],
    ['clicks', 'page.value', ['p'], 'must be a string: only the value of a cart may be a list'],
    ['pageviews', 'page.value', [], 'must NOT have fewer than 1 items'],
    ['clicks', 'placement', '/categories', 'must be object'],
    ['clicks', 'placement.position', 0, 'must be >= 1'],
    ['clicks', 'placement.position', 1.5, 'must be integer'],
    ['clicks', 'placement.position', '1', 'must be integer'],
    ['clicks', 'placement.page', 0, 'must be >= 1'],
    ['clicks', 'placement.pageSize', -15, 'must be >= 1'],
    ['clicks', 'placement.categoryIds', [], 'must NOT have fewer than 1 items'],
    ['clicks', 'placement.categoryIds', 'dairy', 'must be array'],
    ['clicks', 'dsp_metadata', ['gclid'], 'must be object'],
    ['purchases', 'items', {}, 'must be array'],
    ['purchases', 'items.0.unitPrice', 0, 'must be > 0'],
    ['purchases', 'items.0.unitPrice', '12.95', 'must be number'],
    ['purchases', 'items.0.unitPrice', Infinity, 'must be number'],
    ['purchases', 'items.0.quantity', 0.75, 'must be integer'],
    ['purchases', 'items.0.quantity', '2', 'must be integer']
  ])('a request that breaks the contract is refused for %s[0].%s as %j', (type, path, value, complaint) => {
    const message = `${toName(type, path)} ${complaint}`
    expect(parseChanged(type, path, value)).toEqual({ ok: false, misfit: { message } })
  })

  test.each([
    '',
    'yesterday',
    '2026-03-01',
    '2026-03-01T11:00:00',
    '2026-03-01 11:00:00Z',
    '2026-03-01T11:00:00+05',
    '2026-03-01T11:00:00+0530',
    '2026-02-29T11:00:00Z',
    '2026-13-01T11:00:00Z',
    '2026-03-01T24:00:00Z',
    '1772362800'
  ])('a request that breaks the contract is refused for occurredAt %j', (occurredAt) => {
    const message =
      'pageviews[0].occurredAt must be an RFC 3339 date and time with an offset, such as 2026-03-01T12:00:00Z'
    expect(parseChanged('pageviews', 'occurredAt', occurredAt)).toEqual({ ok: false, misfit: { message } })
  })

  test.each([0, -1])('a request that breaks the contract is refused for a quantity of %j', (quantity) => {
    expect(parseChanged('purchases', 'items.1.quantity', quantity)).toEqual({
      ok: false,
      misfit: {
        errCode: 'purchase_item_quantity_less_or_equal_than_zero',
        message: 'purchases[0].items[1].quantity must be >= 1'
      }
    })
  })

  test.each([7, null, { a: 'b' }, ['x'], true])(
    'a request that breaks the contract is refused with a 422 for a value %j in dsp_metadata',
    (gclid) => {
      expect(parseChanged('impressions', 'dsp_metadata.gclid', gclid)).toEqual({
        ok: false,
        misfit: { status: 422, message: 'impressions[0].dsp_metadata.gclid must be string' }
      })
    }
  )

  test.each(['impressions', 'clicks'] as const)(
    'a request that breaks the contract is refused for %s that identify nothing',
    (type) => {
      const message = `${type}[0] must have a resolvedBidId, an entity, an externalCampaignId, an externalVendorId or the channel "offsite"`
      const aboutNothing = without(bareClick, 'entity')
      for (const event of [aboutNothing, { ...aboutNothing, channel: 'onsite' }]) {
        expect(parseEventsRequest({ [type]: [event] })).toEqual({ ok: false, misfit: { message } })
      }
    }
  )

  test.each(['impressions', 'clicks'] as const)(
    'a request that breaks the contract is refused for %s with an additionalAttribution but no bid',
    (type) => {
      const request = { [type]: [{ ...bareClick, additionalAttribution: { type: 'product', id: 'p' } }] }
      const message = `${type}[0] must have a resolvedBidId together with its additionalAttribution`
      expect(parseEventsRequest(request)).toEqual({ ok: false, misfit: { message } })
    }
  )

  test('a request that breaks the contract is refused for a clickType on an impression', () => {
    const message = 'impressions[0] must not have the key clickType'
    expect(parseEventsRequest({ impressions: [click] })).toEqual({ ok: false, misfit: { message } })
  })

  test('a request that breaks the contract is refused with a short message that names the event', () => {
    const clicks = many(50, click)
    clicks[37] = { ...clicks[37], dsp_metadata: { 'utm/~source': 7 as unknown as string } }
    expect(parseEventsRequest({ clicks })).toMatchObject({
      ok: false,
      misfit: { message: 'clicks[37].dsp_metadata.utm/~source must be string' }
    })

    const huge = { clicks: [{ ...click, ['k'.repeat(5000)]: 1 }] }
    const message = `${'clicks[0] must not have the key '.padEnd(299, 'k')}…`
    expect(parseEventsRequest(huge)).toEqual({ ok: false, misfit: { message } })
  })
})
