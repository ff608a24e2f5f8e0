import type { JSONObject } from '@segment/actions-core'
import { InvalidAuthenticationError, defaultValues } from '@segment/actions-core'
import destination from '../index'
import {
  KEY,
  api,
  batch,
  brokenConnection,
  event,
  facts,
  failure,
  request,
  single,
  testDestination
} from './__helpers__/support'

const actions = Object.entries(destination.actions)

describe('The definition', () => {
  it('The definition has a different title for each action, because the framework stores schemas by title', () => {
    expect(new Set(actions.map(([, { title }]) => title)).size).toBe(actions.length)
  })

  it('The definition has the titles and triggers that customers know', () => {
    expect(actions.map(([key, { title, defaultSubscription }]) => [key, title, defaultSubscription])).toEqual([
      ['impression', 'Impression', 'type = "track" and event = "Product Viewed"'],
      ['impressionsList', 'Impressions List', 'type = "track" and event = "Product List Viewed"'],
      ['click', 'Click', 'type = "track" and event = "Product Clicked"'],
      ['purchase', 'Purchase', 'type = "track" and event = "Order Completed"'],
      ['pageviews', 'Page Views', 'type = "page" or type = "screen"'],
      ['linkUsers', 'Link Users', 'type = "identify"']
    ])
  })

  test.each(actions)('The definition has a different label for each field of %s', (_key, { fields }) => {
    const labels = Object.values(fields).flatMap(({ label, properties = {} }) => [
      label,
      ...Object.values(properties).map((property) => property.label)
    ])

    expect(new Set(labels).size).toBe(labels.length)
  })

  it('requires only the API key', () => {
    const settings = Object.entries(destination.authentication?.fields ?? {})

    expect(settings.filter(([, { required }]) => required).map(([name]) => name)).toEqual(['api_key'])
    expect(destination.authentication?.fields).toMatchObject({
      api_key: { type: 'password' },
      skipZeroPricePurchases: { type: 'boolean', default: true }
    })
  })

  test.each<[string, string[]]>([
    ['impression', []],
    ['click', []],
    ['purchase', ['items']],
    ['impressionsList', ['products']],
    ['pageviews', ['page']]
  ])('requires for %s the id, the time, the user, and %j', (key, others) => {
    const required = Object.entries(destination.actions[key].fields).filter(([, field]) => field.required)

    expect(required.map(([name]) => name)).toEqual(['id', 'occurredAt', 'opaqueUserId', ...others])
  })

  test.each<[string, string, string]>([
    ['Impression', 'impression', 'type = "track" and event = "Product Viewed"'],
    ['Click', 'click', 'type = "track" and event = "Product Clicked"'],
    ['Purchase', 'purchase', 'type = "track" and event = "Order Completed"'],
    ['Impressions List', 'impressionsList', 'type = "track" and event = "Product List Viewed"'],
    ['Page Views', 'pageviews', 'type = "page" or type = "screen"']
  ])('maps %s to the action %s, with its defaults', (name, partnerAction, subscribe) => {
    const mapping = defaultValues(destination.actions[partnerAction].fields)

    expect(destination.presets).toContainEqual({ name, partnerAction, subscribe, mapping, type: 'automatic' })
  })

  test.each<[string, string, string]>([
    ['Banner Impression', 'impression', 'type = "track" and event = "Banner Impression"'],
    ['Banner Click', 'click', 'type = "track" and event = "Banner Click"']
  ])('maps %s to the action %s, with all of its defaults but the product', (name, partnerAction, subscribe) => {
    const { productId, ...mapping } = defaultValues(destination.actions[partnerAction].fields)

    expect(productId).toBeDefined()
    expect(destination.presets).toContainEqual({ name, partnerAction, subscribe, mapping, type: 'automatic' })
  })

  test.each<[string, 'impressions' | 'clicks', string]>([
    ['Banner Impression', 'impressions', 'impression'],
    ['Banner Click', 'clicks', 'click']
  ])('delivers a %s with a bid, and does not report the id of a banner as a product', async (name, type, noun) => {
    const calls = api()
    const subscriptions = destination.presets?.filter((preset) => preset.name === name) as unknown as JSONObject[]
    const banner = (properties: JSONObject) => event({ event: name, properties: { id: 'banner-1', ...properties } })
    const events = [banner({ resolvedBidId: 'bid-1' }), banner({})]

    const [{ multistatus }] = await testDestination.onBatch(events, { api_key: KEY, subscriptions })

    expect(calls).toEqual([request({ [type]: [{ ...facts, resolvedBidId: 'bid-1', placement: { path: '/search' } }] })])
    expect(multistatus).toMatchObject([
      { status: 204 },
      {
        status: 400,
        errormessage: `This ${noun} is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic ${noun}.`,
        body: { code: 'about_nothing' }
      }
    ])
  })

  const withPresets = actions.filter(([key]) => key !== 'linkUsers')

  test.each(withPresets)(
    'proposes the trigger of its preset for another mapping of %s',
    (key, { defaultSubscription }) => {
      const preset = destination.presets?.find(({ partnerAction }) => partnerAction === key)

      expect(preset).toHaveProperty('subscribe', defaultSubscription)
    }
  )

  it('delivers a Product Clicked through its preset, and ignores other events', async () => {
    const calls = api()
    const settings = { api_key: KEY, subscriptions: destination.presets as unknown as JSONObject[] }
    const properties = { product_id: 'shoe-1', resolvedBidId: 'bid-1' }

    await testDestination.onEvent(event({ event: 'Product Clicked', properties }), settings)
    await testDestination.onEvent(event({ event: 'Product Shared', properties }), settings)

    expect(calls).toEqual([
      request({
        clicks: [
          {
            ...facts,
            resolvedBidId: 'bid-1',
            entity: { type: 'product', id: 'shoe-1' },
            placement: { path: '/search' }
          }
        ]
      })
    ])
  })

  it('delivers a batch through a preset, and says which of its events do not match', async () => {
    const calls = api()
    const subscriptions = destination.presets?.filter(({ name }) => name === 'Page Views') as unknown as JSONObject[]
    const events = [event({ type: 'page' }), event({ type: 'track', event: 'Product Shared' })]

    const [{ multistatus }] = await testDestination.onBatch(events, { api_key: KEY, subscriptions })

    expect(multistatus?.map(({ status }) => status)).toEqual([204, 400])
    expect(calls).toEqual([
      request({ pageviews: [{ ...facts, page: { type: 'other', pageId: '/search', value: 'Shoes | Shop' } }] })
    ])
  })
})

describe('Batching', () => {
  test.each(actions)('Batching is on for %s, with at most 50 events at a time', (_key, { fields }) => {
    expect(fields.enable_batching).toMatchObject({ type: 'boolean', default: true })
    expect(fields.batch_size).toMatchObject({ type: 'number', default: 50, maximum: 50, unsafe_hidden: true })
    expect([fields.enable_batching.required, fields.batch_size.required]).toEqual([undefined, undefined])
  })

  test.each(actions.map(([key]) => key))('The fields of batching are not sent for %s', async (key) => {
    const calls = api()
    const products = [{ product_id: 'shoe-1', price: 9.9 }]

    const userId = 'user-1'
    await batch(key, [event({ event: 'Any', userId, properties: { product_id: 'shoe-1', products } })])

    expect(JSON.stringify(calls)).not.toMatch(/enable_batching|batch_size/)
    expect(calls).toHaveLength(1)
  })
})

describe('A missing value', () => {
  const noUser = { anonymousId: ' ', properties: { product_id: 'p-1', products: [{ product_id: 'p-1', price: 1 }] } }
  const noId = { ...noUser, messageId: ' ', anonymousId: 'u-1' }
  const noProducts = { properties: { products: [] } }

  test.each([
    ['impression', noUser, 'user_id_missing', 'Missing opaqueUserId in this impression.'],
    ['click', noUser, 'user_id_missing', 'Missing opaqueUserId in this click.'],
    ['purchase', noUser, 'user_id_missing', 'Missing opaqueUserId in this purchase.'],
    ['purchase', noProducts, 'items_missing', 'Missing items in this purchase.'],
    ['impressionsList', noUser, 'user_id_missing', 'Missing opaqueUserId in this list.'],
    ['impressionsList', noId, 'id_missing', 'Missing id in this list.'],
    ['impressionsList', noProducts, 'products_missing', 'Missing products in this list.'],
    ['pageviews', noUser, 'user_id_missing', 'Missing opaqueUserId in this page view.']
  ])('fails the action %s with a message that names it: %j', async (key, partial, code, message) => {
    const results = await batch(key, [event(partial)])

    expect(results).toEqual([
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errorreporter: 'DESTINATION',
        errormessage: `${message} Send it, or map the field to a property that is never empty.`,
        body: { code }
      }
    ])
  })
})

describe('The check of the API key', () => {
  const REJECTED = 'Credentials are invalid:  Topsort did not accept the API key'
  const REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'
  const HINT = 'A Marketplace API Key starts with TSE_.'

  it('sends Topsort a request without events and with the trimmed key', async () => {
    const calls = api()

    await testDestination.testAuthentication({ api_key: ` ${KEY}\n` })

    expect(calls).toEqual([request({ impressions: [] })])
  })

  test.each<[number, string]>([
    [204, ''],
    [200, '{}'],
    [400, '{"errCode":"empty_request","message":"Request has no events"}'],
    [403, '<p>Blocked</p>'],
    [404, ''],
    [429, ''],
    [500, '{"errCode":"internal_server_error"}'],
    [503, '<html></html>']
  ])('accepts the key if Topsort answers %i', async (status, body) => {
    api(() => [status, body])

    await expect(testDestination.testAuthentication({ api_key: KEY })).resolves.toBeUndefined()
  })

  test.each(['ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT'])(
    'accepts the key if Topsort cannot be reached (%s)',
    async (code) => {
      brokenConnection(code)

      await expect(testDestination.testAuthentication({ api_key: KEY })).resolves.toBeUndefined()
    }
  )

  test.each<[number, string, string]>([
    [401, '{"errCode":"invalid_api_key","message":"no such key"}', '401 invalid_api_key'],
    [401, '[{"errCode":"invalid_api_key","message":"no such key"}]', '401 invalid_api_key'],
    [403, '{"error":"Forbidden","message":"the key opens something else"}', '403 Forbidden'],
    [401, '', '401 Unauthorized']
  ])('rejects the key if Topsort answers %i %s', async (status, body, reason) => {
    api(() => [status, body])

    const { message } = await failure(testDestination.testAuthentication({ api_key: KEY }))

    expect(message).toBe(`${REJECTED} (${reason}). ${REMEDY}`)
  })

  it('says how a key starts if this one starts differently', async () => {
    api(() => [403, { errCode: 'forbidden' }])

    const { message } = await failure(testDestination.testAuthentication({ api_key: 'sk-advanced-91' }))

    expect(message).toBe(`${REJECTED} (403 forbidden). ${REMEDY} ${HINT}`)
  })

  test.each<[string, string]>([
    ['   ', ` ${HINT}`],
    ['TSE_8x2K\nq0vN', '']
  ])('rejects the key %j without a request', async (api_key, hint) => {
    const { message } = await failure(testDestination.testAuthentication({ api_key }))

    expect(message).toBe(
      `Credentials are invalid:  The API key is empty or contains characters that are not allowed. ${REMEDY}${hint}`
    )
  })

  it('rejects a key with the error that Segment knows for bad keys', async () => {
    const check = destination.authentication?.testAuthentication
    const noRequest = () => Promise.reject(new Error('no request is to be made'))

    const error = await failure(
      Promise.resolve(check?.(noRequest, { settings: { api_key: '' }, auth: undefined as never }))
    )

    expect(error).toBeInstanceOf(InvalidAuthenticationError)
  })
})

it('The definition does not change when an event is delivered', async () => {
  const before = JSON.stringify(destination.actions)
  api()
  await single('click', event({ event: 'Product Clicked', properties: { product_id: 'p1' } }))

  expect(JSON.stringify(destination.actions)).toBe(before)
})
