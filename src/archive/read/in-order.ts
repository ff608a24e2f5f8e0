import { readSource, type ArchiveBatch, type ArchiveRecord, type ReadOptions } from './read-source'
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
 * Reads files roughly in order of receipt. The files of each Segment source are read one after another, and several
 * sources side by side, because an order from a server and the click before it from a browser are in different files.
 */
export async function* readInOrder(
  sources: readonly Source[],
  options: ReadOptions = {}
): AsyncGenerator<ArchiveBatch> {
  const lanes = new Map<string, Source[]>()
  for (const source of sources) {
    const key = DAY_FOLDER.exec(source.name)?.[1] ?? ''
    const lane = lanes.get(key)
    if (lane) lane.push(source)
    else lanes.set(key, [source])
  }
  if (lanes.size === 1 || lanes.size > MAX_AT_ONCE) {
    for (const source of sources) yield* readSource(source, options)
    return
  }

  const heads: Head[] = []
  async function advance(rest: AsyncGenerator<ArchiveBatch>): Promise<void> {
    const next = await rest.next()
    if (!next.done) heads.push({ batch: next.value, time: timeOf(next.value.records, 0), rest })
  }
  for (const lane of lanes.values()) await advance(readAll(lane, options))
  while (heads.length > 0) {
    heads.sort((one, other) => one.time - other.time)
    const [earliest] = heads
    const until = (heads.at(1)?.time ?? Infinity) + SLACK
    const { batch } = earliest
    const end = findEnd(batch.records, until)
    if (end === batch.records.length) {
      heads.shift()
      yield batch
      await advance(earliest.rest)
    } else {
      earliest.batch = { ...batch, records: batch.records.slice(end), bytes: 0 }
      earliest.time = timeOf(earliest.batch.records, earliest.time)
      yield { ...batch, records: batch.records.slice(0, end) }
    }
  }
}

/** What comes next of a lane. `time` is when its first event was received. */
type Head = { batch: ArchiveBatch; time: number; rest: AsyncGenerator<ArchiveBatch> }

/** Events of several sources may change places within this time, so that batches stay large. Milliseconds. */
const SLACK = 10 * 60_000

async function* readAll(sources: readonly Source[], options: ReadOptions): AsyncGenerator<ArchiveBatch> {
  for (const source of sources) yield* readSource(source, options)
}

/** Returns when the first event was received, or `otherwise` if there is none. */
function timeOf(records: readonly ArchiveRecord[], otherwise: number): number {
  for (const record of records) {
    const time = receivedAt(record)
    if (!Number.isNaN(time)) return time
  }
  return otherwise
}

/** Returns how many records were received until a time. It is at least one. */
function findEnd(records: readonly ArchiveRecord[], until: number): number {
  let end = 1
  while (end < records.length && !(receivedAt(records[end]) > until)) end += 1
  return Math.min(end, records.length)
}

function receivedAt(record: ArchiveRecord): number {
  return record.ok ? Date.parse(record.event.receivedAt) : NaN
}
