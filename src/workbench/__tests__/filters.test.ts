import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Preview } from '../api'
import { InputError } from '../../core'
import { readArguments } from '../arguments'
import type { Workbench } from '../server'
import type { WorkbenchState } from '../state/read-state'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

const get = async (target: string, from = workbench): Promise<unknown> => (await call(from, target)).body
const put = (filters: unknown) => call(workbench, 'PUT /workbench/filters', filters)
const track = (messageId: string, properties: object, to = workbench) =>
  call(to, 'POST /v1/track', {
    event: 'Product Clicked',
    messageId,
    anonymousId: 'a1',
    properties: { product_id: 'p1', ...properties }
  })

const noChannels = {
  title: 'No channels',
  if: 'event = "Product Clicked"',
  actions: [{ type: 'DROP_PROPERTIES', fields: { properties: ['channel'] } }]
}
const noTests = { title: 'No tests', if: 'properties.test = true', enabled: true, actions: [{ type: 'DROP' }] }
const asSegment = { data: { filters: [noChannels, noTests], pagination: { totalEntries: 2 } } }
const dropped = {
  mapping: null,
  stage: 'filtered',
  ok: true,
  message: 'Filtered "Product Clicked". The filter "No tests" drops it.'
}

test.each([[asSegment], [asSegment.data], [[noTests]], [[]]])(
  'filters are answered as they were given: %j',
  async (given) => {
    expect(await put(given)).toMatchObject({ status: 200, body: given })
    expect(await get('/workbench/filters')).toEqual(given)
    expect((await put(JSON.stringify(JSON.stringify(given)))).body).toEqual(given)
  }
)

test('a workbench starts without filters', async () => {
  expect(await get('/workbench/filters')).toEqual([])
})

test('filters that cannot be read change nothing', async () => {
  await put(asSegment)
  expect(await put([noTests, { ...noTests, title: 'Odd', if: 'type ~ 1' }])).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/^The filter "Odd" has a condition that cannot be parsed/) as string }
  })
  expect(await get('/workbench/filters')).toEqual(asSegment)
})

test('an event that a filter drops is filtered, and its message is the reason of the filter', async () => {
  await track('before', { test: true })
  await put(asSegment)
  await track('after', { test: true })
  expect(await get('/workbench/deliveries?wait&query=id:before')).toMatchObject([{ stage: 'delivered' }])
  expect(await get('/workbench/deliveries?query=id:after')).toMatchObject([dropped])
  expect(await get('/workbench/counts')).toMatchObject({ received: 2, filtered: 1, delivered: 1 })
})

test('a property that a filter removes is in the call, and neither in the payload nor in what is sent', async () => {
  await track('with', { channel: 'onsite' })
  await put(asSegment)
  await track('without', { channel: 'onsite' })
  const [before] = (await get('/workbench/deliveries?wait&query=id:with')) as object[]
  const [after] = (await get('/workbench/deliveries?query=id:without')) as { payload: object; sent: object }[]
  expect(before).toMatchObject({ payload: { channel: 'onsite' }, sent: { clicks: [{ channel: 'onsite' }] } })
  expect(after).toMatchObject({ payload: { id: 'without' }, sent: { clicks: [{ id: 'without' }] } })
  expect(JSON.stringify(after)).not.toContain('onsite')
  const { calls } = (await get('/workbench/state')) as WorkbenchState
  expect(calls).toMatchObject([{ properties: { channel: 'onsite' } }, { properties: { channel: 'onsite' } }])
})

test('a preview shows events as the filters leave them', async () => {
  await track('m1', { channel: 'onsite' })
  await track('m2', { test: true })
  await put(asSegment)
  const mapping = { id: { '@path': '$.messageId' }, channel: { '@path': '$.properties.channel' } }
  const edited = { name: 'Click', action: 'click', trigger: 'event = "Product Clicked"', mapping }
  const { body } = await call(workbench, 'POST /workbench/preview', { mappings: [edited] })
  const [{ taken, events }] = body as Preview[]
  expect([taken, events.map(({ event }) => event.messageId)]).toEqual([1, ['m1']])
  expect(events[0].now?.payload).not.toHaveProperty('channel')
})

test('filters are forgotten, or kept with the mappings', async () => {
  await put(asSegment)
  await call(workbench, 'DELETE /workbench?keep=mappings')
  expect(await get('/workbench/filters')).toEqual(asSegment)
  await call(workbench, 'DELETE /workbench')
  expect(await get('/workbench/filters')).toEqual([])
  await track('m1', { test: true })
  expect(await get('/workbench/deliveries?wait')).toMatchObject([{ stage: 'delivered' }])
})

test('filters are saved with the state and opened again, and older states have none', async () => {
  await put(asSegment)
  await track('m1', { test: true })
  const state = (await get('/workbench/state?wait')) as WorkbenchState
  await call(workbench, 'DELETE /workbench')
  await call(workbench, 'PUT /workbench/state', state)
  expect(await get('/workbench/filters')).toEqual(asSegment)
  await track('m2', { test: true })
  expect(await get('/workbench/deliveries')).toMatchObject([dropped, dropped])

  const { filters, ...older } = state
  expect(filters).toEqual(asSegment)
  expect((await call(workbench, 'PUT /workbench/state', older)).status).toBe(200)
  expect(await get('/workbench/filters')).toEqual([])

  await put(asSegment)
  expect(await call(workbench, 'PUT /workbench/state', { ...older, filters: [{}] })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('has no condition in "if"') as string }
  })
  expect(await get('/workbench/filters')).toEqual(asSegment)
})

describe('--filters', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'filters-'))
    await writeFile(path.join(folder, 'filters.json'), JSON.stringify(asSegment))
    await writeFile(path.join(folder, 'odd.json'), JSON.stringify([{ ...noTests, if: '' }]))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const read = (file: string) => {
    const read = readArguments(['--filters', file], { INIT_CWD: folder })
    if (read === 'help') throw new Error('no options')
    return read
  }

  test('--filters reads a file relative to the current folder, and refuses filters that cannot be read', () => {
    expect(JSON.parse(read('filters.json').filters ?? '')).toEqual(asSegment)
    expect(() => read('odd.json')).toThrow(InputError)
    expect(() => read('odd.json')).toThrow(/^--filters: The filter "No tests" has a condition that cannot be parsed/)
  })

  test('--filters also applies to an opened state, and its filters come back when everything is forgotten', async () => {
    await put([noTests])
    const state = await get('/workbench/state')
    await workbench.stop()
    const { filters } = read('filters.json')
    workbench = await start({ filters, state })
    try {
      expect(await get('/workbench/filters')).toEqual(asSegment)
      await put([])
      await call(workbench, 'DELETE /workbench')
      expect(await get('/workbench/filters')).toEqual(asSegment)
      await track('m1', { test: true })
      expect(await get('/workbench/deliveries?wait')).toMatchObject([dropped])
    } finally {
      await workbench.stop()
      workbench = await start()
    }
  })
})
