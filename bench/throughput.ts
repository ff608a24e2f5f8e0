import type { SegmentEvent } from '@segment/actions-core'
import { clicks, configuration, createDestination, expectDelivered } from './clicks'
import { compare, timed } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const BATCH = 50
const BATCHES_AT_ONCE = 4
const BATCHES_EACH = 5
const ROUNDS = 7

/** Events per second, four batches of 50 at once against one event after another. */
export function measureThroughput(latency: number, target: string): Promise<Row> {
  // One by one the time goes into waiting, so that few events are enough.
  const singles = clicks(latency > 0 ? 50 : 200)
  const batch = clicks(BATCH)

  return withStandIn(latency, async () => {
    const { first, second, ratio } = await compare(
      ROUNDS,
      async () => perSecond(BATCH * BATCHES_AT_ONCE * BATCHES_EACH, await timed(() => deliverAtOnce(batch))),
      async () => perSecond(singles.length, await timed(() => deliverOneByOne(singles)))
    )
    return {
      what: `events per second, answered after ${latency} ms`,
      measured: `${first.toFixed(0)} in batches of ${BATCH}, ${BATCHES_AT_ONCE} at once`,
      against: `${second.toFixed(0)} one by one`,
      ratio,
      target
    }
  })
}

function perSecond(events: number, milliseconds: number): number {
  return (events / milliseconds) * 1_000
}

async function deliverAtOnce(batch: SegmentEvent[]): Promise<void> {
  const lanes = Array.from({ length: BATCHES_AT_ONCE }, async () => {
    for (let count = 0; count < BATCHES_EACH; count += 1) {
      const results = await createDestination().onBatch(batch, configuration)
      expectDelivered(
        results.flatMap(({ multistatus = [] }) => multistatus),
        batch
      )
    }
  })
  await Promise.all(lanes)
}

async function deliverOneByOne(events: SegmentEvent[]): Promise<void> {
  const destination = createDestination()
  for (const event of events) await destination.onEvent(event, configuration)
}
