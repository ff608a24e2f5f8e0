/** How the records of a file are written, or why it holds none. `start` is how many bytes to skip. */
export type TextFormat = { ok: true; isLines: boolean; start: number } | { ok: false; reason: string }

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** The first bytes of formats that people export events to, or pack them with. */
const OTHER_FORMATS: [start: string, name: string][] = [
  ['PAR1', 'Parquet'],
  ['Obj\x01', 'Avro'],
  ['ORC', 'ORC'],
  ['PK\x03\x04', 'a ZIP file'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['SQLite format 3', 'a SQLite database']
]

/**
 * Tells the format of a decompressed file by its first bytes: objects line by line, or an array or objects that take
 * several lines each.
 */
export function formatOf(head: Uint8Array): TextFormat {
  const bytes = Buffer.from(head)
  const start = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0
  const latin = bytes.toString('latin1', start)
  const other = OTHER_FORMATS.find(([magic]) => latin.startsWith(magic))
  if (other)
    return { ok: false, reason: `The file is ${other[1]}. Export it as JSON Lines, plain or with gzip or zstd.` }
  if (latin.includes('\0')) return { ok: false, reason: 'The file is binary, or text in UTF-16. Save it as UTF-8.' }
  return { ok: true, isLines: !/^\s*(\[|\{\s*\n)/.test(latin), start }
}
