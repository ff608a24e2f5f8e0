import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { writeAll } from './shared-keys'
import { NEWLINE } from '../read/json-bytes'

/** A file of a part, as it is written. */
export type PartFile = {
  /** Adds the text of a record. `line` is where it was in the file of the archive. */
  add: (line: number, text: string) => void
  /** Ends the file. Returns its size in bytes. */
  close: () => number
}

/** Stronger compression takes most of the time, and saves little. */
const LEVEL = 1

/** All parts together buffer this much text at most. */
const BUFFERED_BYTES = 64 * 1024 * 1024
const MAX_BLOCK_BYTES = 1024 * 1024

const PACKED_BYTES = 256 * 1024

/** No character takes more bytes for each unit of the length of a text. */
const MAX_CHARACTER_BYTES = 3

/** With more parts, the empty lines would take more time than the events. */
const MAX_PARTS_WITH_LINES = 100

/**
 * Creates a function that returns the memory in which the text of a part waits. It is the same for all files, because
 * taking memory for each block costs a tenth of the time of a split.
 *
 * @param of how many parts there are
 */
export function createBlocks(of: number): (part: number) => Buffer {
  const blocks: Buffer[] = []
  const size = Math.min(MAX_BLOCK_BYTES, Math.floor(BUFFERED_BYTES / of))
  return (part) => (blocks[part] ??= Buffer.allocUnsafe(size))
}

/**
 * Creates a file of a part: gzipped lines, compressed a block at a time. A record stays on its line, behind empty ones
 * for the records of other parts, so that a report of the part names the line of the archive.
 *
 * @param of how many parts there are
 * @param block the memory for text that waits
 */
export function createPartFile(file: string, of: number, block: Buffer): PartFile {
  mkdirSync(path.dirname(file), { recursive: true })
  const handle = openSync(file, 'w')
  const keepsLines = of <= MAX_PARTS_WITH_LINES
  let length = 0
  let nextLine = 1
  let bytes = 0

  function pack(text: Uint8Array): void {
    const packed = gzipSync(text, { level: LEVEL, chunkSize: PACKED_BYTES })
    writeAll(handle, packed)
    bytes += packed.length
  }

  function flush(): void {
    if (length > 0) pack(block.subarray(0, length))
    length = 0
  }

  function pad(line: number): void {
    while (nextLine < line) {
      if (length === block.length) flush()
      const count = Math.min(line - nextLine, block.length - length)
      block.fill(NEWLINE, length, length + count)
      length += count
      nextLine += count
    }
  }

  return {
    add(line, text) {
      if (keepsLines) pad(line)
      // An object of several lines has them between its values only, where a space means the same.
      const oneLine = text.includes('\n') ? text.replace(/[\r\n]+/g, ' ') : text
      const mostBytes = oneLine.length * MAX_CHARACTER_BYTES + 1
      if (mostBytes > block.length - length) flush()
      if (mostBytes > block.length) {
        pack(Buffer.from(`${oneLine}\n`))
      } else {
        length += block.write(oneLine, length)
        block[length] = NEWLINE
        length += 1
      }
      nextLine += 1
    },
    close() {
      flush()
      closeSync(handle)
      return bytes
    }
  }
}
