import { isUtf8 } from 'node:buffer'
import { parseJson } from '../../core'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  MAX_RECORD_BYTES,
  NEWLINE,
  NOT_AN_OBJECT,
  NOT_JSON,
  NOT_UTF8,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  type TextReader,
  type TextSink,
  TOO_LONG
} from './text-reader'

/** The bytes that JSON allows between values. */
const SPACES: readonly number[] = [0x20, 0x09, 0x0d]

/** An object on a line of its own, with the comma or bracket around it. */
const WHOLE_LINE = /^[\s,[]*(\{.*\})[\s,\]]*$/

/** A line without any part of an object. */
const BETWEEN = /^[\s,[\]]*$/

/** How deep a reader is in the text. */
export type Depth = {
  /** The number of braces and brackets that are open, with that of the current object. 0 between objects. */
  depth: number
  /** `escape` is the byte after a backslash. */
  text: 'none' | 'string' | 'escape'
}

/** The place of the reader in the text. */
type State = Depth & {
  /** The current line, from 1. */
  line: number
  /** The number of arrays that are open around the objects. */
  openArrays: number
  /** The line of a value that is not an object, while it is being read. Otherwise 0. */
  strayLine: number
  /** The line on which the current object starts. */
  startLine: number
  /** Whether the current object is too long. It is read to its end, but not kept. */
  isSkipping: boolean
}

/**
 * Creates a reader of JSON arrays, and of objects that take several lines. It finds the start and end of each object, and
 * leaves the rest to `JSON.parse`.
 *
 * A broken object can hide the next ones, because its quotes and braces do not tell where it ends. So the lines of a
 * broken object are searched for complete objects.
 */
export function createValueReader(sink: TextSink): TextReader {
  const state: State = {
    line: 1,
    openArrays: 0,
    strayLine: 0,
    startLine: 1,
    depth: 0,
    text: 'none',
    isSkipping: false
  }
  /** The start of the current object. */
  let kept: Buffer = Buffer.alloc(0)

  function push(chunk: Uint8Array): void {
    const bytes = kept.length === 0 ? Buffer.from(chunk) : Buffer.concat([kept, chunk])
    kept = scan(bytes, kept.length, state, sink)
    if (kept.length > MAX_RECORD_BYTES) giveUp()
  }

  /** Gives up an object that is too long. If it has several lines, it may be a broken one that hides others. */
  function giveUp(): void {
    const bytes = kept
    kept = Buffer.alloc(0)
    const lastNewline = bytes.lastIndexOf(NEWLINE)
    if (lastNewline === -1) {
      state.isSkipping = true
      return
    }
    recover(bytes.toString('utf8', 0, lastNewline), state, sink)
    state.depth = 0
    state.text = 'none'
    push(bytes.subarray(lastNewline + 1))
  }

  return {
    push,
    end() {
      endStray(state, sink)
      if (state.isSkipping) sink.onProblem(state.startLine, TOO_LONG)
      else if (state.depth > 0) recover(kept.toString('utf8'), state, sink)
      else if (state.openArrays > 0) {
        sink.onProblem(state.line, 'The file ends inside its JSON array. It may be cut off.')
      }
    }
  }
}

/**
 * Finds the objects in `bytes`.
 *
 * @param from where the bytes that were not scanned yet start. The ones before are of the current object
 * @returns the bytes of the last object, if it is not complete
 */
function scan(bytes: Buffer, from: number, state: State, sink: TextSink): Buffer {
  let start = 0
  for (let place = from; place < bytes.length; place += 1) {
    const byte = bytes[place]
    if (state.depth > 0) {
      if (readInside(byte, state)) endObject(bytes.subarray(start, place + 1), state, sink)
    } else if (readBetween(byte, state, sink)) {
      start = place
    }
    if (byte === NEWLINE) state.line += 1
  }
  return state.depth === 0 || state.isSkipping ? Buffer.alloc(0) : bytes.subarray(start)
}

/** Reads a byte inside an object. Returns whether it ends the object. */
export function readInside(byte: number, state: Depth): boolean {
  if (state.text === 'escape') {
    state.text = 'string'
  } else if (state.text === 'string') {
    if (byte === BACKSLASH) state.text = 'escape'
    // A string in JSON has no line break, so this one is broken.
    else if (byte === QUOTE || byte === NEWLINE) state.text = 'none'
  } else if (byte === QUOTE) {
    state.text = 'string'
  } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
    state.depth += 1
  } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
    state.depth -= 1
    return state.depth === 0
  }
  return false
}

/** Reads a byte between objects. Returns whether it starts an object. */
function readBetween(byte: number, state: State, sink: TextSink): boolean {
  switch (byte) {
    case OPEN_BRACE:
      endStray(state, sink)
      state.depth = 1
      state.startLine = state.line
      return true
    case OPEN_BRACKET:
      endStray(state, sink)
      state.openArrays += 1
      return false
    case CLOSE_BRACKET:
      endStray(state, sink)
      state.openArrays -= 1
      return false
    case COMMA:
    case NEWLINE:
      endStray(state, sink)
      return false
    default:
      if (state.strayLine === 0 && !SPACES.includes(byte)) state.strayLine = state.line
      return false
  }
}

function endStray(state: State, { onProblem }: TextSink): void {
  if (state.strayLine > 0) onProblem(state.strayLine, NOT_AN_OBJECT)
  state.strayLine = 0
}

function endObject(bytes: Buffer, state: State, sink: TextSink): void {
  const { startLine } = state
  if (state.isSkipping || bytes.length > MAX_RECORD_BYTES) {
    sink.onProblem(startLine, TOO_LONG)
  } else if (!isUtf8(bytes)) {
    sink.onProblem(startLine, NOT_UTF8)
  } else {
    const text = bytes.toString('utf8')
    if (!text.includes('\n') || parseJson(text) !== undefined) sink.onText(text, startLine)
    else recover(text, state, sink)
  }
  state.isSkipping = false
}

/** Searches the lines of a broken object for complete objects. Broken lines in a row are one problem. */
function recover(text: string, state: State, { onText, onProblem }: TextSink): void {
  let wasBroken = false
  for (const [index, line] of text.split('\n').entries()) {
    const whole = WHOLE_LINE.exec(line)?.[1]
    if (whole !== undefined && parseJson(whole) !== undefined) {
      onText(whole, state.startLine + index)
      wasBroken = false
    } else if (BETWEEN.test(line)) {
      if (line.includes(']')) state.openArrays -= 1
    } else {
      if (!wasBroken) onProblem(state.startLine + index, NOT_JSON)
      wasBroken = true
    }
  }
}
