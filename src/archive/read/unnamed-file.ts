import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Opens a temporary file for writing and reading. Its name is removed at once. The file is there until it is closed. */
export async function openUnnamed(): Promise<FileHandle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'segment-archive-'))
  try {
    return await open(path.join(folder, 'file'), 'wx+')
  } finally {
    await rm(folder, { recursive: true })
  }
}
