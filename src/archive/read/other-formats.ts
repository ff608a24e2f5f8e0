/** A format that is not read, and what its reader can do. */
type OtherFormat = {
  /** The first bytes, one for each character, or those at `offset`. */
  magic: string
  offset?: number
  name: string
  /** A whole sentence. */
  help: string
}

/** The first bytes of formats that people use for exports, but that are not supported. */
const OTHER_FORMATS: OtherFormat[] = [
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
export function refuseOther(latin: string): string | undefined {
  const other = OTHER_FORMATS.find(({ magic, offset = 0 }) => latin.startsWith(magic, offset))
  return other && `The file is ${other.name}. ${other.help}`
}
