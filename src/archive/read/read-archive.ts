import { listSources, type SourceOptions } from './list-sources'
import { readInOrder } from './in-order'
import type { ArchiveBatch, ReadOptions } from './read-source'

/** The options for finding and reading an archive. */
export type ArchiveOptions = SourceOptions & ReadOptions

/**
 * Reads an archive in batches of records, in order of receipt if the archive is nearly in this order.
 *
 * @param inputs folders, files, glob patterns, `-` for standard input, and `s3://bucket/prefix`
 * @throws InputError if an input does not exist, or holds no file
 *
 * @example
 * for await (const { records } of readArchive(['segment-logs'])) {
 *   for (const record of records) if (!record.ok) console.warn(`${formatPlace(record)} ${record.reason}`)
 * }
 */
export async function* readArchive(
  inputs: readonly string[],
  options: ArchiveOptions = {}
): AsyncGenerator<ArchiveBatch> {
  yield* readInOrder(await listSources(inputs, options), options)
}
