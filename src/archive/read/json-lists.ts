import { createValueReader } from './json-values'
import { LIST_KEYS } from './text-format'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  type TextReader,
  type TextSink
} from './text-reader'

const NEWLINES = Buffer.of(NEWLINE)

const LONGEST_KEY = Math.max(...LIST_KEYS.map((key) => key.length))

/** The place of the reader in the text. */
type State = {
  depth: number
  /** `escape` is the byte after a backslash. */
  text: 'none' | 'string' | 'escape'
  /** The string that was read last at the top of the object. It is cut off if it is longer than any key of a list. */
  last: string
  /** The key whose value is being read. */
  key: string
}

/**
 * Creates a reader of JSON objects around lists of events, such as `{"meta": {…}, "data": […]}`. It passes the lists to
 * the reader of values, with all line breaks, so that the lines stay the same.
 */
export function createListReader(sink: TextSink): TextReader {
  const values = createValueReader(sink)
  const state: State = { depth: 0, text: 'none', last: '', key: '' }
  let line = 1
  let isPassing = false

  return {
    push(chunk) {
      let start = 0
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at]
        if (byte === NEWLINE) line += 1
        if (isPassing) {
          readByte(byte, state)
          if (state.depth > 1) continue
          values.push(chunk.subarray(start, at + 1))
          isPassing = false
        } else {
          readByte(byte, state)
          if (byte === NEWLINE) values.push(NEWLINES)
          isPassing = byte === OPEN_BRACKET && state.depth === 2 && state.text === 'none' && isListKey(state)
          start = at
        }
      }
      if (isPassing) values.push(chunk.subarray(start))
    },
    end() {
      values.end()
      if (!isPassing && state.depth > 0) {
        sink.onProblem(line, 'The file ends inside its JSON object. It may be cut off.')
      }
    }
  }
}

function isListKey({ key }: State): boolean {
  return LIST_KEYS.includes(key)
}

function readByte(byte: number, state: State): void {
  if (state.text === 'escape') {
    state.text = 'string'
  } else if (state.text === 'string') {
    if (byte === BACKSLASH) state.text = 'escape'
    // A string in JSON has no line break, so this one is broken.
    else if (byte === QUOTE || byte === NEWLINE) state.text = 'none'
    else if (state.depth === 1 && state.last.length <= LONGEST_KEY) state.last += String.fromCharCode(byte)
  } else if (byte === QUOTE) {
    state.text = 'string'
    if (state.depth === 1) state.last = ''
  } else if (byte === COLON) {
    if (state.depth === 1) state.key = state.last
  } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
    state.depth += 1
  } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
    state.depth = Math.max(0, state.depth - 1)
  }
}
