/**
 * Tests temporary errors of Topsort: each event is retried until it is stored, and stored events are not sent again.
 */
import type { SegmentEvent } from '@segment/actions-core'
import type { Fault } from '../../src/sandbox'
import { clickIds, clicks } from '../support/clicks'
import { deliverThroughPipeline } from '../support/pipeline'
import { seeded, shuffled } from '../support/random'
import { subscribe } from '../support/segment'
import type { BatchResult } from '../support/segment'
import { isRetried } from '../support/segment-retries'
import { serveSandbox } from '../support/served-sandbox'
import type { ServedSandbox } from '../support/served-sandbox'

jest.setTimeout(60_000)

const { onBatch } = subscribe('Click')

let sandbox: ServedSandbox

beforeEach(async () => {
  sandbox = await serveSandbox()
})

afterEach(() => sandbox.close())

const ids = (events: SegmentEvent[]): string[] => events.map(({ messageId = '' }) => messageId)

const stored = (): string[] => sandbox.ledger().clicks.map(({ id }) => id)

/** The ids in all requests that were answered with this status. 0 means no answer. */
const answered = (status: number): string[] =>
  sandbox.exchanges.filter((exchange) => exchange.status === status).flatMap(clickIds)

const retried = (events: SegmentEvent[], results: BatchResult[]): SegmentEvent[] =>
  events.filter((_, index) => isRetried(results[index].status))

describe('429 for every third request', () => {
  const everyThird = Array.from({ length: 7 }, (): Fault[] => [
    { status: 204, times: 2 },
    { status: 429, times: 1 }
  ]).flat()

  test('fails the events of that request, and withholds those of requests that have not started', async () => {
    const events = clicks(1_000)
    sandbox.script(everyThird)
    const results = await onBatch(events)

    const delivered = new Set(answered(204))
    const limited = new Set(answered(429))
    const expected = ids(events).map((id) => {
      if (delivered.has(id)) return [204, undefined]
      return [429, limited.has(id) ? 'topsort_unavailable' : 'request_withheld']
    })
    expect(results.map(({ status, body }) => [status, (body as { code?: string }).code])).toEqual(expected)
    // Without the 429, there would be 20 requests. Up to three others are under way when it arrives.
    expect(sandbox.exchanges.length).toBeLessThan(12)
    expect(results.filter(({ sent }) => sent === undefined).length).toBe(1_000 - sandbox.exchanges.length * 50)
  })

  test('loses no event and stores none twice', async () => {
    const events = clicks(1_000)
    sandbox.script(everyThird)
    const deliveries = await deliverThroughPipeline(events)

    expect(answered(429)).toHaveLength(7 * 50)
    expect(deliveries.map(({ status }) => status)).toEqual(events.map(() => 204))
    expect(stored().sort()).toEqual(ids(events).sort())
  })
})

// 50 events with one bad event take 13 requests. The first one has all 50 events.
describe.each([2, 3, 4, 5, 8, 12, 13])('500 for request %d while a refused request is split', (request) => {
  const events = clicks(50, (index) => index === 20)
  const good = ids(events).filter((id) => id !== 'click-20')

  const script = (): void => {
    sandbox.script([
      { status: 204, times: request - 1 },
      { status: 500, times: 1 }
    ])
  }

  test('retries only the events of that request, and still isolates the bad event', async () => {
    script()
    const first = await onBatch(events)
    const failed = new Set(answered(500))
    expect(first.map(({ status }) => status)).toEqual(
      ids(events).map((id) => (failed.has(id) ? 500 : id === 'click-20' ? 400 : 204))
    )

    await onBatch(retried(events, first))
    expect(stored().sort()).toEqual(good.sort())
    expect(answered(400).filter((id) => id === 'click-20').length).toBeGreaterThan(1)
  })

  test('a failed request is corrected by a retry of the pipeline', async () => {
    script()
    const deliveries = await deliverThroughPipeline(events)
    expect(deliveries.map(({ status }) => status)).toEqual(ids(events).map((id) => (id === 'click-20' ? 400 : 204)))
    expect(stored().sort()).toEqual(good.sort())
  })
})

const BROKEN = /^The connection to Topsort broke \(\w+\), so it is not known whether this click arrived\./

// `time-outs.test.ts` tests a connection that is cut during the answer, because that takes as long as a time-out.
describe.each([
  ['before', 1],
  ['after', 2]
] as const)('a connection that is cut %s the answer', (cut, timesStored) => {
  test('fails its events, and a retry sends them with the same ids', async () => {
    const events = clicks(3)
    sandbox.script([{ status: 204, times: 1, cut }])
    const first = await onBatch(events)
    expect(first.map(({ status }) => status)).toEqual([503, 503, 503])
    expect(first[0]).toMatchObject({ errormessage: expect.stringMatching(BROKEN) as unknown })

    const second = await onBatch(retried(events, first))
    expect(second.map(({ status }) => status)).toEqual([204, 204, 204])
    const [cutExchange, exchange] = sandbox.exchanges
    expect(exchange.body).toEqual(cutExchange.body)
    expect(stored()).toEqual(Array.from({ length: timesStored }, () => ids(events)).flat())
  })

  test('a failed request is corrected by a retry of the pipeline', async () => {
    const events = clicks(3)
    sandbox.script([{ status: 204, times: 1, cut }])
    const deliveries = await deliverThroughPipeline(events)
    expect(deliveries.map(({ status, attempts }) => [status, attempts])).toEqual(events.map(() => [204, 2]))
    expect(new Set(stored())).toEqual(new Set(ids(events)))
  })
})

test('events in other batches on the next attempt have the same ids, and only events with a lost answer are stored twice', async () => {
  const events = clicks(150)
  const [known, limited, lost, later] = [
    events.slice(0, 40),
    events.slice(40, 80),
    events.slice(80, 120),
    events.slice(120)
  ]
  sandbox.script([
    { status: 204, times: 1 },
    { status: 429, times: 1 },
    { status: 204, times: 1, cut: 'after' }
  ])
  const again: SegmentEvent[] = []
  for (const batch of [known, limited, lost]) again.push(...retried(batch, await onBatch(batch)))
  expect(ids(again)).toEqual(ids([...limited, ...lost]))

  const regrouped = shuffled([...again, ...later], seeded(7))
  while (regrouped.length > 0) await onBatch(regrouped.splice(0, 30))

  const repeated = sandbox.ledger().clicks.filter(({ repeat }) => repeat)
  expect(repeated.map(({ id }) => id).sort()).toEqual(ids(lost).sort())
  expect([...new Set(stored())].sort()).toEqual(ids(events).sort())

  const sent = sandbox.exchanges.flatMap(({ body }) => (body as { clicks: object[] }).clicks)
  expect(new Set(sent.map((click) => JSON.stringify(click))).size).toBe(events.length)
})
