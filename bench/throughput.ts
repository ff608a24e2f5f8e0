import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { createClicks, configuration, createDestination, expectDelivered, settings } from './clicks'
import { plainDestination, plainMapping } from './plain-destination'
import { compare, measureTime } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const BATCH = 50
const BATCHES_AT_ONCE = 4
const BATCHES_EACH = 5

/** Measures events per second, sent one by one, against the plain destination. */
export function measureOneByOne(): Promise<Row> {
  const events = createClicks(200)
  return withStandIn(0, async () => {
    const { first, second, ratio } = await compare(
      25,
      async () =>
        toRate(events.length, await measureTime(() => deliverOneByOne(createDestination(), configuration, events))),
      async () => toRate(events.length, await measureTime(() => deliverPlain(events)))
    )
    return {
      name: 'events per second, one by one',
      measured: first.toFixed(0),
      against: `${second.toFixed(0)} through the plain destination`,
      ratio,
      target: 'at least 0.95'
    }
  })
}

/**
 * Measures events per second, with four batches of 50 at once, against the plain destination, which sends one by one.
 */
export function measureBatches(latency: number, target: string): Promise<Row> {
  // Waiting for the answers takes most of the time of single events, so a few of them are enough.
  const singles = createClicks(latency > 0 ? 50 : 200)
  const batch = createClicks(BATCH)
  return withStandIn(latency, async () => {
    const { first, second, ratio } = await compare(
      latency > 0 ? 7 : 15,
      async () => toRate(BATCH * BATCHES_AT_ONCE * BATCHES_EACH, await measureTime(() => deliverAtOnce(batch))),
      async () => toRate(singles.length, await measureTime(() => deliverPlain(singles)))
    )
    return {
      name: `events per second in batches of ${BATCH}, answered after ${latency} ms`,
      measured: `${first.toFixed(0)}, ${BATCHES_AT_ONCE} batches at once`,
      against: `${second.toFixed(0)} through the plain destination`,
      ratio,
      target
    }
  })
}

function toRate(events: number, milliseconds: number): number {
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

function deliverPlain(events: SegmentEvent[]): Promise<void> {
  return deliverOneByOne(new Destination(plainDestination), { ...settings, subscriptions: [plainMapping] }, events)
}

async function deliverOneByOne(
  destination: Pick<Destination, 'onEvent'>,
  settings: JSONObject,
  events: SegmentEvent[]
): Promise<void> {
  for (const event of events) await destination.onEvent(event, settings)
}
