import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The bytes of a stream, which can be read in any order. */
export type Spool = {
  byteLength: number
  slice: (start: number, end?: number) => Promise<ArrayBuffer>
  close: () => Promise<void>
}

/** A larger file is written to a temporary one. */
const MAX_IN_MEMORY = 32 * 1024 * 1024

/**
 * Reads a stream to its end, and keeps its bytes: in memory, or in a temporary file without a name, which vanishes with
 * the process.
 *
 * @throws Error if the stream fails, or if the temporary file cannot be written
 */
export async function spool(chunks: AsyncIterable<Uint8Array>, maxInMemory = MAX_IN_MEMORY): Promise<Spool> {
  let waiting: Uint8Array[] = []
  let size = 0
  let file: FileHandle | undefined
  try {
    for await (const chunk of chunks) {
      waiting.push(chunk)
      size += chunk.byteLength
      if (!file && size <= maxInMemory) continue
      file ??= await openUnnamed()
      await write(file, waiting)
      waiting = []
    }
  } catch (error) {
    await file?.close()
    throw error
  }
  return file ? inFile(file, size) : inMemory(Buffer.concat(waiting))
}

async function write(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  for (const chunk of chunks) {
    await file.appendFile(chunk).catch((error: unknown) => {
      throw new Error(
        `It must be written to a temporary file: ${(error as Error).message}. Set TMPDIR to a folder with enough space.`
      )
    })
  }
}

function inFile(file: FileHandle, size: number): Spool {
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start)
      await file.read(bytes, 0, bytes.length, start)
      return bytes.buffer
    },
    close: () => file.close()
  }
}

function inMemory(bytes: Buffer): Spool {
  return {
    byteLength: bytes.length,
    slice: (start, end) => Promise.resolve(new Uint8Array(bytes.subarray(start, end)).buffer),
    close: () => Promise.resolve()
  }
}

/** Opens a temporary file for writing and reading. Its name is removed at once. The file is there until it is closed. */
export async function openUnnamed(): Promise<FileHandle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'segment-archive-'))
  try {
    return await open(path.join(folder, 'file'), 'wx+')
  } finally {
    await rm(folder, { recursive: true })
  }
}
