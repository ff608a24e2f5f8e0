import { listSources, type SourceOptions } from './list-sources'
import { readSource, type ArchiveBatch, type ReadOptions } from './read-source'

/** How an archive is found and read. */
export type ArchiveOptions = SourceOptions & ReadOptions

/**
 * Reads an archive, file after file, in batches of records.
 *
 * @param inputs folders, files, glob patterns, `-` for standard input, and `s3://bucket/prefix`
 * @throws InputError if an input does not exist, or holds no file
 *
 * @example
 * for await (const { file, records } of readArchive(['segment-logs'])) {
 *   for (const record of records) if (!record.ok) console.warn(`${file}:${record.line} ${record.reason}`)
 * }
 */
export async function* readArchive(
  inputs: readonly string[],
  options: ArchiveOptions = {}
): AsyncGenerator<ArchiveBatch> {
  for (const source of await listSources(inputs, options)) yield* readSource(source, options)
}
