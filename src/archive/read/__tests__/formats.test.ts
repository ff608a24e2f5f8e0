import { gzipSync } from 'node:zlib'
import type { ArchiveRecord } from '..'
import { readSource } from './read-source'

const SOURCE = { kind: 'file', name: 'events.jsonl', path: 'events.jsonl', size: 0 } as const

const EVENTS = ['m_1', 'm_2', 'm_3'].map((messageId) => ({
  type: 'track',
  event: 'Product Clicked',
  messageId,
  properties: { name: 'Ünïcödé "}{" \\', products: [{ sku: 'a' }, {}] }
}))

const TEXTS = EVENTS.map((event) => JSON.stringify(event))

/** Reads bytes in chunks of a size. */
async function read(bytes: Uint8Array, size = bytes.length): Promise<ArchiveRecord[]> {
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += size) {
      yield await Promise.resolve(bytes.subarray(start, start + size))
    }
  }
  const records: ArchiveRecord[] = []
  for await (const batch of readSource(SOURCE, { open: () => Promise.resolve(chunks()) })) {
    records.push(...batch.records)
  }
  return records
}

const swap = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16()

const LAYOUTS: [name: string, bytes: Buffer, lines: number[]][] = [
  ['objects behind each other, as Firehose writes them', Buffer.from(TEXTS.join('')), [1, 1, 1]],
  ['objects behind each other with spaces', Buffer.from(TEXTS.join(' ')), [1, 1, 1]],
  ['joined files without a line break between them', Buffer.from(`${TEXTS[0]}\n${TEXTS[1]}${TEXTS[2]}`), [1, 2, 2]],
  ['an object with data', Buffer.from(JSON.stringify({ data: EVENTS })), [1, 1, 1]],
  [
    'an object with data behind other keys',
    Buffer.from(JSON.stringify({ meta: { data: [1], page: '"[' }, next: null, data: EVENTS, count: 3 }, null, 2)),
    [10, 24, 38]
  ],
  [
    'a batch of the Tracking API',
    Buffer.from(JSON.stringify({ sentAt: '2026-01-31T12:00:00Z', batch: EVENTS, writeKey: 'key' })),
    [1, 1, 1]
  ],
  [
    'a batch on each line',
    Buffer.from(EVENTS.map((event) => JSON.stringify({ batch: [event], writeKey: 'batch' })).join('\n')),
    [1, 2, 3]
  ],
  ['lines that end with a carriage return', Buffer.from(`${TEXTS.join('\r')}\r`), [1, 2, 3]],
  ['an array with carriage returns', Buffer.from(`[\r${TEXTS.join(',\r')}\r]`), [2, 3, 4]],
  ['UTF-16 of Windows', Buffer.from(`\ufeff${TEXTS.join('\r\n')}\r\n`, 'utf16le'), [1, 2, 3]],
  ['UTF-16 of the other byte order', swap(Buffer.from(`\ufeff${TEXTS.join('\n')}`, 'utf16le')), [1, 2, 3]],
  ['an array in UTF-16', Buffer.from(`\ufeff${JSON.stringify(EVENTS)}`, 'utf16le'), [1, 1, 1]]
]

test.each(LAYOUTS)('events are read from %s', async (_, bytes, lines) => {
  const expected = EVENTS.map((event, index) => ({ ok: true, line: lines[index], event }))
  for (const size of [bytes.length, 7, 1]) expect(await read(bytes, size)).toMatchObject(expected)
  expect(await read(gzipSync(bytes))).toMatchObject(expected)
})

test('objects of several kilobytes behind each other are read', async () => {
  const events = EVENTS.map((event) => ({ ...event, properties: { text: 'x'.repeat(30_000) } }))
  expect(await read(Buffer.from(events.map((event) => JSON.stringify(event)).join('')))).toMatchObject(
    events.map((event) => ({ ok: true, event }))
  )
})

test('a broken line with several objects costs one problem', async () => {
  expect(await read(Buffer.from(`${TEXTS[0]}\n${TEXTS[1]}{"type":"track\n${TEXTS[2]}`))).toMatchObject([
    { ok: true, line: 1 },
    { ok: false, line: 2, reason: 'It is not valid JSON.' },
    { ok: true, line: 3 }
  ])
})

test.each([
  ['inside its list', 53, 'The file ends inside its JSON array. It may be cut off.'],
  ['behind its list', 5, 'The file ends inside its JSON object. It may be cut off.']
])('an object with data that is cut off %s is read up to the cut', async (_, cut, reason) => {
  const bytes = Buffer.from(JSON.stringify({ data: [...EVENTS, 1, 2, 3], next: 'x'.repeat(40) }))
  const records = await read(bytes.subarray(0, bytes.length - cut))
  expect(records.filter(({ ok }) => ok)).toHaveLength(3)
  expect(records.at(-1)).toMatchObject({ ok: false, reason })
})

test.each([
  ['Avro', 'Obj\x01', 'The file is Avro.', 'read_avro'],
  ['ORC', 'ORC', 'The file is ORC.', 'pyarrow.orc'],
  ['ZIP', 'PK\x03\x04', 'The file is a ZIP file.', 'unzip events.zip'],
  ['bzip2', 'BZh91AY', 'The file is bzip2.', 'bunzip2 -k'],
  ['xz', '\xfd7zXZ\0', 'The file is xz.', 'unxz -k'],
  ['lz4', '\x04\x22\x4d\x18', 'The file is lz4.', 'lz4 -d'],
  ['snappy', '\xff\x06\x00\x00sNaPpY', 'The file is snappy.', 'snzip -d'],
  ['7-Zip', '7z\xbc\xaf\x27\x1c', 'The file is 7-Zip.', '7z x'],
  ['tar', `events.jsonl${'\0'.repeat(245)}ustar`, 'The file is a tar archive.', 'tar -xf'],
  ['SQLite', 'SQLite format 3\0', 'The file is a SQLite database.', 'sqlite3 -csv'],
  ['UTF-16 without a mark', '{\0"\0t\0y\0', 'The file is text in UTF-16', 'iconv -f UTF-16LE']
])('a refusal names the format %s and the command that helps', async (_, head, name, command) => {
  const [record, ...others] = await read(Buffer.from(head, 'latin1'))
  expect(others).toEqual([])
  expect(record).toMatchObject({ ok: false, line: 0, reason: expect.stringContaining(name) as string })
  expect(record).toMatchObject({ reason: expect.stringContaining(command) as string })
})
