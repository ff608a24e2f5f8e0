import { parseRecord, readRaw, type ArchiveBatch, type ReadOptions } from '../read-source'
import type { Source } from '..'

/** Reads one file of an archive, and parses its records. */
export async function* readSource(source: Source, options: ReadOptions = {}): AsyncGenerator<ArchiveBatch> {
  for await (const { file, format, records, bytes } of readRaw(source, options)) {
    const parsed = records.map((record) => parseRecord(file, record))
    yield { records: parsed, ...(format !== undefined && { formats: [{ file, format }] }), bytes }
  }
}
