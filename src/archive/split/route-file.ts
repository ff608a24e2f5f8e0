import { appendFileSync, closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { DAY, InputError } from '../../core'
import type { Source } from '../read'
import { NEWLINE } from '../read/text-reader'
import { partName } from '../read/part-folder'
import { readRaw } from '../read/read-source'
import { readReceiptTime } from '../read/timed-record'
import { LEFT_OUT } from './assign-parts'
import type { Target } from './target'

/** What each part got of a file: how many records, and how many bytes as they are stored. */
export type RoutedFile = { events: number[]; bytes: number[] }

/** How a file of the archive is divided among the parts. */
export type RouteOptions = {
  source: Source
  /** The part of each record of the file, from 0 on, in their order. */
  routes: Uint16Array
  of: number
  /** Returns the memory of a part, from 0 on. */
  blockOf: (part: number) => Buffer
  target: Target
  /** Returns the name of the file in a part. `day` is that of its first event, in epoch milliseconds. */
  nameOf: (day: number) => string
  onProgress: (bytes: number, records: number) => void
}

/** How many files are uploaded at once, if the parts go to S3. */
const AT_ONCE = 16

/** Is thrown if a file has other records than when it was read first. */
export class ChangedFileError extends InputError {}

/**
 * Writes the records of a file into the parts, as they are. A part without a record of the file gets no file.
 *
 * @throws ChangedFileError if the file has changed since its records were assigned to parts
 */
export async function routeFile(options: RouteOptions): Promise<RoutedFile> {
  const { source, routes, of, target, onProgress } = options
  const files = new Map<number, { file: PartFile; place: string; events: number }>()
  let count = 0
  let day: number | undefined

  for await (const { records, bytes } of readRaw(source)) {
    for (const record of records) {
      if (!('text' in record)) continue
      const part = routes.at(count)
      count += 1
      if (part === undefined || part === LEFT_OUT) continue
      day ??= dayOf(record.text)
      let open = files.get(part)
      if (!open) {
        const place = path.join(target.work, `${part}.gz`)
        open = { file: createPartFile(place, of, options.blockOf(part)), place, events: 0 }
        files.set(part, open)
      }
      open.file.add(record.line, record.text)
      open.events += 1
    }
    onProgress(bytes, records.length)
  }

  const routed: RoutedFile = { events: zeros(of), bytes: zeros(of) }
  for (const [part, { file, events }] of files) {
    routed.events[part] = events
    routed.bytes[part] = file.close()
  }
  if (count !== routes.length) {
    throw new ChangedFileError(
      `${source.name} has changed while the archive was split. Run the split again when nothing writes to the archive.`
    )
  }
  const name = options.nameOf(day ?? 0)
  const adds = [...files].map(
    ([part, { place }]) =>
      () =>
        target.add(place, `${partName(part + 1, of)}/${name}`)
  )
  while (adds.length > 0) await Promise.all(adds.splice(0, AT_ONCE).map((add) => add()))
  return routed
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}

/** Returns the day of receipt of an event, or undefined if it cannot be told. */
function dayOf(text: string): number | undefined {
  const time = readReceiptTime(text)
  return Number.isNaN(time) ? undefined : Math.floor(time / DAY) * DAY
}

/** A file of a part, as it is written. */
type PartFile = ReturnType<typeof createPartFile>

/** Stronger compression takes most of the time, and saves little. */
const LEVEL = 1

/** All parts together buffer this much text at most. */
const BUFFERED_BYTES = 64 * 1024 * 1024
const MAX_BLOCK_BYTES = 1024 * 1024

const PACKED_BYTES = 256 * 1024

/** No character takes more bytes for each unit of the length of a text. */
const MAX_CHARACTER_BYTES = 3

/** With more parts, the empty lines would take more time than the events. */
const MAX_PARTS_WITH_LINES = 100

/**
 * Creates a function that returns the memory in which the text of a part waits. It is the same for all files, because
 * taking memory for each block costs a tenth of the time of a split.
 *
 * @param of how many parts there are
 */
export function createBlocks(of: number): (part: number) => Buffer {
  const blocks: Buffer[] = []
  const size = Math.min(MAX_BLOCK_BYTES, Math.floor(BUFFERED_BYTES / of))
  return (part) => (blocks[part] ??= Buffer.allocUnsafe(size))
}

/**
 * Creates a file of a part: gzipped lines, compressed a block at a time. A record stays on its line, behind empty ones
 * for the records of other parts, so that a report of the part names the line of the archive.
 *
 * @param of how many parts there are
 * @param block the memory for text that waits
 */
function createPartFile(file: string, of: number, block: Buffer) {
  const handle = openSync(file, 'w')
  const keepsLines = of <= MAX_PARTS_WITH_LINES
  let length = 0
  let nextLine = 1
  let bytes = 0

  function pack(text: Uint8Array): void {
    const packed = gzipSync(text, { level: LEVEL, chunkSize: PACKED_BYTES })
    appendFileSync(handle, packed)
    bytes += packed.length
  }

  function flush(): void {
    if (length > 0) pack(block.subarray(0, length))
    length = 0
  }

  function pad(line: number): void {
    while (nextLine < line) {
      if (length === block.length) flush()
      const count = Math.min(line - nextLine, block.length - length)
      block.fill(NEWLINE, length, length + count)
      length += count
      nextLine += count
    }
  }

  return {
    /** Adds the text of a record. `line` is where it was in the file of the archive. */
    add(line: number, text: string): void {
      if (keepsLines) pad(line)
      // An object of several lines has them between its values only, where a space means the same.
      const oneLine = text.includes('\n') ? text.replace(/[\r\n]+/g, ' ') : text
      const mostBytes = oneLine.length * MAX_CHARACTER_BYTES + 1
      if (mostBytes > block.length - length) flush()
      if (mostBytes > block.length) {
        pack(Buffer.from(`${oneLine}\n`))
      } else {
        length += block.write(oneLine, length)
        block[length] = NEWLINE
        length += 1
      }
      nextLine += 1
    },
    /** Ends the file. Returns its size in bytes. */
    close(): number {
      flush()
      closeSync(handle)
      return bytes
    }
  }
}

/** A file in a folder of a source and a day, as Segment lays it out. The day of receipt is in Unix milliseconds. */
const SEGMENT_LAYOUT = /(?:^|\/)([^/]+)\/(\d{13})\/([^/]+)$/

/** The folder of the files that have no source. */
const NO_SOURCE = 'other'

const DAY_DIGITS = 13

/**
 * Creates a function that names the files of a part after those of the archive: `segment-logs/<source>/<day>/<name>.gz`. Two
 * files get different names. It gets the place of a file among the sources, and the day on which its first event was
 * received, in epoch milliseconds. The day is used if the name has none.
 */
export function createPartNames(sources: readonly Source[]): (index: number, day: number) => string {
  const taken = new Set<string>()
  const places = sources.map(({ name }) => {
    const [, source, day, base] = SEGMENT_LAYOUT.exec(name) ?? [
      '',
      NO_SOURCE,
      '',
      name.slice(name.lastIndexOf('/') + 1)
    ]
    // The day of a file without a source is not known yet.
    const folder = source === NO_SOURCE ? source : `${source}/${day}`
    const file = `${base.replace(/\.gz$/, '')}.gz`
    let unique = file
    for (let count = 2; taken.has(`${folder}/${unique}`); count += 1) unique = `${count}-${file}`
    taken.add(`${folder}/${unique}`)
    return { source, day, file: unique }
  })
  return (index, firstDay) => {
    const { source, day, file } = places[index]
    return `segment-logs/${source}/${day || String(Math.max(0, firstDay)).padStart(DAY_DIGITS, '0')}/${file}`
  }
}
