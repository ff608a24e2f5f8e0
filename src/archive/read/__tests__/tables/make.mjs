/**
 * Makes the tables beside this file of the events in `events.jsonl`, with the writers that customers have: DuckDB for
 * Parquet and CSV, and the `csv` of Python. Run it in a folder that has DuckDB, which no test needs:
 *
 *     npm install @duckdb/node-api && node /path/to/make.mjs
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const { DuckDBInstance } = createRequire(path.join(process.cwd(), 'x.js'))('@duckdb/node-api')
const FOLDER = import.meta.dirname
const CALLS = { track: 'tracks', page: 'pages', identify: 'identifies' }

/** Writes names as Segment's warehouses do. */
const toSnakeCase = (name) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^\w]+/g, '_')
    .toLowerCase()
const toTime = (time) => time.replace('T', ' ').replace('Z', '')
const quote = (text) => `'${text.replaceAll("'", "''")}'`

/** Returns the columns that Segment's warehouses have for every call. */
function toColumns({ messageId, anonymousId, userId, receivedAt, timestamp, context, event, type }) {
  return {
    id: messageId,
    anonymous_id: anonymousId,
    user_id: userId ?? null,
    received_at: toTime(receivedAt),
    timestamp: toTime(timestamp),
    original_timestamp: toTime(timestamp),
    context_page_path: context.page.path,
    context_page_title: context.page.title,
    context_library_name: context.library.name,
    context_user_agent: context.userAgent,
    ...(type === 'track' && { event: toSnakeCase(event), event_text: event })
  }
}

const toCell = (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
const toRow = (call) => {
  const own = Object.entries(call.properties ?? call.traits).map(([key, value]) => [toSnakeCase(key), toCell(value)])
  return { ...toColumns(call), ...Object.fromEntries(own) }
}

const events = readFileSync(path.join(FOLDER, 'events.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

/** The rows of each table, with all columns. */
const tables = new Map()
function add(table, row) {
  tables.set(table, [...(tables.get(table) ?? []), row])
}
for (const event of events) {
  if (event.type === 'track') {
    add('tracks', toColumns(event))
    add(toSnakeCase(event.event), toRow(event))
  } else {
    add(CALLS[event.type], toRow(event))
  }
}
tables.set('users', [{ id: 'u_1', email: 'a@example.com', received_at: '2026-10-01 00:00:00' }])

const connection = await (await DuckDBInstance.create()).connect()

/** Loads rows as a table with the types of a warehouse. */
async function load(table, rows) {
  const columns = [...new Set(rows.flatMap(Object.keys))]
  const typeOf = (column) => {
    if (['received_at', 'timestamp', 'original_timestamp'].includes(column)) return 'TIMESTAMP'
    const values = rows.map((row) => row[column]).filter((value) => value !== undefined && value !== null)
    if (values.every((value) => Number.isInteger(value))) return 'BIGINT'
    if (values.every((value) => typeof value === 'number')) return 'DOUBLE'
    return values.every((value) => typeof value === 'boolean') ? 'BOOLEAN' : 'VARCHAR'
  }
  const toSql = (value) =>
    value === undefined || value === null ? 'NULL' : typeof value === 'string' ? quote(value) : String(value)
  await connection.run(
    `CREATE OR REPLACE TABLE ${table} (${columns.map((name) => `"${name}" ${typeOf(name)}`).join(', ')})`
  )
  for (const row of rows) {
    await connection.run(`INSERT INTO ${table} VALUES (${columns.map((name) => toSql(row[name])).join(', ')})`)
  }
}

const FORMATS = {
  'parquet-snappy': ['parquet', 'FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 2048'],
  'parquet-gzip': ['parquet', 'FORMAT parquet, COMPRESSION gzip'],
  'parquet-zstd': ['parquet', 'FORMAT parquet, COMPRESSION zstd'],
  csv: ['csv', 'FORMAT csv, HEADER']
}

for (const format of [...Object.keys(FORMATS), 'python-csv']) {
  rmSync(path.join(FOLDER, format), { recursive: true, force: true })
  mkdirSync(path.join(FOLDER, format))
}
for (const [table, rows] of tables) {
  await load(table, rows)
  for (const [format, [extension, options]] of Object.entries(FORMATS)) {
    await connection.run(`COPY ${table} TO ${quote(path.join(FOLDER, format, `${table}.${extension}`))} (${options})`)
  }
}

// One table of all calls, as tools write it that flatten nothing.
const whole = events.map((event) =>
  Object.fromEntries(Object.entries(event).map(([key, value]) => [key, toCell(value)]))
)
await load(
  'calls',
  whole.map(({ receivedAt, timestamp, ...event }) => ({ ...event, receivedAt, timestamp }))
)
await connection.run(`COPY calls TO ${quote(path.join(FOLDER, 'calls.parquet'))} (FORMAT parquet, COMPRESSION zstd)`)

// The types that only Parquet has.
await connection.run(`COPY (
  SELECT 'm_typed' AS message_id, 'a_1' AS anonymous_id, 9007199254740993::BIGINT AS big, 12::BIGINT AS small,
    12.50::DECIMAL(10, 2) AS price, true AS is_gift, 'text'::BLOB AS bytes, DATE '2026-10-02' AS day,
    TIMESTAMPTZ '2026-10-01 02:00:00+02' AS received_at, TIMESTAMP_NS '2026-10-01 00:00:00.5' AS timestamp,
    [{'sku': 'p_1', 'quantity': 2::BIGINT}] AS products, {'path': '/home'} AS page, NULL AS nothing
) TO ${quote(path.join(FOLDER, 'order_completed.parquet'))} (FORMAT parquet)`)

const PYTHON = `
import csv, json, sys
for table, rows in json.load(sys.stdin).items():
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with open(f"{sys.argv[1]}/{table}.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
`
execFileSync('python3', ['-c', PYTHON, path.join(FOLDER, 'python-csv')], {
  input: JSON.stringify(Object.fromEntries(tables)),
  stdio: ['pipe', 'inherit', 'inherit']
})
