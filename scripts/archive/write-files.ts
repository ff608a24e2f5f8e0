import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Gzip } from 'node:zlib'
import { DAY } from '../../src/core'
import type { Channel } from './shoppers'

/** Writes lines as Segment's S3 destination does: `segment-logs/<source>/<day of receipt in ms>/<name>.gz`. */
export type ArchiveWriter = {
  /** Adds a line. The lines of one source must come in the order of their receipt. */
  write: (channel: Channel, receivedAt: number, text: string) => Promise<void>
  /** Finishes the files. Returns their number. */
  close: () => Promise<number>
}

type OpenFile = { day: number; lines: number; buffer: string[]; bytes: number; gzip: Gzip; written: Promise<void> }

/** The ids of the sources, in the form of Segment's ids. */
const SOURCES: Record<Channel, string> = {
  web: '9fWebk3Qm7TxLz',
  ios: '4tIosw8Nc2RvHb',
  android: '7pAndr5Yd1KsGj',
  server: '2mSrvr6Bh9QfXe'
}

/** The number of characters that are compressed at once. */
const CHUNK = 256 * 1024

/** Creates a writer that starts a new file at each new day and after `linesPerFile` lines. */
export function createArchiveWriter(folder: string, linesPerFile: number): ArchiveWriter {
  const open = new Map<Channel, OpenFile>()
  let files = 0

  async function openFile(channel: Channel, receivedAt: number): Promise<OpenFile> {
    const day = Math.floor(receivedAt / DAY) * DAY
    const directory = path.join(folder, 'segment-logs', SOURCES[channel], String(day))
    await mkdir(directory, { recursive: true })
    files += 1
    const name = `${receivedAt}.${files.toString(16).padStart(6, '0')}.gz`
    // Stronger compression takes most of the time, and saves little.
    const gzip = createGzip({ level: 1 })
    const file = createWriteStream(path.join(directory, name))
    gzip.pipe(file)
    return { day, lines: 0, buffer: [], bytes: 0, gzip, written: finished(file) }
  }

  async function flush(file: OpenFile): Promise<void> {
    const chunk = file.buffer.join('')
    file.buffer = []
    file.bytes = 0
    if (!file.gzip.write(chunk)) await once(file.gzip, 'drain')
  }

  async function closeFile(file: OpenFile): Promise<void> {
    await flush(file)
    file.gzip.end()
    await file.written
  }

  return {
    async write(channel, receivedAt, text) {
      let file = open.get(channel)
      if (file && (file.lines >= linesPerFile || receivedAt >= file.day + DAY)) {
        await closeFile(file)
        file = undefined
      }
      file ??= await openFile(channel, receivedAt)
      open.set(channel, file)
      file.lines += 1
      file.buffer.push(text, '\n')
      file.bytes += text.length
      if (file.bytes >= CHUNK) await flush(file)
    },
    async close() {
      for (const file of open.values()) await closeFile(file)
      return files
    }
  }
}
