import type * as TopsortSdk from '@topsort/sdk' with { 'resolution-mode': 'import' }
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'

// Jest converts imports to `require`, but the package has no types for `require`.
const { TopsortClient } = jest.requireActual<typeof TopsortSdk>('@topsort/sdk')

let workbench: Workbench
let client: TopsortSdk.TopsortClient

beforeAll(async () => {
  workbench = await startWorkbench({ port: 0, log: console.error })
  client = new TopsortClient({ apiKey: 'TSE_mine', host: workbench.url })
})
afterAll(() => workbench.stop())
afterEach(() => {
  workbench.sandbox!.forget()
})

type Auction = TopsortSdk.Auction['auctions'][number]

const createAuction = (...auctions: Auction[]) => client.createAuction({ auctions })

describe('@topsort/sdk with its host set to the workbench', () => {
  test('runs an auction and reports a click on its winner', async () => {
    const { results } = await createAuction(
      { type: 'listings', slots: 1, products: { ids: ['p_ojng4', 'p_PJbnN'], qualityScores: [0.5, 0.9] } },
      { type: 'banners', slots: 1, slotId: 'home', device: 'desktop', category: { ids: ['c_snacks'] } }
    )
    expect(results.map(({ error, winners }) => [error, winners.map(({ id }) => id)])).toEqual([
      [false, ['p_PJbnN']],
      [false, ['p_oajf2D']]
    ])

    const { resolvedBidId } = results[0].winners[0]
    const click = { id: 'c1', occurredAt: new Date().toISOString(), opaqueUserId: 'u1', resolvedBidId }
    const placement = { path: '/' }
    expect(await client.reportEvent({ clicks: [{ ...click, placement }] })).toEqual({ ok: true, retry: false })
    expect(workbench.sandbox!.ledger().clicks).toEqual([{ ...click, placement }])
  })

  test('gets an auction that nobody won', async () => {
    expect(await createAuction({ type: 'listings', slots: 1, searchQuery: 'caviar' })).toEqual({
      results: [{ resultType: 'listings', winners: [], error: false }]
    })
  })

  test('gets the reason if an auction is refused', async () => {
    await expect(createAuction({ type: 'listings', slots: 0, searchQuery: 'milk' })).rejects.toMatchObject({
      status: 400,
      body: { errCode: 'too_few_slots', message: 'auctions[0].slots must be >= 1' },
      retry: false
    })
  })

  test('@topsort/sdk with its host set to the workbench can retry an auction that is scripted to fail', async () => {
    workbench.sandbox!.scriptAuctions([{ times: 1, status: 503 }])
    const auction = { type: 'listings', slots: 1, searchQuery: 'milk' } as const
    await expect(createAuction(auction)).rejects.toMatchObject({ status: 503, retry: true })
    expect((await createAuction(auction)).results[0].winners).toHaveLength(1)
  })
})

/** These are the requests of Topsort's banner component. The component itself is not in the npm registry. */
test("Topsort's banner component gets answers to its preflight, its auction and an invalid auction", async () => {
  const send = (init: RequestInit) => fetch(`${workbench.url}/v2/auctions`, { mode: 'cors', ...init })
  const origin = 'http://localhost:5173'
  const headers = {
    origin,
    authorization: 'Bearer TSE_mine',
    'content-type': 'application/json',
    'x-ua': 'topsort/banners-1.0.0 (desktop)'
  }
  const preflight = await send({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-ua'
    }
  })
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'authorization,content-type,x-ua'
  ])

  const auction = { type: 'banners', slots: 1, slotId: 'home', device: 'desktop', opaqueUserId: 'tsuid' }
  const won = await send({ method: 'POST', headers, body: JSON.stringify({ auctions: [auction] }) })
  expect([won.status, won.headers.get('access-control-allow-origin')]).toEqual([201, origin])
  const { results } = (await won.json()) as { results: [{ winners: [{ asset: [{ url: string }] }] }] }
  expect(results[0].winners[0].asset[0].url).toMatch(/^data:image/)

  const refused = await send({
    method: 'POST',
    headers,
    body: JSON.stringify({ auctions: [{ type: 'banners', slots: 1 }] })
  })
  expect(await refused.json()).toMatchObject({
    errCode: 'missing_slot_id',
    message: 'auctions[0] must have the key slotId'
  })
})
