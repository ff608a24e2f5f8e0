import { MINUTE } from '../../core'
import { parseRecord, readRaw } from './read-source'
import type { ArchiveBatch, ArchiveRecord, RawBatch, RawRecord, ReadOptions } from './read-source'
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
    for (const source of sources) for await (const batch of readRaw(source, options)) yield* parse(batch)
    return
  }

  const heads: Head[] = []
  const untimed: RawBatch[] = []
  const places = new Map(sources.map(({ name }, place) => [name, place]))
  const placeOf = ({ batch: { file } }: Head): number => places.get(file) ?? 0
  let current: string | undefined

  async function advance(lane: number, rest: Head['rest']): Promise<void> {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      const time = timeOf(next.value.records)
      if (time !== undefined) return void heads.push({ lane, batch: next.value, time, rest })
      untimed.push(next.value)
    }
  }

  /** Returns until when a file goes on. How it is cut into batches depends on how fast it is read, and must not count. */
  function limitOf(head: Head): number {
    return Math.min(...heads.map(({ lane, time }) => (lane === head.lane ? Infinity : time))) + SLACK
  }

  for (const [lane, files] of [...lanes.values()].entries()) await advance(lane, readAll(files, options))
  while (heads.length > 0) {
    for (const batch of untimed.splice(0)) yield* parse(batch)
    heads.sort((one, other) => one.time - other.time || placeOf(one) - placeOf(other))
    const head =
      heads.find((candidate) => candidate.batch.file === current && candidate.time <= limitOf(candidate)) ?? heads[0]
    current = head.batch.file
    const { file, records } = head.batch
    const read = yield* parse(head.batch, limitOf(head))
    if (read === records.length) {
      heads.splice(heads.indexOf(head), 1)
      await advance(head.lane, head.rest)
    } else {
      head.batch = { file, records: records.slice(read), bytes: 0 }
      head.time = timeOf(head.batch.records) ?? head.time
    }
  }
  for (const batch of untimed) yield* parse(batch)
}

/** The next batch of a lane. `time` is when its first event was received. */
type Head = { lane: number; batch: RawBatch; time: number; rest: AsyncGenerator<RawBatch> }

/** Events of several sources may change places within this time, so that batches stay large. Milliseconds. */
const SLACK = 10 * MINUTE

/** The most events that are parsed at once. More would take longer, because they would outlive a collection of garbage. */
const MAX_PARSED = 100

async function* readAll(sources: readonly Source[], options: ReadOptions): AsyncGenerator<RawBatch> {
  for (const source of sources) yield* readRaw(source, options)
}

/**
 * Parses the records of a batch, a few at a time.
 *
 * @param until ends before the first event that was received after this time. The first record is always parsed
 * @returns how many records were parsed
 */
function* parse({ file, records, bytes }: RawBatch, until = Infinity): Generator<ArchiveBatch, number> {
  let parsed: ArchiveRecord[] = []
  let unread = bytes
  for (const [index, raw] of records.entries()) {
    const record = parseRecord(raw)
    if (index > 0 && receivedAt(record) > until) {
      if (parsed.length > 0 || unread > 0) yield { file, records: parsed, bytes: unread }
      return index
    }
    parsed.push(record)
    if (parsed.length < MAX_PARSED) continue
    yield { file, records: parsed, bytes: unread }
    parsed = []
    unread = 0
  }
  if (parsed.length > 0 || unread > 0) yield { file, records: parsed, bytes: unread }
  return records.length
}

/** Returns when the first event was received, or undefined if there is none. */
function timeOf(records: readonly RawRecord[]): number | undefined {
  for (const record of records) {
    const time = receivedAt(parseRecord(record))
    if (!Number.isNaN(time)) return time
  }
  return undefined
}

function receivedAt(record: ArchiveRecord): number {
  return record.ok ? Date.parse(record.event.receivedAt) : NaN
}
