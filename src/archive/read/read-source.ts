import { decompress, encodingOf } from '../../core'
import type { TakenEvent } from '../../pipeline'
import { fromUtf16, readHead, utf16Of } from './head'
import { createLineReader } from './json-lines'
import { createListReader } from './json-lists'
import { createValueReader } from './json-values'
import { readRows, type TableRows } from './rows/read-rows'
import { openSource, type Source } from './source'
import { formatOf, type TextFormat } from './text-format'
import { NEWLINE, type TextReader } from './text-reader'
import { toEvent } from './to-event'

/** A record of a file: an event, or the reason why it cannot be read. */
export type ArchiveRecord =
  /** `hasGeneratedId` is set if the record has no message id of its own. */
  | (Place & { ok: true; event: TakenEvent; hasGeneratedId?: true })
  /** `line` is 0 if the rest of the file is lost. */
  | (Place & { ok: false; reason: string })

/** A file whose records are rows of a table, and what they are, such as "rows of Segment's warehouse table tracks". */
export type FileFormat = { file: string; format: string }

/** Some records of an archive. */
export type ArchiveBatch = {
  records: ArchiveRecord[]
  /** The files of tables whose first records these are. */
  formats?: FileFormat[]
  /** How many bytes were read since the batch before, as they are stored. */
  bytes: number
}

/** A record that is not parsed yet. It takes a fraction of the memory. */
export type RawRecord = { line: number; text: string } | { ok: false; line: number; reason: string }

/** Some records of one file, in their order, that are not parsed yet. */
export type RawBatch = {
  /** The file as the user named it. */
  file: string
  /** Set in the first batch of a table. */
  format?: string
  records: RawRecord[]
  /** How many bytes of the file were read since the batch before, as they are stored. */
  bytes: number
}

/** The options for reading a file. */
export type ReadOptions = {
  /** Opens a file. Default: `openSource`. */
  open?: (source: Source) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
}

/** How many bytes show the compression of a file, and then the format of its text. */
const MAGIC_BYTES = 4
const SAMPLE_BYTES = 64 * 1024

const RETURN = 0x0d

/** The readers of JSON, by the layout of the file. */
const READERS = { lines: createLineReader, values: createValueReader, lists: createListReader }

/** Smaller batches would make more work than the records themselves. Many small gzip members give such batches. */
const MIN_RECORDS = 50

/** The names of the files from which bytes are expected right now. */
const expected = new Set<string>()

/** Returns the names of the files that are being read right now, for a message about a read that never ends. */
export function filesBeingRead(): string[] {
  return [...expected]
}

/**
 * Reads a file of an archive: JSON, CSV or Parquet, compressed or not. The content shows which. It never rejects. Anything
 * that cannot be read becomes a record with the reason, and the rest is read.
 */
export async function* readRaw(source: Source, { open = openSource }: ReadOptions = {}): AsyncGenerator<RawBatch> {
  const { name: file } = source
  const collector = createCollector(file)
  const batches = readText(() => open(source), collector)
  for (;;) {
    expected.add(file)
    const next = await batches.next().finally(() => expected.delete(file))
    if (next.done) return
    yield next.value
  }
}

/** Collects the records of a file, and counts its bytes, until they are taken as a batch. */
function createCollector(file: string) {
  let records: RawRecord[] = []
  let bytes = 0
  let isEmpty = true
  let format: string | undefined
  return {
    file,
    sink: {
      onFormat(found: string): void {
        format = found
      },
      onText(text: string, line: number): void {
        records.push({ line, text })
      },
      onProblem(line: number, reason: string): void {
        records.push({ ok: false, line, reason })
      }
    },
    async *count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength
        isEmpty = false
        yield chunk
      }
    },
    /** Returns what was collected, if it is at least this many records, or nothing. */
    *take(minRecords: number): Generator<RawBatch> {
      if (records.length < minRecords || (records.length === 0 && bytes === 0)) return
      const batch = { file, ...(format !== undefined && { format }), records, bytes }
      format = undefined
      records = []
      bytes = 0
      yield batch
    },
    /** Whether no byte of the file was read. */
    isEmpty: () => isEmpty
  }
}

async function* readText(
  open: () => ReturnType<NonNullable<ReadOptions['open']>>,
  collector: ReturnType<typeof createCollector>
): AsyncGenerator<RawBatch> {
  const { sink } = collector
  let reader: TextReader | undefined
  try {
    const stored = await readHead(collector.count(await open()), MAGIC_BYTES)
    const encoding = encodingOf(stored.head)
    const plain = await readPlainHead(encoding ? decompress(stored.chunks, encoding) : stored.chunks)
    const format = formatOf(plain.head)
    if (!format.ok) {
      sink.onProblem(0, format.reason)
    } else if (format.kind === 'csv' || format.kind === 'parquet') {
      const rows = readRows(await openTable(plain.chunks, format), collector.file, sink)
      while (!(await rows.next()).done) yield* collector.take(MIN_RECORDS)
    } else {
      reader = READERS[format.kind](sink)
      let toSkip = format.start
      for await (const chunk of plain.chunks) {
        const rest = toSkip > 0 ? chunk.subarray(toSkip) : chunk
        reader.push(format.hasOnlyReturns ? withNewlines(rest) : rest)
        toSkip = Math.max(0, toSkip - chunk.length)
        yield* collector.take(MIN_RECORDS)
      }
      reader.end()
    }
  } catch (error) {
    reader?.end()
    const what = collector.isEmpty() ? 'The file' : 'The rest of the file'
    sink.onProblem(0, `${what} cannot be read. ${(error as Error).message}`)
  }
  yield* collector.take(0)
}

/** Opens a table. The libraries are loaded only where they are needed. */
async function openTable(
  chunks: AsyncIterable<Uint8Array>,
  format: Extract<TextFormat, { kind: 'csv' | 'parquet' }>
): Promise<TableRows> {
  if (format.kind === 'csv') return (await import('./rows/csv-rows')).openCsv(chunks, format.delimiter)
  return (await import('./rows/parquet-rows')).openParquet(chunks)
}

/** Reads the first bytes of text, converted to UTF-8. */
async function readPlainHead(chunks: AsyncIterable<Uint8Array>): ReturnType<typeof readHead> {
  const plain = await readHead(chunks, SAMPLE_BYTES)
  const utf16 = utf16Of(plain.head)
  return utf16 ? readHead(fromUtf16(plain.chunks, utf16), SAMPLE_BYTES) : plain
}

/** Replaces carriage returns, which old tools write alone at the end of a line. JSON has them nowhere else. */
function withNewlines(chunk: Uint8Array): Uint8Array {
  return chunk.map((byte) => (byte === RETURN ? NEWLINE : byte))
}

/** Parses the text of a record. */
export function parseRecord(file: string, record: RawRecord): ArchiveRecord {
  return 'text' in record ? { file, line: record.line, ...toEvent(record.text) } : { file, ...record }
}

/** The place of a record: the file as the user named it, and a line. */
export type Place = {
  file: string
  /** The line on which the record starts, from 1. 0 if the whole file is meant. */
  line: number
}

/** Writes a place in the form that editors and terminals understand: `folder/events.jsonl:12`. */
export function formatPlace({ file, line }: Place): string {
  return line === 0 ? file : `${file}:${line}`
}
