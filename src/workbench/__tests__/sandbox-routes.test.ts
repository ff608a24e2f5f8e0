import type { Workbench } from '../server'
import { createWorkbench } from '../app'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterAll(() => workbench.stop())
afterEach(() => call(workbench, 'DELETE /workbench'))

const tea = { id: 'tea', name: 'Green tea', vendorId: 'v_tea', categories: ['hot'] }
const key = { authorization: 'Bearer TSE_mine' }

const runAuction = async (auction: object) => {
  const { status, body } = await call(workbench, 'POST /v2/auctions', { auctions: [auction] }, key)
  const { results } = body as { results: [{ error: boolean; winners: { id: string; resolvedBidId: string }[] }] }
  return { status, ...results[0] }
}

test('a replaced catalogue decides who wins', async () => {
  expect(await call(workbench, 'PUT /workbench/catalogue', [tea])).toMatchObject({ status: 200, body: [tea] })
  expect(await call(workbench, '/workbench/catalogue')).toMatchObject({ status: 200, body: [tea] })
  const { winners } = await runAuction({ type: 'listings', slots: 1, searchQuery: 'tea' })
  expect(winners.map(({ id }) => id)).toEqual(['tea'])
})

test('a catalogue can have 100,000 products', async () => {
  const before = (await call(workbench, '/workbench/catalogue')).body
  const many = Array.from({ length: 100_000 }, (_, index) => ({ ...tea, id: `tea-${index}`, name: `Tea ${index}` }))
  expect((await call(workbench, 'PUT /workbench/catalogue', many)).status).toBe(200)
  const { winners } = await runAuction({ type: 'listings', slots: 1, searchQuery: '99999' })
  expect(winners.map(({ id }) => id)).toEqual(['tea-99999'])
  expect(await call(workbench, 'PUT /workbench/catalogue', [...many, tea])).toMatchObject({ status: 400 })
  await call(workbench, 'PUT /workbench/catalogue', before)
})

test('a catalogue may be larger than a request with events', async () => {
  const products = Array.from({ length: 10_000 }, (_, index) => ({ ...tea, id: `tea-${index}` }))
  expect((await call(workbench, 'PUT /workbench/catalogue', products)).status).toBe(200)
})

test('a scripted auction has its result once', async () => {
  const scripts = [{ times: 1, winners: [] }]
  expect(await call(workbench, 'PUT /workbench/auctions', scripts)).toMatchObject({ status: 200, body: scripts })
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_1'] } }
  expect((await runAuction(auction)).winners).toEqual([])
  expect((await runAuction(auction)).winners).toHaveLength(1)
})

test('an order is credited to an ad of an auction', async () => {
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_1'] }, opaqueUserId: 'a1' }
  const { resolvedBidId } = (await runAuction(auction)).winners[0]
  const product = { product_id: 'p_1', price: 2.5 }
  const track = (event: string, properties: object, messageId: string) =>
    call(workbench, 'POST /v1/track', { event, anonymousId: 'a1', properties, messageId, timestamp: new Date() })
  await track('Product Clicked', { ...product, resolvedBidId }, 'click-1')
  await track('Order Completed', { products: [{ ...product, quantity: 2 }] }, 'order-1')

  expect(await call(workbench, '/workbench/attribution?wait')).toMatchObject({
    status: 200,
    body: {
      note: expect.stringContaining("Topsort's own attribution engine decides") as unknown,
      lines: [{ productId: 'p_1', revenue: 5, credited: { type: 'click', id: 'click-1', resolvedBidId } }],
      totals: { lines: 1, creditedLines: 1, revenue: 5, creditedRevenue: 5 }
    }
  })
})

test('the settings of attribution can be changed', async () => {
  const changed = await call(workbench, 'PUT /workbench/attribution', { windowDays: 7, halo: true })
  const rules = { model: 'last-click', windowDays: 7 }
  const settings = { listings: rules, brands: rules, banners: rules, halo: true }
  expect(changed).toMatchObject({ status: 200, body: { settings, lines: [] } })
  expect(await call(workbench, '/workbench/attribution')).toMatchObject({ status: 200, body: { settings } })
})

test('linked users are in the ledger', async () => {
  const linked = await call(workbench, 'POST /v2/events/beta/link-users', { from: 'a', to: 'b' }, key)
  expect(linked.status).toBe(204)
  expect(await call(workbench, '/workbench/ledger')).toMatchObject({ body: { links: [{ from: 'a', to: 'b' }] } })
})

test.each([
  ['/workbench/catalogue', [{ id: 'p' }], 'catalogue[0] must have the key name'],
  ['/workbench/auctions', [{ times: 0 }], 'auctions[0].times must be >= 1'],
  ['/workbench/attribution', { model: 'first-click' }, 'model must be one of last-click, last-impression'],
  ['/workbench/faults', [{ status: 302, times: 1 }], 'faults[0].status must be 200 to 299 or 400 to 599']
])('PUT %s refuses what is invalid, and names it', async (path, body, error) => {
  expect(await call(workbench, `PUT ${path}`, body)).toMatchObject({ status: 400, body: { error } })
})

test.each([
  'GET ledger',
  'PUT faults',
  'GET catalogue',
  'PUT catalogue',
  'PUT auctions',
  'GET attribution',
  'PUT attribution',
  'GET clock',
  'PUT clock'
])('%s is answered with 404 in live mode', async (route) => {
  const [method, name] = route.split(' ')
  const app = createWorkbench({ pipeline: workbench.pipeline, log: console.error })
  const body = method === 'PUT' ? '[]' : undefined
  const response = await app.request(`/workbench/${name}`, { method, body, headers: { host: 'localhost' } })
  expect([response.status, await response.json()]).toEqual([
    404,
    { error: 'There is no sandbox in live mode: events go to Topsort itself.' }
  ])
})
