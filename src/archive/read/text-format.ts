/**
 * The format of the records of a file, or the reason why it has none.
 *
 * - `lines`: a JSON object on each line
 * - `values`: JSON arrays, or objects behind each other
 * - `lists`: JSON objects with a list of events each, such as `{"batch": […]}`
 * - `parquet`: rows in the binary format of data lakes
 * - `csv`: rows with the names of their columns before them
 */
export type TextFormat =
  | { ok: true; kind: 'lines' | 'values' | 'lists'; start: number; hasOnlyReturns: boolean }
  | { ok: true; kind: 'csv'; delimiter: string }
  | { ok: true; kind: 'parquet' }
  | { ok: false; reason: string }

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** The control characters that text does not have. */
// eslint-disable-next-line no-control-regex -- these are the characters that it looks for
const CONTROLS = /[\x01-\x08\x0e-\x1a\x1c-\x1f]/

/** A line that starts like JSON. */
const JSON_LINE = /^[\s\0]*(?:\{\s*["}\n]|\[\s*[{\n])/m

/** The keys under which other tools put a list of events. */
export const LIST_KEYS: readonly string[] = ['batch', 'data', 'events', 'records', 'results', 'rows']

/** The keys that an event has, but an object around a list of events has not. */
const EVENT_KEYS: readonly string[] = ['type', 'event', 'messageId', 'properties']

/**
 * Detects the format of a decompressed file by its first bytes.
 *
 * @param head enough bytes for a whole event, because they show whether another one follows on the same line
 */
export function formatOf(head: Uint8Array): TextFormat {
  const bytes = Buffer.from(head)
  const start = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0
  const latin = bytes.toString('latin1', start)
  if (latin.startsWith('PAR1')) return { ok: true, kind: 'parquet' }
  const refusal = refuseOther(latin)
  if (refusal !== undefined) return { ok: false, reason: refusal }
  if (isUtf16(bytes)) {
    return {
      ok: false,
      reason:
        'The file is text in UTF-16 without a byte order mark. Convert it: iconv -f UTF-16LE -t UTF-8 events.jsonl > utf8.jsonl'
    }
  }
  if (isBinary(latin)) return { ok: false, reason: 'The file is binary. Export it as JSON Lines, CSV or Parquet.' }
  const hasOnlyReturns = !latin.includes('\n') && /\r[^\n]/.test(latin)
  const text = hasOnlyReturns ? latin.replaceAll('\r', '\n') : latin
  const delimiter = delimiterOf(text)
  return delimiter === undefined
    ? { ok: true, kind: kindOf(text), start, hasOnlyReturns }
    : { ok: true, kind: 'csv', delimiter }
}

const DELIMITERS = [',', ';', '\t', '|']

/** The name of a column. */
const COLUMN = /^ *("?)[\w$\x80-\xff][\w$\x80-\xff. -]*\1 *$/

/** Returns what is between the names of columns, or undefined if the text does not start with such names. */
function delimiterOf(text: string): string | undefined {
  const [header, row = ''] = text.trimStart().split(/\r?\n/, 2)
  // A broken line may come before lines of JSON.
  if (/^[[{]/.test(header) || /^\s*[[{]/.test(row)) return undefined
  return DELIMITERS.find((delimiter) => {
    const names = header.split(delimiter)
    return names.length > 1 && names.every((name) => COLUMN.test(name))
  })
}

/** A string, a bracket, or what is around them. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|[{}[\]\n]/g

/** Looks at the first object of a text: whether it is around a list of events, and whether another one follows on its line. */
function kindOf(text: string): 'lines' | 'values' | 'lists' {
  // A crash can leave NUL bytes at the start of a file.
  const otherwise = /^[\s\0]*(\[|\{\s*\n)/.test(text) ? 'values' : 'lines'
  if (!/^[\s\0]*\{/.test(text)) return otherwise
  let depth = 0
  let isEvent = false
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      depth += 1
    } else if (token === '}' || token === ']') {
      depth -= 1
      if (depth === 0) return /^[ \t]*\{/.test(text.slice(index + 1, index + 100)) ? 'values' : otherwise
    } else if (depth === 1 && token !== '\n') {
      const rest = text.slice(index + token.length, index + token.length + 100)
      const key = token.slice(1, -1)
      if (EVENT_KEYS.includes(key) && /^\s*:/.test(rest)) isEvent = true
      if (!isEvent && LIST_KEYS.includes(key) && /^\s*:\s*\[\s*(?:\{|$)/.test(rest)) return 'lists'
    }
  }
  return otherwise
}

/** Tells whether nearly every second byte is NUL, as in UTF-16. Text in UTF-8 may have a few, which cost their lines. */
function isUtf16(bytes: Buffer): boolean {
  if (!bytes.includes(0)) return false
  const zeros = [0, 0]
  bytes.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] += 1
  })
  const [fewer, more] = zeros.sort((one, other) => one - other)
  return more > bytes.length / 4 && fewer < more / 2
}

function isBinary(latin: string): boolean {
  return latin.includes('\0') && CONTROLS.test(latin) && !JSON_LINE.test(latin)
}

/**
 * Formats that people use for exports, but that are not supported: the first bytes, one for each character, or those at
 * `offset`, and what the reader can do, as a whole sentence.
 */
const OTHER_FORMATS: { magic: string; offset?: number; name: string; help: string }[] = [
  { magic: 'PARE', name: 'encrypted Parquet', help: 'Write it without encryption, with the tool that has its key.' },
  {
    magic: 'Obj\x01',
    name: 'Avro',
    help: `Convert it: duckdb -c "INSTALL avro; LOAD avro; COPY (FROM read_avro('events.avro')) TO 'events.parquet'"`
  },
  {
    magic: 'ORC',
    name: 'ORC',
    help: `Convert it: python3 -c "import pyarrow.orc as o, pyarrow.parquet as p; p.write_table(o.read_table('events.orc'), 'events.parquet')"`
  },
  { magic: 'PK\x03\x04', name: 'a ZIP file', help: 'Unpack it: unzip events.zip' },
  { magic: 'BZh', name: 'bzip2', help: 'Decompress it: bunzip2 -k events.jsonl.bz2' },
  { magic: '\xfd7zXZ', name: 'xz', help: 'Decompress it: unxz -k events.jsonl.xz' },
  { magic: '\x04\x22\x4d\x18', name: 'lz4', help: 'Decompress it: lz4 -d events.jsonl.lz4 events.jsonl' },
  { magic: '\xff\x06\x00\x00sNaPpY', name: 'snappy', help: 'Decompress it: snzip -d events.jsonl.sz' },
  { magic: '7z\xbc\xaf\x27\x1c', name: '7-Zip', help: 'Unpack it: 7z x events.7z' },
  { magic: 'ustar', offset: 257, name: 'a tar archive', help: 'Unpack it: tar -xf events.tar' },
  {
    magic: 'SQLite format 3',
    name: 'a SQLite database',
    help: 'Export its table: sqlite3 -csv -header events.db "SELECT * FROM order_completed" > order_completed.csv'
  }
]

/**
 * Returns why a file cannot be read, with the command that helps, if it is in a known format that is not supported.
 *
 * @param latin the first bytes of the file, one for each character
 */
function refuseOther(latin: string): string | undefined {
  const other = OTHER_FORMATS.find(({ magic, offset = 0 }) => latin.startsWith(magic, offset))
  return other && `The file is ${other.name}. ${other.help}`
}
