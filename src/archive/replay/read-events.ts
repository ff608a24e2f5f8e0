import { openSource, readInOrder } from '../read'
import type { ArchiveBatch, Source } from '../read'
import { StopError } from './stop'

/**
 * Reads the files of an archive roughly in order of receipt. A line that cannot be read costs only itself, as everywhere. But a
 * file that is gone, or that the disk or the network does not give, ends the replay: without it, everything after it would
 * be in other batches.
 *
 * @throws StopError if the bytes of a file cannot be had
 */
export async function* readEvents(sources: readonly Source[]): AsyncGenerator<ArchiveBatch> {
  const failures: StopError[] = []
  for await (const batch of readInOrder(sources, { open: (source) => openWatched(source, failures) })) {
    if (failures.length > 0) throw failures[0]
    yield batch
  }
}

/** Notes the errors of the bytes themselves. Those of unpacking and parsing come from the reader. */
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
