import { createRequestClient } from '@segment/actions-core'
import type { DecoratedResponse } from '@segment/actions-core'
import { limit } from '../src/destinations/topsort/limit'
import { clicks, createDestination, expectDelivered, mapping, settings, withEmptyBatch } from './clicks'
import { compare, timed } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const EVENTS = 1_000
const ROUNDS = 15

/**
 * What the destination itself costs: a batch of 1,000 clicks, against the same batch with nothing done for it but what the
 * framework does, plus the same requests made bare, with the same client and as many at once.
 */
export function measureOwnShare(): Promise<Row> {
  return withStandIn(0, async () => {
    const events = clicks(EVENTS)
    const data = { events, mapping, settings }

    const destination = createDestination()
    expectDelivered(await destination.executeBatch('click', data), events)
    const requests = destination.responses.map(({ url, options }) => ({ url, json: options.json }))

    const empty = withEmptyBatch()
    const { first, second, ratio } = await compare(
      ROUNDS,
      () => timed(() => createDestination().executeBatch('click', data)),
      () =>
        timed(async () => {
          await createDestination(empty).executeBatch('click', data)
          await sendBare(requests)
        })
    )
    return {
      what: `a batch of ${EVENTS} clicks, in ms`,
      measured: `${first.toFixed(1)} through the destination`,
      against: `${second.toFixed(1)} framework and bare requests`,
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
