import { isUtf8 } from 'node:buffer'
import type { TextReader, TextSink } from './text-reader'
import { MAX_RECORD_BYTES, NOT_AN_OBJECT, NOT_JSON, NOT_UTF8, TOO_LONG } from './text-reader'

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const NEWLINE = 0x0a

/** An object on a line of its own, with the comma or bracket around it. */
const WHOLE_LINE = /^[\s,[]*(\{.*\})[\s,\]]*$/

/** A line without anything of an object. */
const BETWEEN = /^[\s,[\]]*$/

/**
 * Creates a reader of the objects of JSON arrays, and of objects that take several lines. It finds where an object starts
 * and ends, and leaves the rest to `JSON.parse`.
 *
 * A broken object can hide those behind it, because its quotes and braces do not tell where it ends. So when an object
 * turns out to be broken, its lines are searched for whole objects.
 */
export function createValueReader({ onText, onProblem }: TextSink): TextReader {
  let buffer: Buffer = Buffer.alloc(0)
  let line = 1
  let startLine = 1
  let depth = 0
  let openArrays = 0
  let isInString = false
  let isEscaped = false
  /** Whether an object is too long, and is read to its end without being kept. */
  let isSkipping = false
  /** The line of a value that is not an object, while it is being read. */
  let strayLine = 0

  function endStray(): void {
    if (strayLine > 0) onProblem(strayLine, NOT_AN_OBJECT)
    strayLine = 0
  }

  function endObject(bytes: Buffer): void {
    if (isSkipping || bytes.length > MAX_RECORD_BYTES) onProblem(startLine, TOO_LONG)
    else if (!isUtf8(bytes)) onProblem(startLine, NOT_UTF8)
    else readText(bytes.toString('utf8'))
    isSkipping = false
  }

  function readText(text: string): void {
    if (!text.includes('\n') || isJson(text)) onText(text, startLine)
    else searchLines(text)
  }

  function searchLines(text: string): void {
    let wasBroken = false
    text.split('\n').forEach((each, index) => {
      const whole = WHOLE_LINE.exec(each)?.[1]
      if (whole !== undefined && isJson(whole)) {
        onText(whole, startLine + index)
        wasBroken = false
        return
      }
      if (BETWEEN.test(each)) {
        if (each.includes(']')) openArrays -= 1
        return
      }
      if (!wasBroken) onProblem(startLine + index, NOT_JSON)
      wasBroken = true
    })
  }

  /** Reads a byte inside an object. Returns whether it ends the object. */
  function readInside(byte: number): boolean {
    if (isInString) {
      if (isEscaped) isEscaped = false
      else if (byte === BACKSLASH) isEscaped = true
      // Text in JSON has no line break, so the string was broken before.
      else if (byte === QUOTE || byte === NEWLINE) isInString = false
      return false
    }
    if (byte === QUOTE) isInString = true
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1
    return depth === 0
  }

  /** Reads a byte between objects. Returns whether an object starts. */
  function readBetween(byte: number): boolean {
    if (byte === OPEN_BRACE) {
      endStray()
      depth = 1
      startLine = line
      return true
    }
    if (byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET || byte === NEWLINE) {
      endStray()
      if (byte === OPEN_BRACKET) openArrays += 1
      if (byte === CLOSE_BRACKET) openArrays -= 1
    } else if (byte > 0x20 && strayLine === 0) {
      strayLine = line
    }
    return false
  }

  /** Gives up an object that has grown too long. If it has several lines, a broken one may have hidden the others. */
  function giveUp(bytes: Buffer): Buffer {
    const lastNewline = bytes.lastIndexOf(NEWLINE)
    if (lastNewline === -1) {
      isSkipping = true
      return Buffer.alloc(0)
    }
    searchLines(bytes.toString('utf8', 0, lastNewline))
    depth = 0
    isInString = false
    isEscaped = false
    return bytes.subarray(lastNewline + 1)
  }

  function scan(bytes: Buffer, from: number): void {
    let start = depth > 0 && !isSkipping ? 0 : -1
    for (let place = from; place < bytes.length; place += 1) {
      const byte = bytes[place]
      if (depth > 0) {
        if (readInside(byte)) {
          endObject(bytes.subarray(Math.max(start, 0), place + 1))
          start = -1
        }
      } else if (readBetween(byte)) {
        start = place
      }
      if (byte === NEWLINE) line += 1
    }
    buffer = start === -1 || depth === 0 ? Buffer.alloc(0) : bytes.subarray(start)
  }

  return {
    push(chunk) {
      const from = buffer.length
      scan(from === 0 ? Buffer.from(chunk) : Buffer.concat([buffer, chunk]), from)
      if (buffer.length <= MAX_RECORD_BYTES) return
      const rest = giveUp(buffer)
      buffer = Buffer.alloc(0)
      if (rest.length === 0) return
      const newlines = countNewlines(rest)
      line -= newlines
      scan(Buffer.from(rest), 0)
    },
    end() {
      endStray()
      if (isSkipping) onProblem(startLine, TOO_LONG)
      else if (depth > 0) searchLines(buffer.toString('utf8'))
      else if (openArrays > 0) onProblem(line, 'The file ends inside its JSON array. It may be cut off.')
    }
  }
}

function countNewlines(bytes: Buffer): number {
  let count = 0
  for (let place = bytes.indexOf(NEWLINE); place !== -1; place = bytes.indexOf(NEWLINE, place + 1)) count += 1
  return count
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
