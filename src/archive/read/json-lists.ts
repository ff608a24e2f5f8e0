import { createValueReader, type Depth, readInside } from './json-values'
import { LIST_KEYS } from './text-format'
import { COLON, NEWLINE, OPEN_BRACKET, QUOTE, type TextReader, type TextSink } from './text-reader'

const NEWLINES = Buffer.of(NEWLINE)

const LONGEST_KEY = Math.max(...LIST_KEYS.map((key) => key.length))

/** The place of the reader in the text. */
type State = Depth & {
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
        readByte(byte, state)
        if (isPassing) {
          if (state.depth > 1) continue
          values.push(chunk.subarray(start, at + 1))
          isPassing = false
        } else {
          if (byte === NEWLINE) values.push(NEWLINES)
          isPassing =
            byte === OPEN_BRACKET && state.depth === 2 && state.text === 'none' && LIST_KEYS.includes(state.key)
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

function readByte(byte: number, state: State): void {
  const { depth, text } = state
  readInside(byte, state)
  if (state.depth < 0) state.depth = 0
  if (depth !== 1) return
  if (text === 'none') {
    if (byte === QUOTE) state.last = ''
    else if (byte === COLON) state.key = state.last
  } else if (text === 'string' && state.text === 'string' && state.last.length <= LONGEST_KEY) {
    state.last += String.fromCharCode(byte)
  }
}
