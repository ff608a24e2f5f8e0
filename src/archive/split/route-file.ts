import path from 'node:path'
import { DAY, InputError } from '../../core'
import type { Source } from '../read'
import { partName } from '../read/part-folder'
import { readRaw } from '../read/read-source'
import { readReceiptTime } from '../read/receipt-time'
import { LEFT_OUT } from './assign-parts'
import { createPartFile, type PartFile } from './part-file'
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
  /** Whether the name depends on the day of the first event. */
  needsDay: boolean
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
  let day = options.needsDay ? undefined : 0

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
