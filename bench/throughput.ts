import { Destination } from '@segment/actions-core'
import { limit } from '../src/destinations/topsort/limit'
import { createClicks, configuration, createDestination, expectDelivered, settings } from './clicks'
import { plainDestination, plainMapping } from './plain-destination'
import { compare, measureTime, measureWork } from './rounds'
import { withStandIn } from './stand-in'
import type { Row } from './table'

const BATCH = 50
const BATCHES = 20
/** The number of events or batches under way at once. Segment sends an event before the one before it is answered. */
const AT_ONCE = 4
const LATENCY = 20

/** Measures events per second against the plain destination, which sends one by one. */
export async function measureThroughput(): Promise<Row[]> {
  return [...(await withStandIn(0, measureFastAnswers)), await withStandIn(LATENCY, measureSlowAnswers)]
}

/**
 * Compares single events and batches with single events through the plain destination. It compares processor time, which
 * varies less than time on a shared machine. There are always events under way, so processor time limits the rate.
 */
async function measureFastAnswers(): Promise<Row[]> {
  const rounds = 101
  // V8 optimizes the code during the first thousands of events.
  const warmUp = 20
  const singles = 200
  const plain = async () => toRate(singles, await measureWork(preparePlain(singles, AT_ONCE)))
  const oneByOne = await compare(
    rounds,
    async () => toRate(singles, await measureWork(prepareSingles(singles))),
    plain,
    warmUp
  )
  const inBatches = await compare(
    rounds,
    async () => toRate(BATCHES * BATCH, await measureWork(prepareBatches())),
    plain,
    warmUp
  )
  const name = `events per second of processor time, ${AT_ONCE} at once`
  return [
    {
      name: `${name}, one by one`,
      measured: oneByOne.first.toFixed(0),
      against: `${oneByOne.second.toFixed(0)} through the plain destination`,
      ratio: oneByOne.ratio,
      target: 'at least 0.95'
    },
    {
      name: `${name}, in batches of ${BATCH}`,
      measured: inBatches.first.toFixed(0),
      against: `${inBatches.second.toFixed(0)} one by one through the plain destination`,
      ratio: inBatches.ratio,
      target: 'at least 7.5'
    }
  ]
}

/** Compares batches with single events, one at a time. Almost all of the time of single events is waiting. */
async function measureSlowAnswers(): Promise<Row> {
  const singles = 50
  const { first, second, ratio } = await compare(
    7,
    async () => toRate(BATCHES * BATCH, await measureTime(prepareBatches())),
    async () => toRate(singles, await measureTime(preparePlain(singles, 1)))
  )
  return {
    name: `events per second in batches of ${BATCH}, answered after ${LATENCY} ms`,
    measured: `${first.toFixed(0)}, ${AT_ONCE} batches at once`,
    against: `${second.toFixed(0)} one at a time through the plain destination`,
    ratio,
    target: 'at least 40'
  }
}

function toRate(events: number, milliseconds: number): number {
  return (events / milliseconds) * 1_000
}

// Each function below creates a destination, so that a round does not measure its creation. Each round needs its own,
// because a destination keeps all responses in memory.

function prepareSingles(count: number): () => Promise<void> {
  const destination = createDestination()
  const events = createClicks(count)
  return () => runAtOnce(AT_ONCE, events, (event) => destination.onEvent(event, configuration))
}

function prepareBatches(): () => Promise<void> {
  const destination = createDestination()
  const batches = Array.from({ length: BATCHES }, () => createClicks(BATCH))
  return () =>
    runAtOnce(AT_ONCE, batches, async (batch) => {
      const results = await destination.onBatch(batch, configuration)
      expectDelivered(
        results.flatMap(({ multistatus = [] }) => multistatus),
        batch
      )
    })
}

function preparePlain(count: number, atOnce: number): () => Promise<void> {
  const destination = new Destination(plainDestination)
  const events = createClicks(count)
  const configuration = { ...settings, subscriptions: [plainMapping] }
  return () => runAtOnce(atOnce, events, (event) => destination.onEvent(event, configuration))
}

/** Runs a task for each item, several at once. */
async function runAtOnce<Item>(atOnce: number, items: Item[], task: (item: Item) => Promise<unknown>): Promise<void> {
  const takeTurn = limit(atOnce)
  await Promise.all(items.map((item) => takeTurn(() => task(item))))
}
