import type { ArchiveBatch, ReadOptions } from './read-source'
import { readRaw } from './read-source'
import type { Source } from './source'
import { timeFoldersOf } from './time-folders'
import { compareRecords, mergeRecords, parseRecords, readTimes } from './timed-record'
import type { Aside, TimedRecord, TimedRecords } from './timed-record'

/** The most files that are read at once. */
const MAX_AT_ONCE = 64

const WINDOW = 5_000

/** The fewest events that wait to be sorted, and how many times as many as the latest event so far was behind its place. */
const MIN_WINDOW = 500
const MARGIN = 10

/** An event comes too late for the order of receipt, so the archive must be sorted. */
export class OutOfOrderError extends Error {}

/** How `readInOrder` reads. */
export type OrderOptions = ReadOptions & {
  /** Throws an `OutOfOrderError` as soon as an event is further behind its place than `window`. Default: false. */
  isStrict?: boolean
  /**
   * How many events an event may be behind its place. Default: 5,000, which take about 10 MB. While the events come in
   * order, fewer are enough: ten times as many as the latest one so far was behind its place, and at least 500.
   */
  window?: number
}

/**
 * Reads files in order of receipt. The files of each Segment source are read one after another, and several sources side
 * by side, because an order from a server and the click before it from a browser are in different files. Events that were
 * received at the same time are in the order of their texts. So the order does not depend on how the archive is cut into
 * files, as long as the files of a source are nearly in order. If they are not, the order is only the same each time.
 *
 * @throws OutOfOrderError if `isStrict` is set and the files are not nearly in order
 */
export async function* readInOrder(
  sources: readonly Source[],
  { isStrict = false, window = WINDOW, ...options }: OrderOptions = {}
): AsyncGenerator<ArchiveBatch> {
  const lanes = groupBySource(sources)
  if (lanes.length > MAX_AT_ONCE && isStrict) throw new OutOfOrderError('The archive has too many sources.')
  const aside: Aside = { problems: [], formats: [], bytes: 0 }
  const read = (files: readonly Source[]): TimedRecords => readTimes(readAll(files, options), aside)
  const merged = lanes.length > MAX_AT_ONCE ? read(sources) : mergeRecords(lanes.map(read))
  yield* parseRecords(sortWithin(merged, window, isStrict), aside)
}

function groupBySource(sources: readonly Source[]): Source[][] {
  const lanes = new Map<string, Source[]>()
  for (const source of sources) {
    const key = timeFoldersOf(source.name)?.source ?? ''
    const lane = lanes.get(key)
    if (lane) lane.push(source)
    else lanes.set(key, [source])
  }
  return [...lanes.values()]
}

async function* readAll(sources: readonly Source[], options: ReadOptions) {
  for (const source of sources) yield* readRaw(source, options)
}

/**
 * Sorts records that are nearly in order. It depends on the records only, and not on the lists in which they come. Fewer
 * records wait if all come in order so far, because those that wait for long take more time to collect as garbage.
 *
 * @param limit how many records a record may be behind its place
 */
async function* sortWithin(lists: TimedRecords, limit: number, isStrict: boolean): TimedRecords {
  let waiting: TimedRecord[] = []
  let last: TimedRecord | undefined
  let [arrived, taken, latest] = [0, 0, 0]
  let window = limit

  function take(count: number): TimedRecord[] {
    waiting.sort(compareRecords)
    waiting.forEach(({ arrival }, index) => {
      latest = Math.max(latest, arrival - taken - index)
    })
    window = Math.min(limit, Math.max(MIN_WINDOW, latest * MARGIN))
    taken += count
    const sorted = waiting.slice(0, count)
    if (isStrict && last && sorted.length > 0 && compareRecords(last, sorted[0]) > 0) {
      throw new OutOfOrderError(`${sorted[0].file}:${sorted[0].line} comes too late.`)
    }
    last = sorted.at(-1) ?? last
    waiting = waiting.slice(count)
    return sorted
  }

  for await (const records of lists) {
    for (const record of records) {
      record.arrival = arrived
      waiting.push(record)
      arrived += 1
      if (waiting.length >= 2 * window) yield take(waiting.length - window)
    }
  }
  yield take(waiting.length)
}
