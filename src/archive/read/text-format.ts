/** The format of the records of a file, or the reason why it has none. `start` is the number of bytes to skip. */
export type TextFormat = { ok: true; isLines: boolean; start: number } | { ok: false; reason: string }

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** The first bytes of formats that people use for exports, but that are not supported. */
const OTHER_FORMATS: [start: string, name: string][] = [
  ['PAR1', 'Parquet'],
  ['Obj\x01', 'Avro'],
  ['ORC', 'ORC'],
  ['PK\x03\x04', 'a ZIP file'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['SQLite format 3', 'a SQLite database']
]

/** The control characters that text does not have. */
// eslint-disable-next-line no-control-regex -- these are the characters that it looks for
const CONTROLS = /[\x01-\x08\x0e-\x1a\x1c-\x1f]/

/** A line that starts like JSON. */
const JSON_LINE = /^[\s\0]*(?:\{\s*["}\n]|\[\s*[{\n])/m

/**
 * Detects the format of a decompressed file by its first bytes: an object on each line, an array, or objects of several
 * lines.
 */
export function formatOf(head: Uint8Array): TextFormat {
  const bytes = Buffer.from(head)
  const start = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0
  const latin = bytes.toString('latin1', start)
  const other = OTHER_FORMATS.find(([magic]) => latin.startsWith(magic))
  if (other)
    return { ok: false, reason: `The file is ${other[1]}. Export it as JSON Lines, plain or with gzip or zstd.` }
  if (isUtf16(bytes) || isBinary(latin)) {
    return { ok: false, reason: 'The file is binary, or text in UTF-16. Save it as UTF-8.' }
  }
  // A crash can leave NUL bytes at the start of a file.
  return { ok: true, isLines: !/^[\s\0]*(\[|\{\s*\n)/.test(latin), start }
}

/** Tells whether nearly every second byte is NUL, as in UTF-16. Text in UTF-8 may have a few, which cost their lines. */
function isUtf16(bytes: Buffer): boolean {
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
