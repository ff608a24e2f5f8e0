import { openSource, readInOrder } from '../read'
import type { ArchiveBatch, Source } from '../read'
import { StopError } from './stop'

/**
 * Reads the files of an archive roughly in order of receipt. A line that cannot be read costs only itself. But a file that
 * disappears, or that the disk or the network fails to return, stops the replay. Without the file, all later events would
 * be in other batches.
 *
 * @throws StopError if the bytes of a file cannot be read
 */
export async function* readEvents(sources: readonly Source[]): AsyncGenerator<ArchiveBatch> {
  const failures: StopError[] = []
  for await (const batch of readInOrder(sources, { open: (source) => openWatched(source, failures) })) {
    if (failures.length > 0) throw failures[0]
    yield batch
  }
}

/** Records errors of the disk and the network. The reader reports errors of decompression and parsing. */
async function openWatched(source: Source, failures: StopError[]): Promise<AsyncIterable<Uint8Array>> {
  try {
    return watch(await openSource(source), source, failures)
  } catch (error) {
    failures.push(toStop(source, error))
    throw error
  }
}

async function* watch(
  chunks: AsyncIterable<Uint8Array>,
  source: Source,
  failures: StopError[]
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    failures.push(toStop(source, error))
    throw error
  }
}

function toStop({ name }: Source, error: unknown): StopError {
  return new StopError(`${name} cannot be read: ${(error as Error).message}. Put the file back, or make it readable.`)
}
