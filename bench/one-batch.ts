/**
 * Delivers batches of one size and tells the parent what an event took: time, and memory that is still held when the
 * results are there. A process of its own for each size, so that no heap has another's past. Needs `--expose-gc`.
 */
import { clicks, createDestination, expectDelivered, mapping, settings } from './clicks'
import { timed } from './rounds'
import { withStandIn } from './stand-in'

/** What a batch took, for each of its events. */
export type Cost = { microseconds: number; bytes: number }

/** So many events are delivered for one measurement, or a single batch when it is larger. */
const EVENTS = 5_000

async function measure(size: number): Promise<Cost> {
  const events = clicks(size)
  const deliver = async () => {
    const destination = createDestination()
    const results = await destination.executeBatch('click', { events, mapping, settings })
    expectDelivered(results, events)
    return { destination, results }
  }
  const deliverAll = async (batches: number) => {
    for (let batch = 0; batch < batches; batch += 1) await deliver()
  }
  const batches = Math.ceil(EVENTS / size)
  await deliverAll(batches)
  const time = await timed(() => deliverAll(batches))

  const held: unknown[] = []
  const before = heldBytes()
  for (let batch = 0; batch < batches; batch += 1) held.push(await deliver())
  const bytes = heldBytes() - before
  return { bytes: bytes / (held.length * size), microseconds: (time * 1_000) / (held.length * size) }
}

function heldBytes(): number {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

void withStandIn(0, () => measure(Number(process.argv[2]))).then((cost) => process.send?.(cost))
