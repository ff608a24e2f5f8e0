import type { DeliveryRow } from '../api'
import type { Workbench } from '../server'
import { call, start } from './running'
import { openStream } from './stream'
import type { Message, StreamClient } from './stream'

let workbench: Workbench
const clients: StreamClient[] = []

beforeAll(async () => {
  workbench = await start()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await call(workbench, 'DELETE /workbench')
})
afterAll(() => workbench.stop())

async function open(options: Parameters<typeof openStream>[1] = {}): Promise<StreamClient> {
  const client = await openStream(workbench, options)
  clients.push(client)
  return client
}

const track = (messageId: string, event: string, properties: object = { product_id: 'p1' }) =>
  call(workbench, 'POST /v1/track', { messageId, event, anonymousId: 'a1', properties })

const rowsOf = (messages: Message[]): DeliveryRow[] =>
  messages.flatMap((message) => (message.event === 'rows' ? message.data : []))

const hasRow =
  (condition: (row: DeliveryRow) => boolean) =>
  (message: Message): boolean =>
    message.event === 'rows' && message.data.some(condition)

const isDelivered = hasRow(({ stage }) => stage === 'delivered')

test('a client first gets the current rows, and then each step of each event', async () => {
  await track('old', 'Nothing In Particular')
  const client = await open()
  const first = await client.until(({ event }) => event === 'findings')
  expect(first.map(({ event }) => event)).toEqual(['workbench', 'rows', 'counts', 'faults', 'findings'])
  expect(first[0].data).toEqual({ keep: 10_000, live: false, canSendToTopsort: false })
  expect(rowsOf(first)).toMatchObject([{ event: { messageId: 'old' }, stage: 'filtered', mapping: null, findings: [] }])

  await track('m1', 'Product Clicked')
  const received = await client.until(hasRow(({ event }) => event?.messageId === 'm1'))
  expect(rowsOf(received)).toMatchObject([
    { mapping: 'Click', stage: 'received', status: 0, attempts: 0, event: { messageId: 'm1', anonymousId: 'a1' } }
  ])
  await call(workbench, '/workbench/counts?wait')
  const settled = await client.until(isDelivered)
  expect(rowsOf(settled)).toEqual([
    {
      ...rowsOf(received)[0],
      stage: 'delivered',
      status: 204,
      answer: 204,
      ad: { sponsored: 0, of: 1 },
      attempts: 1,
      message: expect.any(String) as string
    }
  ])
})

test('an event that is tried again has the time of its next attempt', async () => {
  await call(workbench, 'PUT /workbench/faults', [{ status: 503, times: 2 }])
  const client = await open()
  await track('m1', 'Product Clicked')
  void call(workbench, '/workbench/counts?wait')
  const messages = await client.until(isDelivered)
  const last = rowsOf(messages).at(-1)
  expect(last).toMatchObject({ stage: 'delivered', attempts: 3 })
  expect(last).not.toHaveProperty('nextTryAt')
  for (const row of rowsOf(messages).filter(({ stage }) => stage === 'pending retry')) {
    expect(row).toMatchObject({ status: 503, nextTryAt: expect.stringMatching(/^\d{4}-.*Z$/) as string })
  }
})

test('a finding is sent, and the rows of its events have its code', async () => {
  const client = await open()
  await track('m1', 'Product Clicked', { product_id: 'p1', resolvedBidId: 'unknown-1' })
  void call(workbench, '/workbench/findings?wait')
  const messages = await client.until(
    (message) => message.event === 'findings' && message.data.some(({ code }) => code === 'unknown-bid')
  )
  expect(rowsOf(messages).at(-1)).toMatchObject({ stage: 'failed', findings: ['unknown-bid'] })
})

test('a client that connects again gets only what has changed since', async () => {
  await track('m1', 'Cart Viewed')
  await track('m2', 'Cart Viewed')
  const first = await (await open()).until(({ event }) => event === 'findings')
  const { id } = first[first.length - 1]

  await track('m3', 'Cart Viewed')
  const second = await (await open({ lastEventId: id })).until(({ event }) => event === 'findings')
  expect(rowsOf(second).map(({ event }) => event?.messageId)).toEqual(['m3'])

  const third = await (await open({ lastEventId: 'of-another-run:99' })).until(({ event }) => event === 'findings')
  expect(third[0].event).toBe('forgotten')
  expect(rowsOf(third)).toHaveLength(3)
})

test('a client learns that everything was forgotten', async () => {
  await track('m1', 'Cart Viewed')
  const client = await open()
  await client.until(({ event }) => event === 'findings')
  await call(workbench, 'DELETE /workbench')
  await client.until(({ event }) => event === 'forgotten')
  await track('m2', 'Cart Viewed')
  const messages = await client.until(hasRow(() => true))
  expect(rowsOf(messages).map(({ event }) => event?.messageId)).toEqual(['m2'])
})

test('a search sends only matching rows, and names those that no longer match', async () => {
  await track('m0', 'Cart Viewed')
  const client = await open({ query: 'is:received' })
  const first = await client.until(({ event }) => event === 'findings')
  expect(first.map(({ event }) => event)).not.toContain('left')
  await track('m1', 'Product Clicked')
  const [{ sequence }] = rowsOf(await client.until(hasRow(() => true)))
  void call(workbench, '/workbench/counts?wait')
  const messages = await client.until(({ event }) => event === 'left')
  expect(messages.at(-1)?.data).toEqual([sequence])
})

test('an invalid search is refused with a message', async () => {
  expect(await call(workbench, '/workbench/stream?query=is:nothing')).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('There is no "is:nothing"') as string }
  })
})

test('a client that reads late gets only the newest state of each row', async () => {
  const client = await open()
  const count = 2_000
  for (let from = 0; from < count; from += 400) {
    const batch = Array.from({ length: 400 }, (_, index) => ({
      type: 'track',
      event: 'Product Clicked',
      messageId: `m${from + index}`,
      anonymousId: 'a1',
      properties: { product_id: 'p1' }
    }))
    await call(workbench, 'POST /v1/batch', { batch })
  }
  await call(workbench, '/workbench/counts?wait')
  const messages = await client.until((message) => message.event === 'counts' && message.data.delivered === count)
  const newest = new Map(rowsOf(messages).map((row) => [row.sequence, row.stage]))
  expect(newest.size).toBe(count)
  expect([...newest.values()].every((stage) => stage === 'delivered')).toBe(true)
  expect(
    Math.max(...messages.map((message) => (message.event === 'rows' ? message.data.length : 0)))
  ).toBeLessThanOrEqual(500)
})

test('a workbench with an open stream stops', async () => {
  const another = await start()
  const client = await openStream(another)
  await client.until(({ event }) => event === 'findings')
  await another.stop()
  await expect(client.until(() => false)).rejects.toThrow()
})
