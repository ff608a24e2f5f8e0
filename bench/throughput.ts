import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { clicks, configuration, createDestination, expectDelivered, settings } from './clicks'
import { plainDestination, plainMapping } from './plain-destination'
import { compare, timed } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const BATCH = 50
const BATCHES_AT_ONCE = 4
const BATCHES_EACH = 5

/** Events per second, one after another, against the plainest destination that one could write. */
export function measureOneByOne(): Promise<Row> {
  const events = clicks(200)
  return withStandIn(0, async () => {
    const { first, second, ratio } = await compare(
      25,
      async () =>
        perSecond(events.length, await timed(() => deliverOneByOne(createDestination(), configuration, events))),
      async () => perSecond(events.length, await timed(() => deliverPlain(events)))
    )
    return {
      what: 'events per second, one by one',
      measured: first.toFixed(0),
      against: `${second.toFixed(0)} through the plainest destination`,
      ratio,
      target: 'at least 0.95'
    }
  })
}

/** Events per second, four batches of 50 at once, against the plainest destination, which sends one by one. */
export function measureBatches(latency: number, target: string): Promise<Row> {
  // One by one the time goes into waiting, so few events are enough.
  const singles = clicks(latency > 0 ? 50 : 200)
  const batch = clicks(BATCH)
  return withStandIn(latency, async () => {
    const { first, second, ratio } = await compare(
      latency > 0 ? 7 : 15,
      async () => perSecond(BATCH * BATCHES_AT_ONCE * BATCHES_EACH, await timed(() => deliverAtOnce(batch))),
      async () => perSecond(singles.length, await timed(() => deliverPlain(singles)))
    )
    return {
      what: `events per second in batches of ${BATCH}, answered after ${latency} ms`,
      measured: `${first.toFixed(0)}, ${BATCHES_AT_ONCE} batches at once`,
      against: `${second.toFixed(0)} through the plainest destination`,
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
