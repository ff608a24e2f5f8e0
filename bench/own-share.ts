import { createRequestClient } from '@segment/actions-core'
import type { DecoratedResponse } from '@segment/actions-core'
import { limit } from '../src/destinations/topsort/limit'
import { readBody } from '../src/pipeline/exchanges'
import { createClicks, createDestination, expectDelivered, mapping, settings, withEmptyBatch } from './clicks'
import { compare, measureTime } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const EVENTS = 1_000
const ROUNDS = 15

/**
 * Measures how much time the destination itself takes for a batch of 1,000 clicks. Compares it with the framework's
 * work on the same batch plus the same requests, with the same client and as many at once.
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
      () => measureTime(() => createDestination().executeBatch('click', data)),
      () =>
        measureTime(async () => {
          await createDestination(empty).executeBatch('click', data)
          await sendBare(requests)
        })
    )
    return {
      name: `a batch of ${EVENTS} clicks, in ms`,
      measured: `${first.toFixed(1)} through the destination`,
      against: `${second.toFixed(1)} framework and requests alone`,
      ratio,
      target: 'at most 1.25'
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
