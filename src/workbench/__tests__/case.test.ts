import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Workbench } from '../server'
import type { WorkbenchState } from '../state/read-state'
import { call, start } from './running'
import { openStream } from './stream'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

const get = async (path: string): Promise<unknown> => (await call(workbench, path)).body

const track = (event: string, ids: object, properties: object = {}) => ({
  type: 'track',
  event,
  messageId: `${event} of ${Object.values(ids).join(' ')}`,
  properties,
  ...ids
})

const ANN = { anonymousId: 'device-of-ann', userId: 'customer-ann' }
const BOB = { anonymousId: 'device-of-bob' }

/** Two shoppers see and click an ad in the same batches, and order. One of them orders with another user id. */
async function shop(): Promise<void> {
  const calls: object[] = []
  for (const ids of [ANN, BOB]) {
    const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] }, opaqueUserId: ids.anonymousId }
    const { body } = await call(
      workbench,
      'POST /v2/auctions',
      { auctions: [auction] },
      { authorization: 'Bearer TSE_a' }
    )
    const { resolvedBidId } = (body as { results: { winners: { resolvedBidId: string }[] }[] }).results[0].winners[0]
    calls.push(track('Product Clicked', ids, { product_id: 'p_PJbnN', resolvedBidId }))
  }
  const products = [{ product_id: 'p_PJbnN', price: 12.95 }]
  calls.push(track('Order Completed', { userId: 'customer-ann' }, { products }))
  calls.push(track('Order Completed', BOB, { products }), track('Cart Viewed', BOB))
  await call(workbench, 'POST /v1/batch', { batch: calls })
  await get('/workbench/counts?wait')
  await call(workbench, 'PUT /workbench/faults', [{ status: 503, times: 3 }])
}

/** Returns the number of the newest delivery that matches a search. */
async function findDelivery(query: string): Promise<number> {
  const client = await openStream(workbench, { query })
  const messages = await client.until(({ event }) => event === 'findings')
  client.close()
  return messages.flatMap(({ event, data }) => (event === 'rows' ? data : [])).at(-1)?.sequence ?? -1
}

test('the case of a shopper has the events of all ids of the shopper, and nothing of others', async () => {
  await shop()
  const state = (await get('/workbench/state?user=customer-ann')) as WorkbenchState
  expect(JSON.stringify(state)).not.toContain('bob')
  expect(state.calls.map(({ messageId }) => messageId)).toEqual([
    'Product Clicked of device-of-ann customer-ann',
    'Order Completed of customer-ann'
  ])
  expect(state).toMatchObject({
    counts: { received: 2, delivered: 2, filtered: 0 },
    sandbox: { ledger: { clicks: [{}], purchases: [{}] }, auctions: [{}], scripts: { events: [], auctions: [] } }
  })
  expect(state.exchanges.map(({ request }) => request.body)).toMatchObject([
    { clicks: [{ opaqueUserId: 'device-of-ann' }] },
    { purchases: [{ opaqueUserId: 'customer-ann' }] }
  ])
})

test('the case of an event is that of its shopper, and masks the ids if it is asked to', async () => {
  await shop()
  const sequence = await findDelivery('user:device-of-bob')
  const answer = await fetch(`${workbench.url}/workbench/state?event=${sequence}&mask=`)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="topsort-case-.*-masked\.json"$/)
  const state = (await answer.json()) as WorkbenchState
  expect(state.calls).toHaveLength(3)
  expect(JSON.stringify(state)).not.toMatch(/of-bob|of-ann|customer-/)
})

test('a case that is opened tells the same about its shopper as before', async () => {
  await shop()
  const shopperOf = async () => ({
    ...((await get('/workbench/shoppers/device-of-bob')) as object),
    timeline: [],
    stories: []
  })
  const before = await shopperOf()
  const state = await get('/workbench/state?user=device-of-bob')
  expect((await call(workbench, 'PUT /workbench/state', state)).body).toMatchObject({ received: 3, delivered: 2 })
  expect(await shopperOf()).toEqual(before)
  expect(await get('/workbench/shoppers')).toHaveLength(1)
  expect(await get('/workbench/faults')).toEqual({ events: [], auctions: [] })
})

test('an event without a user is alone in its case', async () => {
  await shop()
  await call(workbench, 'POST /v1/batch', { batch: ['no event'] })
  const sequence = await findDelivery('is:ingest')
  const state = (await get(`/workbench/state?event=${sequence}`)) as WorkbenchState
  expect(state).toMatchObject({ calls: [], entries: [{}], counts: { received: 1, failedOnIngest: 1 } })
})

test.each(['user=nobody', 'event=999999', 'event=none'])('there is no case for %s', async (query) => {
  await shop()
  expect(await call(workbench, `/workbench/state?${query}`)).toMatchObject({
    status: 404,
    body: { error: 'There is no such event or user. Nothing is saved.' }
  })
})

test('the case as a test passes, and fails with another mapping', async () => {
  await shop()
  const folder = await mkdtemp(path.join(tmpdir(), 'case-'))
  const file = path.join(folder, 'workbench-test.mjs')
  const run = () =>
    promisify(execFile)(process.execPath, ['--test', file], {
      env: { ...process.env, NODE_OPTIONS: '', SEGMENT_HOST: workbench.url }
    })
  try {
    const answer = await fetch(`${workbench.url}/workbench/state?user=device-of-bob&mask&as=test`)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="workbench-test.mjs"')
    const text = await answer.text()
    expect(text).not.toContain('of-bob')
    await writeFile(file, text)
    await call(workbench, 'PUT /workbench/faults', [])
    await run()
    expect(await get('/workbench/counts')).toMatchObject({ received: 3, delivered: 2 })
    await call(workbench, 'PUT /workbench/mappings', [{ name: 'Click', enabled: false }])
    await expect(run()).rejects.toMatchObject({ code: 1 })
  } finally {
    await rm(folder, { recursive: true })
  }
}, 30_000)

test('a list of Segment calls replaces the events and keeps the mappings', async () => {
  await shop()
  await call(workbench, 'PUT /workbench/mappings', [{ name: 'Banner Click', enabled: false }])
  const mappings = await get('/workbench/mappings')
  const timestamp = '2026-01-31T12:00:00.000Z'
  const click = { ...track('Product Clicked', BOB, { product_id: 'p_1' }), timestamp, receivedAt: timestamp }
  expect((await call(workbench, 'PUT /workbench/state', [click])).status).toBe(200)
  expect(await get('/workbench/ledger?wait')).toMatchObject({ clicks: [{ occurredAt: timestamp }], purchases: [] })
  expect(await get('/workbench/mappings')).toEqual(mappings)
  expect(await get('/workbench/clock')).toMatchObject({ isSet: true })
})

test('a list with something other than calls is refused, and nothing changes', async () => {
  await shop()
  expect(await call(workbench, 'PUT /workbench/state', [track('Cart Viewed', BOB), {}])).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('Line 2 is no Segment call') as string }
  })
  expect(await get('/workbench/counts')).toMatchObject({ received: 5 })
})
