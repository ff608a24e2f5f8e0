/** Events that Topsort refuses, among others that it takes. */
import { clicks } from '../support/clicks'
import { deliverThroughPipeline } from '../support/pipeline'
import { seeded, shuffled } from '../support/random'
import { subscribe } from '../support/segment'
import { serveSandbox } from '../support/served-sandbox'
import type { ServedSandbox } from '../support/served-sandbox'

jest.setTimeout(60_000)

const EVENTS = 1_000

const REASON =
  'Topsort refused this click: resolved_bid_id_not_found: could not find the provided resolved bid id (https://api.docs.topsort.com/reference/errors)'

let sandbox: ServedSandbox

beforeEach(async () => {
  sandbox = await serveSandbox()
})

afterEach(() => sandbox.close())

describe.each([1, 5, 50])('%d % of 1,000 events', (percent) => {
  const places = Array.from({ length: EVENTS }, (_, index) => index)
  const bad = new Set(shuffled(places, seeded(percent)).slice(0, (EVENTS * percent) / 100))
  const events = clicks(EVENTS, (index) => bad.has(index))
  const good = places.filter((index) => !bad.has(index)).map((index) => `click-${index}`)

  const stored = (): string[] => sandbox.ledger().clicks.map(({ id }) => id)

  test('stand alone in one batch: the others are stored once, each of them has its reason', async () => {
    const results = await subscribe('Click').onBatch(events)
    expect(stored().sort()).toEqual(good.sort())
    expect(results.map((result) => [result.status, 'errormessage' in result ? result.errormessage : ''])).toEqual(
      places.map((index) => (bad.has(index) ? [400, REASON] : [204, '']))
    )
  })

  test('stand alone in the batches of the pipeline, and are not tried again', async () => {
    const deliveries = await deliverThroughPipeline(events)
    expect(stored().sort()).toEqual(good.sort())
    expect(deliveries.map(({ status, message, attempts }) => [status, message, attempts])).toEqual(
      places.map((index) => (bad.has(index) ? [400, REASON, 1] : [204, '', 1]))
    )
  })
})
