/**
 * Delivers batches of one size, and sends time and memory per event to the parent process. Each size has a separate
 * process, so that other measurements do not affect its heap. It needs `--expose-gc`.
 */
import { createClicks, createDestination, expectDelivered, mapping, settings } from './clicks'
import { measureTime } from './rounds'
import { withStandIn } from './stand-in'

/** The cost of one event: its time, and the memory that is still in use while the results are kept. */
export type Cost = { microseconds: number; bytes: number }

/** The number of events in a measurement. A larger batch is delivered once. */
const EVENTS = 5_000

async function measure(size: number): Promise<Cost> {
  const events = createClicks(size)
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
  const time = await measureTime(() => deliverAll(batches))

  const held: unknown[] = []
  const before = readHeldBytes()
  for (let batch = 0; batch < batches; batch += 1) held.push(await deliver())
  const bytes = readHeldBytes() - before
  return { bytes: bytes / (held.length * size), microseconds: (time * 1_000) / (held.length * size) }
}

function readHeldBytes(): number {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

void withStandIn(0, () => measure(Number(process.argv[2]))).then((cost) => process.send?.(cost))
