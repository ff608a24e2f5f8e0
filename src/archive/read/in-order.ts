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
 * sources side by side, because an order from a server and the click before it from a browser are in different files. The
 * order of the events is the same each time.
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
  const untimed: ArchiveBatch[] = []
  const places = new Map(sources.map(({ name }, place) => [name, place]))
  const placeOf = ({ batch: { file } }: Head): number => places.get(file) ?? 0
  let current: string | undefined

  async function advance(lane: number, rest: Head['rest']): Promise<void> {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      const time = timeOf(next.value.records, NaN)
      if (!Number.isNaN(time)) return void heads.push({ lane, batch: next.value, time, rest })
      untimed.push(next.value)
    }
  }

  /** Returns until when a file goes on. How it is cut into batches depends on how fast it is read, and must not count. */
  function limitOf(head: Head): number {
    return Math.min(...heads.map(({ lane, time }) => (lane === head.lane ? Infinity : time))) + SLACK
  }

  for (const [lane, files] of [...lanes.values()].entries()) await advance(lane, readAll(files, options))
  while (heads.length > 0) {
    yield* untimed.splice(0)
    heads.sort((one, other) => one.time - other.time || placeOf(one) - placeOf(other))
    const head =
      heads.find((candidate) => candidate.batch.file === current && candidate.time <= limitOf(candidate)) ?? heads[0]
    current = head.batch.file
    const { batch } = head
    const end = findEnd(batch.records, limitOf(head))
    if (end === batch.records.length) {
      heads.splice(heads.indexOf(head), 1)
      yield batch
      await advance(head.lane, head.rest)
    } else {
      head.batch = { ...batch, records: batch.records.slice(end), bytes: 0 }
      head.time = timeOf(head.batch.records, head.time)
      yield { ...batch, records: batch.records.slice(0, end) }
    }
  }
  yield* untimed
}

/** What comes next of a lane. `time` is when its first event was received. */
type Head = { lane: number; batch: ArchiveBatch; time: number; rest: AsyncGenerator<ArchiveBatch> }

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
