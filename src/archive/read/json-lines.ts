import { isUtf8 } from 'node:buffer'
import type { TextReader, TextSink } from './text-reader'
import { MAX_RECORD_BYTES, NOT_UTF8, TOO_LONG } from './text-reader'

const NEWLINE = 0x0a

/**
 * Creates a reader of JSON Lines. Empty lines are skipped. A line that is too long is read to its end and never kept.
 *
 * The lines of a chunk are decoded together, because decoding each of them takes several times as long.
 */
export function createLineReader({ onText, onProblem }: TextSink): TextReader {
  let rest: Uint8Array[] = []
  let restBytes = 0
  let line = 1
  /** Whether the line that is being read is too long. */
  let isSkipping = false

  function readLines(bytes: Uint8Array): void {
    if (isUtf8(bytes)) {
      for (const text of toText(bytes).split('\n')) {
        if (isTooLong(text)) onProblem(line, TOO_LONG)
        else if (text.length > 0 && text !== '\r') onText(text, line)
        line += 1
      }
      return
    }
    for (let start = 0; start <= bytes.length;) {
      const newline = bytes.indexOf(NEWLINE, start)
      const end = newline === -1 ? bytes.length : newline
      const one = bytes.subarray(start, end)
      if (!isUtf8(one)) onProblem(line, NOT_UTF8)
      else if (one.length > 0) onText(toText(one), line)
      line += 1
      start = end + 1
    }
  }

  function keep(bytes: Uint8Array): void {
    if (isSkipping || bytes.length === 0) return
    rest.push(bytes)
    restBytes += bytes.length
    if (restBytes <= MAX_RECORD_BYTES) return
    isSkipping = true
    rest = []
    restBytes = 0
  }

  /** Ends the line that the chunks before have begun. */
  function endRest(bytes: Uint8Array): void {
    keep(bytes)
    if (isSkipping) {
      onProblem(line, TOO_LONG)
      line += 1
    } else {
      readLines(rest.length === 1 ? rest[0] : Buffer.concat(rest))
    }
    isSkipping = false
    rest = []
    restBytes = 0
  }

  return {
    push(chunk) {
      const last = chunk.lastIndexOf(NEWLINE)
      if (last === -1) {
        keep(chunk)
        return
      }
      let start = 0
      if (restBytes > 0 || isSkipping) {
        start = chunk.indexOf(NEWLINE) + 1
        endRest(chunk.subarray(0, start - 1))
      }
      if (start <= last) readLines(chunk.subarray(start, last))
      keep(chunk.subarray(last + 1))
    },
    end() {
      if (restBytes > 0 || isSkipping) endRest(new Uint8Array(0))
    }
  }
}

/** A character takes at most 3 bytes for each unit of its length, so most texts need not be measured. */
function isTooLong(text: string): boolean {
  return text.length * 3 > MAX_RECORD_BYTES && Buffer.byteLength(text) > MAX_RECORD_BYTES
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
