import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** One file of an archive. */
export type Source =
  | { kind: 'file'; name: string; path: string; size: number }
  | { kind: 'stdin'; name: string }
  /** An entry of a folder that is not a file that can be read. */
  | { kind: 'unreadable'; name: string; size: 0; reason: string }
  | { kind: 's3'; name: string; size: number; endpoint?: string }

/** Returns the size of files, as they are stored. */
export function sizeOf(sources: readonly Source[]): number {
  return sources.reduce((sum, source) => sum + ('size' in source ? source.size : 0), 0)
}

/** Larger chunks mean fewer turns of the event loop. */
const CHUNK_BYTES = 256 * 1024

/**
 * Opens a file of an archive, and returns its bytes as they are stored.
 *
 * @throws Error if the file is gone or cannot be read, also later while it is read
 */
export async function openSource(source: Source): Promise<AsyncIterable<Uint8Array>> {
  switch (source.kind) {
    case 'file':
      // A stream takes several times as long to open as a small file takes to be read. A pipe has no size.
      return source.size > 0 && source.size <= CHUNK_BYTES
        ? readWhole(source.path)
        : createReadStream(source.path, { highWaterMark: CHUNK_BYTES })
    case 'stdin':
      return process.stdin
    case 'unreadable':
      throw new Error(source.reason)
    case 's3':
      // The SDK takes half a second to load, so it is loaded only where it is needed.
      return (await import('./s3')).openObject(source)
  }
}

async function* readWhole(path: string): AsyncGenerator<Uint8Array> {
  yield await readFile(path)
}
