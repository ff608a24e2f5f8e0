/** Tests the checks with events that the destination itself has converted, from the auction to the order. */
import type { SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { createChecks } from '../../src/checks'
import type { EventObservation, MappingDelivery, Observation } from '../../src/checks'
import destination from '../../src/destinations/topsort'
import { attempt, presetMappings } from '../../src/pipeline'
import { undoNock } from '../support/undo-nock'

const settings = { api_key: 'TSE_tests_only' }
const START = Date.parse('2026-03-01T12:00:00Z')
const BID = 'WyJlX1BKYm5OIiwiMTJhNTU4MjgiLCJsaXN0aW5ncyIsImRlZmF1bHQiLCIiXQ=='
const yogurt = { product_id: 'p_1', sku: 'YOG-1', name: 'Yogurt', price: 2.5, vendorId: 'v_1' }

beforeAll(() => {
  nock.disableNetConnect()
  nock('https://api.topsort.com').persist().post('/v2/events').reply(204)
})

afterAll(undoNock)

let count = 0

/** Sends a track call through an action of the destination with its default mapping, or with other values in it. */
async function report(
  action: string,
  seconds: number,
  event: string,
  properties: SegmentEvent['properties'],
  ids: Pick<SegmentEvent, 'anonymousId' | 'userId'> = { anonymousId: 'anna' },
  otherValues: Record<string, { '@path': string }> = {}
): Promise<EventObservation> {
  const timestamp = new Date(START + seconds * 1_000).toISOString()
  const messageId = `m-${(count += 1)}`
  const call = { messageId, type: 'track' as const, event, properties, timestamp, receivedAt: timestamp, ...ids }
  const preset = presetMappings(destination).find(({ partnerAction }) => partnerAction === action)!
  const mapping = { ...preset, subscribe: 'type = "track"', mapping: { ...preset.mapping, ...otherValues } }
  const [{ ok, reason, sent }] = await attempt({ definition: destination, settings, mapping }, [call])
  const delivery = { mapping: action, action, ok, reason, sent: sent as MappingDelivery['sent'] }
  return { kind: 'event', event: call, deliveries: [delivery] }
}

const auction: Observation = {
  kind: 'auction',
  time: START,
  opaqueUserId: 'anna',
  winners: [{ resolvedBidId: BID, type: 'product', id: 'p_1', vendorId: 'v_1', format: 'listings' }]
}

const ad = { ...yogurt, position: 1, resolvedBidId: BID }
const order = { order_id: 'o_1', products: [{ ...yogurt, quantity: 2 }] }

const view = () => report('impression', 1, 'Product Viewed', ad)
const click = () => report('click', 5, 'Product Clicked', ad)
const purchase = (ids?: Pick<SegmentEvent, 'anonymousId' | 'userId'>) =>
  report('purchase', 60, 'Order Completed', order, ids)

async function findCodes(...promised: (Observation | Promise<EventObservation>)[]): Promise<string[]> {
  const checks = createChecks()
  for (const observation of promised) checks.observe(await observation)
  return checks.findings().map(({ code, count }) => `${code} ${count}`)
}

test('a correct visit gives no finding', async () => {
  const list = report('impressionsList', 2, 'Product List Viewed', { products: [{ product_id: 'p_2', position: 1 }] })
  const ownPage = report('impression', 6, 'Product Viewed', yogurt)
  expect(await findCodes(auction, view(), list, click(), ownPage, purchase())).toEqual([])
})

test('a visit that loses the bid is reported', async () => {
  const organicClick = report('click', 5, 'Product Clicked', { ...yogurt, position: 1 })
  expect(await findCodes(auction, view(), organicClick, purchase())).toEqual(['missing-bid 1'])
  const organicView = report('impression', 1, 'Product Viewed', yogurt)
  expect(await findCodes(auction, organicView, organicClick, purchase())).toEqual(['missing-bid 2'])
})

test('an order with another user id is reported', async () => {
  expect(await findCodes(auction, view(), click(), purchase({ userId: 'customer-1' }))).toEqual(['no-interaction 1'])
  const identify: Observation = {
    kind: 'event',
    event: {
      messageId: 'i',
      type: 'identify',
      anonymousId: 'anna',
      userId: 'customer-1',
      timestamp: '',
      receivedAt: ''
    },
    deliveries: []
  }
  expect(await findCodes(auction, view(), click(), purchase({ userId: 'customer-1' }), identify)).toEqual([
    'user-id-mismatch 1'
  ])
})

test('a mapped Product Added after a Product Clicked is reported', async () => {
  const added = report('click', 5, 'Product Added', ad)
  expect(await findCodes(auction, view(), click(), added, purchase())).toEqual(['double-click 1'])
})

test('gifts and returns are not reported, but a line without a price is', async () => {
  const gift = { product_id: 'p_3', price: 0 }
  const returned = { product_id: 'p_4', price: 3, quantity: -1 }
  const withGift = { products: [yogurt, gift, returned] }
  const gifts = report('purchase', 60, 'Order Completed', withGift)
  expect(await findCodes(view(), gifts)).toEqual([])
  const unpriced = { products: [yogurt, { product_id: 'p_5', unit_price: 4 }] }
  expect(await findCodes(view(), report('purchase', 60, 'Order Completed', unpriced))).toEqual(['unusable-line 1'])
})

test('an empty list, an empty order and a missing user id are reported', async () => {
  expect(await findCodes(report('impressionsList', 1, 'Product List Viewed', { products: [] }))).toEqual([
    'empty-list 1'
  ])
  expect(await findCodes(report('purchase', 1, 'Order Completed', { products: [] }))).toEqual(['unusable-line 1'])
  expect(await findCodes(report('click', 1, 'Product Clicked', yogurt, {}))).toEqual(['no-user-id 1'])
})

test.each(['0', 'undefined'])('an order of the guest %s is reported', async (userId) => {
  expect(await findCodes(purchase({ userId }))).toEqual(['no-user-id 1'])
})

/** Reports a click with a field that is mapped from a property of the shop. */
const clickWith = (field: string, value: unknown) => {
  const properties = { ...yogurt, ...(value !== undefined && { mapped: value as string }) }
  const mapping = { [field]: { '@path': '$.properties.mapped' } }
  return report('click', 1, 'Product Clicked', properties, { anonymousId: 'anna' }, mapping)
}

test.each([' ', 'null', undefined, { id: 7 }])(
  'a user id that is mapped from a property with %j is reported',
  async (id) => {
    expect(await findCodes(clickWith('opaqueUserId', id))).toEqual(['no-user-id 1'])
  }
)

test.each([undefined, 'at 5', 'yesterday', { seconds: 5 }])(
  'a time that is mapped from a property with %j is reported',
  async (time) => {
    expect(await findCodes(clickWith('occurredAt', time))).toEqual(['bad-time 1'])
  }
)

test('a bid that was decoded as a form is reported, alone and in a list', async () => {
  const decoded = { ...ad, resolvedBidId: 'WyJlX1BKYm5 OIiwi' }
  expect(await findCodes(report('click', 1, 'Product Clicked', decoded))).toEqual(['encoded-bid 1'])
  const products = [{ product_id: 'p_2', position: 2 }, decoded]
  expect(await findCodes(report('impressionsList', 1, 'Product List Viewed', { products }))).toEqual(['encoded-bid 1'])
})

test('a list and an order whose products are an object are reported', async () => {
  const products = { 0: { product_id: 'p_2', price: 1, position: 1 } }
  expect(await findCodes(report('impressionsList', 1, 'Product List Viewed', { products }))).toEqual([
    'list-is-object 1'
  ])
  expect(await findCodes(report('purchase', 1, 'Order Completed', { products }))).toEqual(['list-is-object 1'])
})

test('a time in the future is reported, although the destination sends the current time', async () => {
  const receivedAt = new Date().toISOString()
  const tomorrow = (Date.now() - START) / 1_000 + 86_400
  const { event, ...rest } = await report('click', tomorrow, 'Product Clicked', ad)
  expect(await findCodes({ ...rest, event: { ...event, receivedAt } })).toEqual(['bad-time 1'])
})
