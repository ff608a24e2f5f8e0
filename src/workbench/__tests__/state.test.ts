import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readArguments } from '../arguments'
import type { Workbench } from '../server'
import type { WorkbenchState } from '../state/read-state'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
beforeEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

const get = async (path: string, from = workbench): Promise<unknown> => (await call(from, path)).body
const user = 'visitor-71303ce0'
const other = 'customer+17@shop.example'

/** Gives a workbench a state with auctions, all kinds of events, a link, a script, settings and mappings. */
async function fill(): Promise<void> {
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] }, opaqueUserId: user }
  const answer = await call(
    workbench,
    'POST /v2/auctions',
    { auctions: [auction] },
    { authorization: 'Bearer TSE_any' }
  )
  const [{ winners }] = (answer.body as { results: { winners: { resolvedBidId: string }[] }[] }).results
  const { resolvedBidId } = winners[0]
  const now = Date.now()
  const event = (name: string, ago: number, properties: object, ids: object = { anonymousId: user }) => ({
    type: 'track',
    event: name,
    messageId: `${name.toLowerCase().replace(' ', '-')}-${ago}-${user}`,
    timestamp: new Date(now - ago).toISOString(),
    properties,
    ...ids
  })
  const product = { product_id: 'p_PJbnN', price: 12.95 }
  const batch = [
    event('Product Viewed', 30, { ...product, resolvedBidId, position: 'home_banner_top' }),
    event('Product Clicked', 20, { ...product, resolvedBidId }),
    event('Product Clicked', 19, { ...product, resolvedBidId: 'unknown-bid' }),
    event('Order Completed', 10, { products: [{ ...product, quantity: 2 }] }),
    event('Order Completed', 9, { products: [product] }, { userId: other }),
    event('Cart Viewed', 8, {}),
    { type: 'page', messageId: 'page-1', userId: 12345, name: 'Home', context: { page: { path: `/u/${user}/home` } } },
    'not an event'
  ]
  await call(workbench, 'POST /v1/batch', { batch: [...batch, batch[0]] })
  await call(
    workbench,
    'POST /v2/events/beta/link-users',
    { from: user, to: other },
    { authorization: 'Bearer TSE_any' }
  )
  await call(workbench, 'PUT /workbench/mappings', [{ name: 'Banner Click', enabled: false }])
  await call(workbench, 'PUT /workbench/settings', { skipZeroPricePurchases: false })
  await call(workbench, 'PUT /workbench/attribution', { windowDays: 7 })
  await get('/workbench/counts?wait')
  await call(workbench, 'PUT /workbench/faults', [{ status: 503, times: 3 }])
  await call(workbench, 'PUT /workbench/auctions', [{ times: 2, winners: [] }])
}

/** Returns the answers of the routes about a state. */
async function look(from: Workbench): Promise<unknown> {
  const paths = [
    'counts',
    'mappings',
    'settings',
    'ledger',
    'attribution',
    'deliveries',
    'findings',
    'faults',
    'catalogue'
  ]
  const shown = await Promise.all(paths.map((name) => get(`/workbench/${name}`, from)))
  const { entries } = (await get('/workbench/state', from)) as WorkbenchState
  return { ...Object.fromEntries(paths.map((name, index) => [name, shown[index]])), entries }
}

test('a workbench that opens a saved state gives the same answers as before', async () => {
  await fill()
  const state = await get('/workbench/state')
  const before = await look(workbench)
  expect(before).toMatchObject({
    counts: { received: 9, delivered: 5, failed: 1, filtered: 2, failedOnIngest: 1 },
    faults: { events: [{ status: 503, times: 3 }], auctions: [{ times: 2, winners: [] }] }
  })

  await workbench.stop()
  workbench = await start({ state })
  expect(await look(workbench)).toEqual(before)

  await call(workbench, 'DELETE /workbench')
  expect((await call(workbench, 'PUT /workbench/state', state)).status).toBe(200)
  expect(await look(workbench)).toEqual(before)
})

test('an event of an opened state is a repeat when it comes again, and its bids are known', async () => {
  await fill()
  const state = (await get('/workbench/state')) as WorkbenchState
  await call(workbench, 'PUT /workbench/state', state)
  await call(workbench, 'PUT /workbench/faults', [])
  const clicked = state.calls.find(({ event }) => event === 'Product Clicked')
  await call(workbench, 'POST /v1/batch', { batch: [clicked, { ...clicked, messageId: 'new' }] })
  expect(await get('/workbench/deliveries?wait&query=new')).toMatchObject([{ stage: 'delivered' }])
  expect(await get('/workbench/deliveries/latest?query=is:filtered')).toMatchObject({
    message: expect.stringContaining('messageId came before') as string
  })
})

test('a masked state has no user id, and each user has one pseudonym', async () => {
  await fill()
  const answer = await call(workbench, '/workbench/state?mask')
  const text = JSON.stringify(answer.body)
  for (const id of [user, other, '12345']) expect(text).not.toContain(id)
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="topsort-workbench-.*-masked\.json"$/
  )

  const whole = (await get('/workbench/attribution')) as { totals: object }
  await call(workbench, 'PUT /workbench/state', answer.body)
  expect(await get('/workbench/attribution')).toMatchObject({ totals: whole.totals })
  const { impressions, clicks } = (await get('/workbench/ledger')) as Record<string, { opaqueUserId: string }[]>
  expect(impressions[0].opaqueUserId).toMatch(/^user-[0-9a-f]{16}$/)
  expect(clicks[0].opaqueUserId).toBe(impressions[0].opaqueUserId)
})

test('a masked state has no user id that a message has cut', async () => {
  await call(workbench, 'PUT /workbench/mappings', [
    { name: 'Link', action: 'linkUsers', trigger: 'type = "identify"', enabled: true }
  ])
  await call(workbench, 'POST /v1/identify', { messageId: 'i1', anonymousId: user, userId: user })
  expect(await get('/workbench/deliveries/latest?wait')).toMatchObject({
    message: expect.stringContaining(user.slice(0, 6)) as string,
    reason: { code: 'link_ids_equal' }
  })
  expect(JSON.stringify(await get('/workbench/state?mask'))).not.toContain(user.slice(0, 6))
})

test('a state of an older version, which has no reasons, is opened', async () => {
  await fill()
  const state = (await get('/workbench/state')) as WorkbenchState
  const older = structuredClone(state)
  for (const { delivery } of older.entries) delete delivery?.reason
  expect(older).not.toEqual(state)
  expect((await call(workbench, 'PUT /workbench/state', older)).status).toBe(200)
  expect(await get('/workbench/deliveries?query=is:failed')).toMatchObject([
    { stage: 'failed on ingest' },
    { event: { name: 'Product Clicked' }, message: expect.stringContaining('resolved_bid_id_not_found') as string }
  ])
  expect(await get('/workbench/deliveries?query=code:resolved_bid_id_not_found')).toEqual([])
})

/** Changes the clicks that were sent. */
function spoilSent({ entries, ...state }: WorkbenchState, spoil: (sent: object) => unknown): object {
  const spoiled = entries.map((entry) => {
    const { clicks } = Object(entry.delivery?.sent) as { clicks?: object[] }
    return clicks ? { ...entry, delivery: { ...entry.delivery, sent: { clicks: clicks.map(spoil) } } } : entry
  })
  expect(spoiled).not.toEqual(entries)
  return { ...state, entries: spoiled }
}

test('a compressed state that becomes far larger than it came is refused', async () => {
  const zeros = gzipSync(JSON.stringify('0'.repeat(50_000_000)))
  for (const [body, encodings] of [
    [zeros, 'gzip'],
    [brotliCompressSync(zeros), 'gzip, br']
  ] as const) {
    const answer = await fetch(`${workbench.url}/workbench/state`, {
      method: 'PUT',
      body,
      headers: { 'content-encoding': encodings }
    })
    expect([answer.status, await answer.json()]).toEqual([
      413,
      {
        error: expect.stringMatching(
          /^The body is larger than \d+ MB after decompression\. Send it without compression\.$/
        ) as string
      }
    ])
  }
})

test('a compressed state is opened', async () => {
  await fill()
  const before = await look(workbench)
  const state = JSON.stringify(await get('/workbench/state'))
  const answer = await fetch(`${workbench.url}/workbench/state`, {
    method: 'PUT',
    body: gzipSync(state),
    headers: { 'content-encoding': 'gzip' }
  })
  expect(answer.status).toBe(200)
  expect(await look(workbench)).toEqual(before)
})

test('a file that is too large for --open is refused before it is read', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'state-'))
  try {
    const file = path.join(folder, 'state.json')
    writeFileSync(file, '')
    truncateSync(file, 500_000_000)
    expect(() => readArguments(['--open', file], {})).toThrow(
      /^--open needs a file of at most 400 MB\. This one has 500 MB: /
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe('an invalid state is refused, and nothing changes:', () => {
  const change = (state: WorkbenchState, changes: object): object => ({ ...state, ...changes })

  test.each<[string, (state: WorkbenchState) => unknown, RegExp]>([
    ['other JSON', () => ({ hello: 1 }), /^This is not the state of a workbench\. Use a file/],
    ['a list', () => [], /not the state of a workbench/],
    [
      'another version',
      (state) => change(state, { version: 2 }),
      /has the version 2, and this workbench reads version 1/
    ],
    ['no calls', (state) => change(state, { calls: undefined }), /"calls" is not a list/],
    ['a call without an id', (state) => change(state, { calls: [{}] }), /calls\[0\] has no messageId/],
    ['an entry of nothing', (state) => change(state, { entries: [{}] }), /entries\[0\] has no receivedAt/],
    [
      'an entry whose call is missing',
      (state) => change(state, { entries: [{ ...state.entries[0], call: 99 }] }),
      /entries\[0\] refers to a call that is missing/
    ],
    [
      'a reason without a code',
      ({ entries: [first], ...state }) =>
        change({ ...state, entries: [] }, { entries: [{ ...first, delivery: { ...first.delivery, reason: {} } }] }),
      /entries\[0\] has an invalid delivery/
    ],
    [
      'a sent event whose id is a number',
      (state) => spoilSent(state, (sent) => ({ ...sent, id: 5 })),
      /entries\[\d\] has an invalid delivery/
    ],
    [
      'a sent event whose user is a number',
      (state) => spoilSent(state, (sent) => ({ ...sent, opaqueUserId: 5, resolvedBidId: {} })),
      /^This state is broken: /
    ],
    [
      'a sent event that is null',
      (state) => spoilSent(state, () => null),
      /^This state is broken: entries\[\d\] has an invalid delivery/
    ],
    ['no counts', (state) => change(state, { counts: {} }), /counts are incomplete/],
    ['a broken mapping', (state) => change(state, { mappings: [{}] }), /has no "trigger"/],
    ['a key among the settings', (state) => change(state, { settings: { api_key: 'x' } }), /no setting "api_key"/],
    [
      'an event that Topsort would refuse',
      (state) => change(state, { sandbox: { ...state.sandbox, ledger: { ...state.sandbox?.ledger, clicks: [{}] } } }),
      /ledger\.clicks\[0\]: .*must have a resolvedBidId/
    ],
    [
      'an odd catalogue',
      (state) => change(state, { sandbox: { ...state.sandbox, catalogue: 1 } }),
      /catalogue must be array/
    ]
  ])('a state is refused: %s', async (_, spoil, error) => {
    await fill()
    const before = await look(workbench)
    const spoilt = spoil((await get('/workbench/state')) as WorkbenchState)
    expect(await call(workbench, 'PUT /workbench/state', spoilt)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(error) as string }
    })
    expect(await look(workbench)).toEqual(before)
  })
})

test('the command line reads a file relative to the current folder', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'state-'))
  try {
    writeFileSync(path.join(folder, 'case.json'), JSON.stringify(await get('/workbench/state')))
    writeFileSync(path.join(folder, 'broken.json'), '{')
    const read = (file: string) => readArguments(['--open', file], { INIT_CWD: folder })
    expect(read('case.json')).toMatchObject({
      state: JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')) as object
    })
    expect(() => read('broken.json')).toThrow(/--open needs a file that GET \/workbench\/state has answered/)
    expect(() => read('missing.json')).toThrow(/^--open cannot be read: ENOENT/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
