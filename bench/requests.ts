import { createClicks, configuration, createDestination, expectDelivered } from './clicks'
import { withStandIn } from './stand-in'
import type { Row } from './table'

/** Counts the requests for 1,000 clicks, in one batch and one by one. */
export function measureRequests(): Promise<Row> {
  return withStandIn(0, async () => {
    const events = createClicks(1_000)

    const together = createDestination()
    const results = await together.onBatch(events, configuration)
    expectDelivered(
      results.flatMap(({ multistatus = [] }) => multistatus),
      events
    )

    const alone = createDestination()
    for (const event of events) await alone.onEvent(event, configuration)

    const [batched, single] = [together.responses.length, alone.responses.length]
    return {
      name: 'requests for 1,000 clicks',
      measured: `${batched} in a batch`,
      against: `${single} one by one`,
      ratio: batched / single,
      target: 'at most 0.02'
    }
  })
}
