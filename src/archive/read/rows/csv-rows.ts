import { parse } from './csv-library'
import { MAX_RECORD_BYTES } from '../text-reader'
import type { TableRows } from './read-rows'

/**
 * Reads CSV as it comes. The first row has the names of the columns.
 *
 * @param delimiter what is between the cells
 * @throws Error if a quoted cell does not end, or if the source fails. The rows before come first
 */
export async function openCsv(chunks: AsyncIterable<Uint8Array>, delimiter: string): Promise<TableRows> {
  const lists = parseRows(chunks, delimiter)
  const first = await lists.next()
  const [columns = [], ...rows] = first.done ? [] : first.value

  async function* rest(): AsyncGenerator<string[][]> {
    yield rows
    yield* lists
  }

  return { columns, cells: 'text', lists: rest() }
}

/** Reads the rows of each chunk. None of the lists is empty. */
async function* parseRows(chunks: AsyncIterable<Uint8Array>, delimiter: string): AsyncGenerator<string[][]> {
  let rows: string[][] = []
  const parser = parse({
    bom: true,
    delimiter,
    max_record_size: MAX_RECORD_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // The parser drops rows that wait in its stream if a later one is broken.
    on_record: (row: string[]) => {
      rows.push(row)
      return null
    }
  })
  // `write` and `end` report errors too.
  parser.on('error', () => undefined)
  parser.resume()

  let failure: { error: unknown } | undefined
  try {
    for await (const chunk of chunks) {
      await settled((done) => parser.write(chunk, done))
      if (rows.length === 0) continue
      yield rows
      rows = []
    }
    await settled((done) => parser.end(done))
  } catch (error) {
    failure = { error }
  }
  if (rows.length > 0) yield rows
  if (failure) throw failure.error
}

/** Waits until a function calls back. @throws what it calls back with */
function settled(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
