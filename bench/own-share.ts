import { createRequestClient } from '@segment/actions-core'
import type { DecoratedResponse } from '@segment/actions-core'
import { limit } from '../src/destinations/topsort/limit'
import { readBody } from '../src/pipeline/exchanges'
import { createClicks, createDestination, expectDelivered, mapping, settings, withEmptyBatch } from './clicks'
import { compare, measureWork } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const EVENTS = 1_000
const ROUNDS = 101
const WARM_UP = 20

/**
 * Measures the processor time of a batch of 1,000 clicks. Compares it with the framework's work on the same batch plus
 * the same requests, with the same client and as many at once. The difference is the work of the destination itself.
 */
export function measureOwnShare(): Promise<Row> {
  return withStandIn(0, async () => {
    const events = createClicks(EVENTS)
    const data = { events, mapping, settings }

    const destination = createDestination()
    expectDelivered(await destination.executeBatch('click', data), events)
    const requests = destination.responses.map(({ url, options }) => ({ url, json: readBody(options) }))

    const empty = withEmptyBatch()
    const { first, second, ratio } = await compare(
      ROUNDS,
      () => {
        const whole = createDestination()
        return measureWork(() => whole.executeBatch('click', data))
      },
      () => {
        const framework = createDestination(empty)
        return measureWork(async () => {
          await framework.executeBatch('click', data)
          await sendBare(requests)
        })
      },
      WARM_UP
    )
    return {
      name: `processor time of a batch of ${EVENTS.toLocaleString('en')} clicks, in ms`,
      measured: `${first.toFixed(1)} through the destination`,
      against: `${second.toFixed(1)} framework and requests alone`,
      ratio,
      target: 'at most 1.10'
    }
  })
}

async function sendBare(requests: { url: DecoratedResponse['url']; json: unknown }[]): Promise<void> {
  const client = createRequestClient()
  const turn = limit(4)
  const headers = { authorization: `Bearer ${settings.api_key}` }
  await Promise.all(
    requests.map(({ url, json }) =>
      turn(() => client(url, { method: 'post', headers, json, skipResponseCloning: true }))
    )
  )
}
