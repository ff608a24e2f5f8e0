import { readSource, type ArchiveBatch, type ReadOptions } from './read-source'
import type { Source } from './source'

/** A source's folder of a day: its name is the day's midnight in Unix milliseconds. */
const DAY_FOLDER = /^(.*?)(?:^|\/)(\d{13})\//

/** The most files that are read at once. */
const MAX_AT_ONCE = 16

/** Returns the day of receipt that is in the name of a file, in epoch milliseconds. 0 if there is none. */
export function dayOf({ name }: Source): number {
  return Number(DAY_FOLDER.exec(name)?.[2] ?? 0)
}

/**
 * Reads files roughly in order of receipt. The files of each Segment source are read one after another, and the batches
 * of several sources by the time of their first event, because an order from a server and the click before it from a
 * browser are in different files.
 */
export async function* readInOrder(
  sources: readonly Source[],
  options: ReadOptions = {}
): AsyncGenerator<ArchiveBatch> {
  const lanes = new Map<string, Source[]>()
  for (const source of sources) {
    const key = DAY_FOLDER.exec(source.name)?.[1] ?? ''
    lanes.set(key, [...(lanes.get(key) ?? []), source])
  }
  if (lanes.size === 1 || lanes.size > MAX_AT_ONCE) {
    for (const source of sources) yield* readSource(source, options)
    return
  }

  const waiting: { batch: ArchiveBatch; time: number; rest: AsyncGenerator<ArchiveBatch> }[] = []
  async function advance(rest: AsyncGenerator<ArchiveBatch>): Promise<void> {
    const next = await rest.next()
    if (!next.done) waiting.push({ batch: next.value, time: timeOf(next.value), rest })
  }
  for (const lane of lanes.values()) await advance(readAll(lane, options))
  while (waiting.length > 0) {
    const earliest = waiting.reduce((one, other) => (other.time < one.time ? other : one))
    waiting.splice(waiting.indexOf(earliest), 1)
    yield earliest.batch
    await advance(earliest.rest)
  }
}

async function* readAll(sources: readonly Source[], options: ReadOptions): AsyncGenerator<ArchiveBatch> {
  for (const source of sources) yield* readSource(source, options)
}

/** A batch without an event is handed over at once. */
function timeOf({ records }: ArchiveBatch): number {
  for (const record of records) {
    const time = record.ok ? Date.parse(record.event.receivedAt) : NaN
    if (!Number.isNaN(time)) return time
  }
  return 0
}
