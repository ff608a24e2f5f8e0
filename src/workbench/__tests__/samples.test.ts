import type { Delivery } from '../../pipeline'
import type { Finding } from '../api'
import { samples } from '../samples'
import type { Workbench } from '../server'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

/** Sends a sample as the page does: runs its auction, and fills in the user and the bid. */
async function send({ events, auction }: (typeof samples)[number]): Promise<Delivery[]> {
  const user = 'shopper-1'
  let bid = ''
  if (auction) {
    const body = { auctions: [{ ...auction, opaqueUserId: user }] }
    const answer = await call(workbench, 'POST /v2/auctions', body, { authorization: 'Bearer TSE_any' })
    bid = (answer.body as { results: { winners: { resolvedBidId: string }[] }[] }).results[0].winners[0].resolvedBidId
  }
  const text = JSON.stringify(events).replaceAll('{{user}}', user).replaceAll('{{bid}}', bid)
  expect(text).not.toContain('{{')
  const now = Date.now()
  const batch = (JSON.parse(text) as object[]).map((event, index) => ({
    messageId: `m${index}`,
    timestamp: new Date(now - events.length + index).toISOString(),
    ...event
  }))
  expect((await call(workbench, 'POST /v1/batch', { batch })).status).toBe(200)
  return (await call(workbench, '/workbench/deliveries?wait')).body as Delivery[]
}

const codes = async (): Promise<string[]> =>
  ((await call(workbench, '/workbench/findings?wait')).body as Finding[])
    .filter(({ severity }) => severity.startsWith('loses'))
    .map(({ code }) => code)

test('the samples have unique keys', async () => {
  const { body } = await call(workbench, '/workbench/samples')
  expect(body).toEqual(samples)
  expect(new Set(samples.map(({ key }) => key)).size).toBe(samples.length)
})

test.each(samples.filter(({ kind }) => kind !== 'mistake').map((sample) => [sample.title, sample] as const))(
  '%s is delivered without a finding that costs money',
  async (_, sample) => {
    const deliveries = await send(sample)
    expect(deliveries.map(({ ok, mapping }) => [ok, mapping !== null])).toEqual(sample.events.map(() => [true, true]))
    expect(await codes()).toEqual([])
  }
)

test.each([
  ['lost-bid', 'missing-bid'],
  ['other-user', 'user-id-mismatch'],
  ['double-view', 'double-impression'],
  ['double-order', 'double-purchase'],
  ['unknown-bid', 'unknown-bid']
])('the mistake %s has the finding %s', async (key, code) => {
  await send(samples.find((sample) => sample.key === key) as (typeof samples)[number])
  expect(await codes()).toContain(code)
})

test.each([
  ['about-nothing', /This impression is about nothing/],
  ['order-without-prices', /No line of this order has a price/],
  ['bad-time', /Occurred At must be a valid/],
  ['unknown-bid', /resolved_bid_id_not_found/]
])('the mistake %s fails with a message about the reason', async (key, words) => {
  const deliveries = await send(samples.find((sample) => sample.key === key) as (typeof samples)[number])
  expect(deliveries.map(({ ok, message }) => [ok, message])).toEqual([[false, expect.stringMatching(words)]])
})

test('the order of the whole loop is credited to the click', async () => {
  await send(samples.find(({ key }) => key === 'whole-loop') as (typeof samples)[number])
  expect((await call(workbench, '/workbench/attribution?wait')).body).toMatchObject({
    lines: [{ productId: 'p_PJbnN', revenue: 25.9, credited: { type: 'click', id: 'm1' } }]
  })
})
