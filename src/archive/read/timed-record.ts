import { isObject, type JsonObject, parseJson, toUtc } from '../../core'
import { type ArchiveBatch, type ArchiveRecord, type FileFormat, parseRecord, type RawBatch } from './read-source'

/** The text of an event, and what its place among others depends on. */
export type TimedRecord = {
  file: string
  line: number
  text: string
  /** When it was received, in epoch milliseconds. */
  time: number
  /** Its number in the order of reading. */
  arrival: number
}

/** Records of one file that are in their order, or of many files that are sorted. */
export type TimedRecords = AsyncGenerator<TimedRecord[]>

/** What is read beside the records: the parts of files that cannot be read, the files of tables, and how many bytes were read. */
export type Aside = { problems: ArchiveRecord[]; formats: FileFormat[]; bytes: number }

/** The most events that are parsed at once. More would take longer, because they would outlive a collection of garbage. */
const MAX_PARSED = 100

/** Compares two records by the time of receipt, and then by their text. So the order never depends on the files. */
export function compareRecords(one: TimedRecord, other: TimedRecord): number {
  if (one.time !== other.time) return one.time - other.time
  if (one.text === other.text) return 0
  return one.text < other.text ? -1 : 1
}

/** Reads the times of records. A record without a time gets that of the record before it, or 0 if there is none. */
export async function* readTimes(batches: AsyncIterable<RawBatch>, aside: Aside): TimedRecords {
  let last = { file: '', time: 0 }
  for await (const { file, format, records, bytes } of batches) {
    if (file !== last.file) last = { file, time: 0 }
    aside.bytes += bytes
    if (format !== undefined) aside.formats.push({ file, format })
    const timed: TimedRecord[] = []
    for (const record of records) {
      if (!('text' in record)) {
        aside.problems.push({ file, ...record })
        continue
      }
      const { line, text } = record
      const time = readReceiptTime(text)
      if (!Number.isNaN(time)) last.time = time
      timed.push({ file, line, text, time: last.time, arrival: 0 })
    }
    yield timed
  }
}

/** Merges lists of sorted records into one. Lists whose records are nearly sorted give a list that is nearly sorted. */
export async function* mergeRecords(lists: readonly TimedRecords[]): TimedRecords {
  const heads: Head[] = []
  for (const list of lists) await advance(list)

  async function advance(list: TimedRecords): Promise<void> {
    for (let next = await list.next(); !next.done; next = await list.next()) {
      if (next.value.length > 0) return void heads.push({ list, records: next.value, next: 0 })
    }
  }

  let merged: TimedRecord[] = []
  while (heads.length > 0) {
    const head = heads.reduce((first, other) => (compareHeads(first, other) <= 0 ? first : other))
    merged.push(head.records[head.next])
    head.next += 1
    if (head.next < head.records.length) continue
    yield merged
    merged = []
    heads.splice(heads.indexOf(head), 1)
    await advance(head.list)
  }
}

/** The records of a list that are read, and the first one that is not merged yet. */
type Head = { list: TimedRecords; records: TimedRecord[]; next: number }

function compareHeads(one: Head, other: Head): number {
  return compareRecords(one.records[one.next], other.records[other.next])
}

/** Parses records, a few at a time, and adds what was read aside. */
export async function* parseRecords(lists: TimedRecords | [], aside: Aside): AsyncGenerator<ArchiveBatch> {
  for await (const records of lists) {
    for (let start = 0; start < records.length; start += MAX_PARSED) {
      const some = records.slice(start, start + MAX_PARSED)
      yield take(some.map(({ file, line, text }) => parseRecord(file, { line, text })))
    }
  }
  if (aside.problems.length > 0 || aside.bytes > 0) yield take([])

  function take(parsed: ArchiveRecord[]): ArchiveBatch {
    const { problems, formats, bytes } = aside
    const batch = { records: [...problems, ...parsed], ...(formats.length > 0 && { formats }), bytes }
    aside.problems = []
    aside.formats = []
    aside.bytes = 0
    return batch
  }
}

/** Where the time of receipt is, and what stands for it in an archive without it. The first one of an event counts. */
const KEYS = ['receivedAt', 'timestamp', 'originalTimestamp']

const VALUE = /\s*:\s*"([^"\\]*)"/y

/**
 * Finds the time of receipt in the text of an event. Parsing the text would take twenty times as long, and is done only
 * if a key occurs more than once, because `properties` may have such a key too.
 *
 * @returns milliseconds since 1970, or NaN if there is no readable time
 */
export function readReceiptTime(text: string): number {
  for (const key of KEYS) {
    const quoted = `"${key}"`
    const start = text.indexOf(quoted)
    if (start === -1) continue
    const end = start + quoted.length
    VALUE.lastIndex = end
    const match = text.includes(quoted, end) ? null : VALUE.exec(text)
    return match ? toUtc(match[1]) : readParsed(text)
  }
  return NaN
}

function readParsed(text: string): number {
  const event = parseJson(text)
  const key = isObject(event) ? KEYS.find((each) => event[each] !== undefined && event[each] !== null) : undefined
  return key === undefined ? NaN : toUtc((event as JsonObject)[key])
}
