import type { FileHandle } from 'node:fs/promises'
import { InputError } from '../../core'
import type { ArchiveBatch, ReadOptions } from './read-source'
import { readRaw } from './read-source'
import type { Source } from './source'
import { compareRecords, mergeRecords, parseRecords, readTimes } from './timed-record'
import type { Aside, TimedRecord, TimedRecords } from './timed-record'
import { openUnnamed } from './rows/spool'

/** How many characters are sorted in memory. A larger archive is sorted in pieces of this size. */
const MAX_CHARACTERS = 48 * 1024 * 1024

/** The most pieces. Each is an open file, and together they hold about 24 GB. */
const MAX_PIECES = 500

/** How `readSorted` reads. */
export type SortOptions = ReadOptions & {
  /** How many characters are sorted in memory. */
  maxCharacters?: number
}

/**
 * Reads files in order of receipt, whatever their order is. An archive of more than 48 MB is written to temporary files
 * in pieces, which are merged. The files have no names, so nothing is left if the process is killed.
 *
 * @throws InputError if the temporary files cannot be written, or if the archive is too large to be sorted
 */
export async function* readSorted(
  sources: readonly Source[],
  { maxCharacters = MAX_CHARACTERS, ...options }: SortOptions = {}
): AsyncGenerator<ArchiveBatch> {
  const aside: Aside = { problems: [], formats: [], bytes: 0 }
  const pieces: Piece[] = []
  const files = new Map<string, number>()
  let records: TimedRecord[] = []
  let characters = 0
  try {
    for (const source of sources) {
      for await (const batch of readTimes(readRaw(source, options), aside)) {
        for (const record of batch) characters += record.text.length
        records = records.concat(batch)
        if (characters < maxCharacters) continue
        pieces.push(await writePiece(records.sort(compareRecords), files, pieces.length))
        records = []
        characters = 0
        yield* parseRecords([], aside)
      }
    }
    const names = [...files.keys()]
    const lists = [...pieces.map((piece) => readPiece(piece, names)), listOf(records.sort(compareRecords))]
    yield* parseRecords(mergeRecords(lists), aside)
  } finally {
    await Promise.all(pieces.map(({ file }) => file.close()))
  }
}

/** Sorted records in a temporary file. Each is a header, and then its text as UTF-8. */
type Piece = { file: FileHandle; bytes: number }

/** The time (8 bytes), the number of the file, the line and the length of the text in bytes (4 bytes each). */
const HEADER_BYTES = 20

const CHUNK_BYTES = 256 * 1024

async function writePiece(records: readonly TimedRecord[], files: Map<string, number>, pieces: number): Promise<Piece> {
  if (pieces === MAX_PIECES) {
    throw new InputError(
      'The archive is not in order of time, and too large to be sorted here. Split it first with --split, and read the parts.'
    )
  }
  try {
    const file = await openUnnamed()
    let bytes = 0
    let chunks: Buffer[] = []
    let size = 0
    const flush = async (): Promise<void> => {
      await file.write(Buffer.concat(chunks), 0, size, bytes)
      bytes += size
      chunks = []
      size = 0
    }
    for (const record of records) {
      const chunk = toBytes(record, files)
      chunks.push(chunk)
      size += chunk.length
      if (size >= CHUNK_BYTES) await flush()
    }
    await flush()
    return { file, bytes }
  } catch (error) {
    throw new InputError(
      `The archive is not in order of time, and the temporary files to sort it cannot be written: ${(error as Error).message}. They take as much space as the archive without compression. Set TMPDIR to a folder with enough space.`
    )
  }
}

function toBytes({ file, line, text, time }: TimedRecord, files: Map<string, number>): Buffer {
  const number = files.get(file) ?? files.size
  files.set(file, number)
  const length = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length)
  bytes.writeDoubleLE(time, 0)
  bytes.writeUInt32LE(number, 8)
  bytes.writeUInt32LE(line, 12)
  bytes.writeUInt32LE(length, 16)
  bytes.write(text, HEADER_BYTES)
  return bytes
}

async function* readPiece({ file, bytes }: Piece, files: readonly string[]): TimedRecords {
  let rest = Buffer.alloc(0)
  for (let position = 0; position < bytes;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position)
    if (bytesRead === 0) throw new Error('A temporary file ends too early.')
    position += bytesRead
    const chunk = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
    const { records, read } = fromBytes(chunk, files)
    rest = chunk.subarray(read)
    yield records
  }
}

/** Returns the whole records of a chunk, and how many bytes they take. */
function fromBytes(chunk: Buffer, files: readonly string[]): { records: TimedRecord[]; read: number } {
  const records: TimedRecord[] = []
  let read = 0
  while (read + HEADER_BYTES <= chunk.length) {
    const start = read + HEADER_BYTES
    const end = start + chunk.readUInt32LE(read + 16)
    if (end > chunk.length) break
    records.push({
      time: chunk.readDoubleLE(read),
      file: files[chunk.readUInt32LE(read + 8)],
      line: chunk.readUInt32LE(read + 12),
      text: chunk.toString('utf8', start, end),
      arrival: 0
    })
    read = end
  }
  return { records, read }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* listOf(records: TimedRecord[]): TimedRecords {
  yield records
}
