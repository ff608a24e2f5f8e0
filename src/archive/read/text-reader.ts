/** Gets the JSON text of each record, or the reason why it cannot be read, with the line on which it starts. */
export type TextSink = {
  onText: (text: string, line: number) => void
  onProblem: (line: number, reason: string) => void
}

/** Splits the bytes of a file into records. */
export type TextReader = {
  push: (chunk: Uint8Array) => void
  /** Reads the rest. Called once, after the last chunk. */
  end: () => void
}

/** The longest record. Segment accepts events of at most 32 KB. Other tools write larger ones, but not of this size. */
export const MAX_RECORD_BYTES = 1024 * 1024

/** Tells whether a record is too long. A character takes at most 3 bytes for each unit of its length, so most need not be measured. */
export function isTooLong(text: string): boolean {
  return text.length * 3 > MAX_RECORD_BYTES && Buffer.byteLength(text) > MAX_RECORD_BYTES
}

export const TOO_LONG = 'It is longer than 1 MB.'
export const NOT_UTF8 = 'It is not text in UTF-8.'
export const NOT_JSON = 'It is not valid JSON.'
export const NOT_AN_OBJECT = 'It is not a JSON object.'

/** The bytes that the readers of JSON look for. */
export const QUOTE = 0x22
export const COMMA = 0x2c
export const COLON = 0x3a
export const OPEN_BRACKET = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_BRACKET = 0x5d
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d
export const NEWLINE = 0x0a
