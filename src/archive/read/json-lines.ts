import { isUtf8 } from 'node:buffer'
import { createValueReader } from './json-values'
import { isTooLong, MAX_RECORD_BYTES, NEWLINE, NOT_UTF8, type TextReader, type TextSink, TOO_LONG } from './text-reader'

/** Creates a reader of JSON Lines. Skips empty lines. A line that is too long is read to its end, but not kept. */
export function createLineReader(sink: TextSink): TextReader {
  /** The pieces of the last line. It is not complete. */
  let rest: Uint8Array[] = []
  let restBytes = 0
  let line = 1
  /** Whether the line that is being read is too long. */
  let isSkipping = false

  function keep(bytes: Uint8Array): void {
    if (isSkipping || bytes.length === 0) return
    rest.push(bytes)
    restBytes += bytes.length
    if (restBytes > MAX_RECORD_BYTES) isSkipping = true
    if (isSkipping) rest = []
  }

  /** Ends the line that the earlier chunks have begun. */
  function endRest(bytes: Uint8Array): void {
    keep(bytes)
    if (isSkipping) sink.onProblem(line, TOO_LONG)
    else readLines(rest.length === 1 ? rest[0] : Buffer.concat(rest), line, sink)
    line += 1
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
      if (restBytes > 0) {
        start = chunk.indexOf(NEWLINE) + 1
        endRest(chunk.subarray(0, start - 1))
      }
      if (start <= last) line = readLines(chunk.subarray(start, last), line, sink)
      keep(chunk.subarray(last + 1))
    },
    end() {
      if (restBytes > 0) endRest(new Uint8Array(0))
    }
  }
}

/**
 * Reads complete lines. They are decoded together, because decoding each of them takes several times as long.
 *
 * @param line the number of the first line
 * @returns the number of the line after the last one
 */
function readLines(bytes: Uint8Array, line: number, sink: TextSink): number {
  if (!isUtf8(bytes)) return readBrokenLines(bytes, line, sink)
  let next = line
  for (const text of toText(bytes).split('\n')) {
    readLine(text, next, sink)
    next += 1
  }
  return next
}

/** Reads complete lines one by one, because some are not UTF-8. */
function readBrokenLines(bytes: Uint8Array, line: number, sink: TextSink): number {
  let next = line
  for (let start = 0; start <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline === -1 ? bytes.length : newline
    const one = bytes.subarray(start, end)
    if (isUtf8(one)) readLine(toText(one), next, sink)
    else sink.onProblem(next, NOT_UTF8)
    next += 1
    start = end + 1
  }
  return next
}

function readLine(text: string, line: number, sink: TextSink): void {
  if (isTooLong(text)) sink.onProblem(line, TOO_LONG)
  else if (text.includes('}{')) readJoined(text, line, sink)
  else if (text.length > 0 && text !== '\r') sink.onText(text, line)
}

/** Reads the objects of a line that may have several, because files without a line break at their end were joined. */
function readJoined(text: string, line: number, sink: TextSink): void {
  const texts: string[] = []
  let problems = 0
  const reader = createValueReader({
    onText: (one) => texts.push(one),
    onProblem: () => {
      problems += 1
    }
  })
  reader.push(Buffer.from(text))
  reader.end()
  for (const one of problems > 0 ? [text] : texts) sink.onText(one, line)
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
