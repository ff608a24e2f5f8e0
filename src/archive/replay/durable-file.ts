import { randomUUID } from 'node:crypto'
import { constants, renameSync } from 'node:fs'
import { copyFile, open, realpath, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { limit } from '../../destinations'
import { StopError } from './stop'

/** A file that only grows. Its text is on the disk when the call that adds it resolves. */
export type DurableFile = Awaited<ReturnType<typeof openDurableFile>>

/**
 * Opens a file to add to it. Cuts it off after `size` bytes.
 *
 * @param size how many bytes of the file stay. 0 for a new file
 * @param check is called right before each step that changes the file. If it throws, the step fails with its error
 * @throws StopError if the file cannot be opened
 */
export async function openDurableFile(file: string, size: number, check: () => void = () => undefined) {
  const flags = constants.O_RDWR | (size === 0 ? constants.O_CREAT : 0)
  const handle = await open(file, flags).catch((error: unknown) => {
    throw toStop(file, error)
  })
  try {
    // The handle comes first: once another process has put a copy in the file's place, this one writes to the old file.
    check()
    await handle.truncate(size)
    await handle.sync()
    await syncPath(path.dirname(file))
  } catch (error) {
    await handle.close()
    throw toStop(file, error)
  }

  let end = size
  let failure: StopError | undefined
  const inTurn = limit(1)

  async function write(text: string): Promise<void> {
    if (failure) throw failure
    const bytes = Buffer.from(text)
    try {
      check()
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, end + done)
        done += bytesWritten
      }
      await handle.datasync()
      end += bytes.length
    } catch (error) {
      failure = toStop(file, error)
      throw failure
    }
  }

  return {
    /**
     * Adds text at the end. Calls may overlap, and run in their order.
     *
     * @throws StopError if the file cannot be written, for example because the disk is full. All later calls throw too
     */
    append: (text: string) => inTurn(() => write(text)),
    /** Returns the size in bytes, without text that could not be written. */
    size: () => end,
    close: () => inTurn(() => handle.close())
  }
}

/**
 * Replaces a file, or creates it. After a crash, the file has the whole new text or is as it was before.
 *
 * @param check as for {@link openDurableFile}
 * @throws StopError if the file cannot be written
 */
export async function replaceFile(file: string, text: string, check: () => void): Promise<void> {
  await replaceBy(file, check, (next) => writeFile(next, text))
}

/**
 * Replaces a file by its copy. Processes that have the file open go on writing to the old one, which nobody reads any
 * more. Does nothing if there is no such file.
 *
 * @param check as for {@link openDurableFile}
 * @throws StopError if the copy cannot be written
 */
export async function replaceByCopy(file: string, check: () => void): Promise<void> {
  const target = await realpath(file).catch(() => undefined)
  if (target !== undefined) await replaceBy(target, check, (next) => copyFile(target, next))
}

async function replaceBy(file: string, check: () => void, write: (next: string) => Promise<void>): Promise<void> {
  const next = `${file}.${randomUUID()}.tmp`
  try {
    await write(next)
    await syncPath(next)
    check()
    // The synchronous call leaves no time between the check and the step.
    renameSync(next, file)
    await syncPath(path.dirname(file))
  } catch (error) {
    await rm(next, { force: true }).catch(() => undefined)
    throw toStop(file, error)
  }
}

/** Writes a file or a folder to the disk. A new file is on the disk only if its folder is. */
async function syncPath(name: string): Promise<void> {
  const handle = await open(name, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const CURES: Partial<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space.',
  EDQUOT: 'The quota of this user is used up. Free some space.',
  EFBIG: 'The file would be larger than this process may write. Raise the limit (ulimit -f).',
  EROFS: 'The file system is read-only. Choose another folder with --journal.',
  EACCES: 'This user may not write there. Choose another folder with --journal, or change its permissions.',
  EPERM: 'This user may not write there. Choose another folder with --journal, or change its permissions.',
  ENOENT: 'Its folder does not exist. Create it.',
  ENOTDIR: 'Its folder is not a folder. Choose another one with --journal.',
  EISDIR: 'It is a folder. Choose a file with --journal.'
}

function toStop(file: string, error: unknown): StopError {
  if (error instanceof StopError) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  return new StopError(`${file} cannot be written (${code || message}). ${CURES[code] ?? 'See what the system says.'}`)
}
