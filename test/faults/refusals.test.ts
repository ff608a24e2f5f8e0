/** Tests batches with some events that Topsort refuses. */
import { clicks } from '../support/clicks'
import { deliverThroughPipeline } from '../support/pipeline'
import { seeded, shuffled } from '../support/random'
import { subscribe } from '../support/segment'
import { serveSandbox } from '../support/served-sandbox'
import type { ServedSandbox } from '../support/served-sandbox'

jest.setTimeout(60_000)

const EVENTS = 200

const REASON =
  'Topsort refused this click: resolved_bid_id_not_found: could not find the provided resolved bid id (https://api.docs.topsort.com/reference/errors)'

let sandbox: ServedSandbox

beforeEach(async () => {
  sandbox = await serveSandbox()
})

afterEach(() => sandbox.close())

describe.each([1, 5, 50])('if %d % of 200 events are bad', (percent) => {
  const places = Array.from({ length: EVENTS }, (_, index) => index)
  const bad = new Set(shuffled(places, seeded(percent)).slice(0, (EVENTS * percent) / 100))
  const events = clicks(EVENTS, (index) => bad.has(index))
  const good = places.filter((index) => !bad.has(index)).map((index) => `click-${index}`)

  const stored = (): string[] => sandbox.ledger().clicks.map(({ id }) => id)

  test('a batch stores each good event once, and each bad event fails with its reason', async () => {
    const results = await subscribe('Click').onBatch(events)
    expect(stored().sort()).toEqual(good.sort())
    expect(results.map((result) => [result.status, 'errormessage' in result ? result.errormessage : ''])).toEqual(
      places.map((index) => (bad.has(index) ? [400, REASON] : [204, '']))
    )
  })

  test('the pipeline does the same and does not retry the bad events', async () => {
    const deliveries = await deliverThroughPipeline(events)
    expect(stored().sort()).toEqual(good.sort())
    expect(deliveries.map(({ status, message, attempts }) => [status, message, attempts])).toEqual(
      places.map((index) => (bad.has(index) ? [400, REASON, 1] : [204, '', 1]))
    )
  })
})
