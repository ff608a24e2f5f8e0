import { compressors, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from './parquet-library'
import { type Spool, spool } from './spool'
import type { TableRows } from './read-rows'

/** The rows whose texts are in memory at once. */
const ROWS_AT_ONCE = 1_000

/**
 * Opens a Parquet file. Its end says where its columns are, so the whole file is read first.
 *
 * @throws Error if the file is damaged or cut off
 */
export async function openParquet(chunks: AsyncIterable<Uint8Array>): Promise<TableRows> {
  const file = await spool(chunks)
  try {
    const metadata = await parquetMetadataAsync(file)
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name)
    return { columns, cells: 'typed', lists: readGroups(file, metadata, columns), close: file.close }
  } catch (error) {
    await file.close()
    throw toDamage(error)
  }
}

/** Reads the groups of rows one after another. Only the columns of one group are in memory. */
async function* readGroups(
  file: Spool,
  metadata: FileMetaData,
  columns: readonly string[]
): AsyncGenerator<unknown[][]> {
  let start = 0
  for (const { num_rows: rows } of metadata.row_groups) {
    const end = start + Number(rows)
    const group = await readColumns(file, metadata, start, end)
    const readers = columns.map((name) => createColumnReader(group.get(name) ?? []))
    for (; start < end; start = Math.min(end, start + ROWS_AT_ONCE)) {
      const count = Math.min(ROWS_AT_ONCE, end - start)
      yield Array.from({ length: count }, () => readers.map((next) => next()))
    }
  }
}

/** Reads the columns of a group. Each is in pieces, in their order. All rows at once would take several times the memory. */
async function readColumns(
  file: Spool,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number
): Promise<Map<string, Piece[]>> {
  const columns = new Map<string, Piece[]>()
  try {
    await parquetRead({
      file,
      metadata,
      compressors,
      rowStart,
      rowEnd,
      onChunk: ({ columnName, columnData }) => {
        const pieces = columns.get(columnName)
        if (pieces) pieces.push(columnData)
        else columns.set(columnName, [columnData])
      }
    })
  } catch (error) {
    throw toDamage(error)
  }
  return columns
}

type Piece = ArrayLike<unknown>

/** Creates a function that returns the next value of a column. */
function createColumnReader(pieces: readonly Piece[]): () => unknown {
  let piece = 0
  let at = 0
  return () => {
    while (piece < pieces.length && at === pieces[piece].length) {
      piece += 1
      at = 0
    }
    if (piece === pieces.length) return undefined
    at += 1
    return pieces[piece][at - 1]
  }
}

/** The library's own message may be long, and quotes no values. */
function toDamage(error: unknown): Error {
  return new Error(
    `The Parquet data is damaged, cut off or of a kind that is not supported: ${(error as Error).message}.`
  )
}
