import { decompress, encodingOf } from '../../core'
import type { TakenEvent } from '../../pipeline'
import { readHead } from './head'
import { createLineReader } from './json-lines'
import { createValueReader } from './json-values'
import type { Place } from './place'
import { openSource, type Source } from './source'
import { formatOf } from './text-format'
import type { TextReader } from './text-reader'
import { toEvent } from './to-event'

/** A record of a file: an event, or what could not be read, and why. */
export type ArchiveRecord =
  /** `hasGeneratedId` is set if the record has no message id of its own. */
  | (Place & { ok: true; event: TakenEvent; hasGeneratedId?: true })
  /** `line` is 0 if the rest of the file is lost. */
  | (Place & { ok: false; reason: string })

/** Some records of an archive. */
export type ArchiveBatch = {
  records: ArchiveRecord[]
  /** How many bytes were read since the batch before, as they are stored. */
  bytes: number
}

/** A record that is not parsed yet. It takes a fraction of the memory. */
export type RawRecord = { line: number; text: string } | { ok: false; line: number; reason: string }

/** Some records of one file, in their order, that are not parsed yet. */
export type RawBatch = {
  /** The file as the user named it. */
  file: string
  records: RawRecord[]
  /** How many bytes of the file were read since the batch before, as they are stored. */
  bytes: number
}

/** How a file is read. */
export type ReadOptions = {
  /** Opens a file. Default: `openSource`. */
  open?: (source: Source) => Promise<AsyncIterable<Uint8Array>>
}

/** So little is needed to tell what a file is. */
const MAGIC_BYTES = 4
const SAMPLE_BYTES = 4096

/**
 * Reads a file of an archive: JSON Lines or JSON arrays, gzip, zstd or plain, told by its content. It never rejects: what
 * cannot be read is a record that says why, and costs nothing else.
 */
export async function* readSource(source: Source, options: ReadOptions = {}): AsyncGenerator<ArchiveBatch> {
  for await (const { file, records, bytes } of readRaw(source, options)) {
    yield { records: records.map((record) => parseRecord(file, record)), bytes }
  }
}

/** Reads a file as `readSource` does, and leaves the records unparsed. */
export async function* readRaw(source: Source, { open = openSource }: ReadOptions = {}): AsyncGenerator<RawBatch> {
  let records: RawRecord[] = []
  let bytes = 0

  function take(): RawBatch {
    const batch = { file: source.name, records, bytes }
    records = []
    bytes = 0
    return batch
  }

  async function* count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength
      yield chunk
    }
  }

  const sink = {
    onText(text: string, line: number): void {
      records.push({ line, text })
    },
    onProblem(line: number, reason: string): void {
      records.push({ ok: false, line, reason })
    }
  }
  let reader: TextReader | undefined

  try {
    const stored = await readHead(count(await open(source)), MAGIC_BYTES)
    const encoding = encodingOf(stored.head)
    const plain = await readHead(encoding ? decompress(stored.chunks, encoding) : stored.chunks, SAMPLE_BYTES)
    const format = formatOf(plain.head)
    if (!format.ok) {
      sink.onProblem(0, format.reason)
      yield take()
      return
    }
    reader = format.isLines ? createLineReader(sink) : createValueReader(sink)
    let toSkip = format.start
    for await (const chunk of plain.chunks) {
      reader.push(toSkip > 0 ? chunk.subarray(toSkip) : chunk)
      toSkip = Math.max(0, toSkip - chunk.length)
      if (records.length > 0) yield take()
    }
    reader.end()
  } catch (error) {
    reader?.end()
    sink.onProblem(0, `The rest of the file cannot be read. ${(error as Error).message}`)
  }
  if (records.length > 0 || bytes > 0) yield take()
}

/** Parses the text of a record. */
export function parseRecord(file: string, record: RawRecord): ArchiveRecord {
  return 'text' in record ? { file, line: record.line, ...toEvent(record.text) } : { file, ...record }
}
