import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { writeAll } from './shared-keys'

/** A file of a part, as it is written. */
export type PartFile = {
  /** Adds the text of a record. `line` is where it was in the file of the archive. */
  add: (line: number, text: string) => void
  /** Ends the file. Returns its size in bytes. */
  close: () => number
}

/** Stronger compression takes most of the time, and saves little. */
const LEVEL = 1

/** All parts together buffer about this much text. */
const BUFFERED = 64 * 1024 * 1024
const MAX_BLOCK = 1024 * 1024
const MIN_BLOCK = 32 * 1024

/** With more parts, the empty lines would take more time than the events. */
const MAX_PARTS_WITH_LINES = 100

/**
 * Creates a file of a part: gzipped lines, compressed a block at a time. A record stays on its line, behind empty ones
 * for the records of other parts, so that a report of the part names the line of the archive.
 *
 * @param of how many parts there are
 */
export function createPartFile(file: string, of: number): PartFile {
  mkdirSync(path.dirname(file), { recursive: true })
  const handle = openSync(file, 'w')
  const keepsLines = of <= MAX_PARTS_WITH_LINES
  const block = Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, BUFFERED / of))
  let pieces: string[] = []
  let length = 0
  let nextLine = 1
  let bytes = 0

  function flush(): void {
    if (length === 0) return
    const packed = gzipSync(Buffer.from(pieces.join('')), { level: LEVEL, chunkSize: MAX_BLOCK })
    writeAll(handle, packed)
    bytes += packed.length
    pieces = []
    length = 0
  }

  return {
    add(line, text) {
      if (keepsLines && line > nextLine) {
        pieces.push('\n'.repeat(line - nextLine))
        length += line - nextLine
        nextLine = line
      }
      // An object of several lines has them between its values only, where a space means the same.
      pieces.push(text.includes('\n') ? text.replace(/[\r\n]+/g, ' ') : text, '\n')
      length += text.length + 1
      nextLine += 1
      if (length >= block) flush()
    },
    close() {
      flush()
      closeSync(handle)
      return bytes
    }
  }
}
