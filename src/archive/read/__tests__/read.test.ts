import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { listSources, readInOrder } from '..'
import type { ArchiveBatch, ArchiveRecord } from '..'
import { readSource } from './read-source'
import { PATIENCE, runs } from '../../../../test/support/runs'

jest.setTimeout(PATIENCE)

const SOURCE = { kind: 'file', name: 'events.jsonl', path: 'events.jsonl', size: 0 } as const

const clicked = (messageId: string, more: object = {}) => ({
  type: 'track',
  event: 'Product Clicked',
  messageId,
  anonymousId: 'u_1',
  timestamp: '2026-01-31T12:00:00.000Z',
  receivedAt: '2026-01-31T12:00:01.000Z',
  ...more
})

/** Returns the records that the reader finds in these chunks. */
async function read(chunks: Uint8Array[] | AsyncIterable<Uint8Array>): Promise<ArchiveRecord[]> {
  const batches: ArchiveBatch[] = []
  const open = () => Promise.resolve(Array.isArray(chunks) ? toStream(chunks) : chunks)
  for await (const batch of readSource(SOURCE, { open })) batches.push(batch)
  return batches.flatMap(({ records }) => records)
}

async function* toStream(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}

const readText = (text: string) => read([Buffer.from(text)])

const lines = (...values: unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n')

/** Splits bytes at these places. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...new Set([...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

/** Packs bytes as zstd with stored blocks, because Node 20 cannot compress zstd. Source: RFC 8878, section 3.1.1. */
function storeAsZstd(bytes: Uint8Array): Buffer {
  const size = 1_000
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38])]
  for (let start = 0; start === 0 || start < bytes.length; start += size) {
    const block = bytes.subarray(start, start + size)
    const header = Buffer.alloc(3)
    header.writeUIntLE((block.length << 3) | (start + size >= bytes.length ? 1 : 0), 0, 3)
    parts.push(header, Buffer.from(block))
  }
  return Buffer.concat(parts)
}

const anyEvents = fc.array(
  fc.record({
    type: fc.constantFrom('track', 'page', 'identify'),
    messageId: fc.uuid(),
    event: fc.string({ unit: 'grapheme' }),
    timestamp: fc.constant('2026-01-31T12:00:00Z'),
    properties: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
  }),
  { minLength: 1, maxLength: 30 }
)

const toPack = {
  plain: (bytes: Buffer) => bytes,
  gzip: (bytes: Buffer) => gzipSync(bytes),
  'gzip of several members': (bytes: Buffer) =>
    Buffer.concat([gzipSync(bytes.subarray(0, bytes.length >> 1)), gzipSync(bytes.subarray(bytes.length >> 1))]),
  zstd: storeAsZstd,
  'zstd of several frames': (bytes: Buffer) =>
    Buffer.concat([storeAsZstd(bytes.subarray(0, bytes.length >> 1)), storeAsZstd(bytes.subarray(bytes.length >> 1))])
}

const toText = {
  'JSON Lines': (events: unknown[]) => lines(...events),
  'JSON Lines of Windows': (events: unknown[]) => `\ufeff${lines(...events).replaceAll('\n', '\r\n')}\r\n`,
  'an array': (events: unknown[]) => JSON.stringify(events),
  'an array with a line for each event': (events: unknown[]) =>
    `[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n`,
  'an indented array': (events: unknown[]) => JSON.stringify(events, null, 2),
  'indented objects': (events: unknown[]) => events.map((event) => JSON.stringify(event, null, 2)).join('\n')
}

describe('An archive gives the same events', () => {
  test('an archive gives the same events in any format, with any compression, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvents,
        fc.constantFrom(...Object.values(toText)),
        fc.constantFrom(...Object.values(toPack)),
        fc.array(fc.nat(), { maxLength: 20 }),
        async (events, write, pack, places) => {
          const records = await read(cut(pack(Buffer.from(write(events))), places))
          expect(records).toHaveLength(events.length)
          records.forEach((record, index) => {
            expect(record).toMatchObject({ ok: true, event: JSON.parse(JSON.stringify(events[index])) as object })
          })
        }
      ),
      runs(300)
    )
  })

  test('a gzip file is read in chunks of one byte', async () => {
    const bytes = gzipSync(lines(clicked('m_1'), clicked('m_2', { event: 'Ünïcödé 😀' })))
    const records = await read([...bytes].map((byte) => Buffer.from([byte])))
    expect(records).toMatchObject([
      { ok: true, line: 1, event: clicked('m_1') },
      { ok: true, line: 2, event: clicked('m_2', { event: 'Ünïcödé 😀' }) }
    ])
  })
})

describe('A broken record is reported, and the others are read,', () => {
  test('a broken line anywhere in JSON Lines costs only itself', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvents,
        fc.nat(),
        fc.constantFrom('{"type":"track"', '{"type":"track","event":"a', 'null', '[1]', '42', 'a,b,c', '{}', '}{'),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (events, place, broken, places) => {
          const at = place % (events.length + 1)
          const texts = events.map((event) => JSON.stringify(event))
          // The first line shows the format of the file, so the broken line is never the only one.
          const records = await read(cut(Buffer.from(lines(...texts.slice(0, at), broken, ...texts.slice(at))), places))
          expect(records.filter(({ ok }) => ok)).toHaveLength(events.length)
          expect(records.filter(({ ok }) => !ok)).toEqual([
            { file: 'events.jsonl', ok: false, line: at + 1, reason: expect.any(String) as string }
          ])
        }
      ),
      runs(300)
    )
  })

  test('a broken line in an array with a line for each event costs only itself', async () => {
    const text = `[\n${[clicked('m_1'), '{"type": "track", "event": "cut', clicked('m_3')].map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(',\n')}\n]`
    expect(await readText(text)).toMatchObject([
      { ok: true, line: 2, event: { messageId: 'm_1' } },
      { file: 'events.jsonl', ok: false, line: 3, reason: 'It is not valid JSON.' },
      { ok: true, line: 4, event: { messageId: 'm_3' } }
    ])
  })

  test('a broken object in an indented array costs only itself', async () => {
    const broken = JSON.stringify([clicked('m_1'), clicked('m_2'), clicked('m_3')], null, 2).replace(
      '"messageId": "m_2"',
      '"messageId": m_2'
    )
    const records = await readText(broken)
    expect(records.flatMap((record) => (record.ok ? record.event.messageId : []))).toEqual(['m_1', 'm_3'])
    expect(records.filter(({ ok }) => !ok)).toEqual([
      { file: 'events.jsonl', ok: false, line: 10, reason: 'It is not valid JSON.' }
    ])
  })

  test.each(['properties', 'traits', 'context', 'integrations'])(
    'an empty list in "%s" is an empty object, because PHP writes one so',
    async (key) => {
      const records = await readText(lines(clicked('m_1', { [key]: [] })))
      expect(records).toMatchObject([{ ok: true, event: { messageId: 'm_1', [key]: {} } }])
    }
  )

  test.each([
    ['a value that is not an object', '7', 'It is not a JSON object.'],
    ['no type', { messageId: 'm' }, 'It has neither a type nor an event.'],
    ['an unknown type', { type: 'Track' }, 'Its "type" is not one of track, page, screen, identify, group, alias.'],
    ['properties that are not an object', clicked('m', { properties: ['x'] }), 'Its "properties" is not an object.'],
    ['over 1 MB', clicked('m', { event: 'x'.repeat(1_100_000) }), 'It is longer than 1 MB.'],
    [
      'levels without end',
      `{"type":"track","properties":${'{"a":'.repeat(600)}1${'}'.repeat(600)}}`,
      'It is nested over 500 levels deep, which no mapping can read.'
    ]
  ])('a record is reported with its reason: %s', async (_, record, reason) => {
    const expected = [
      { ok: true, line: 1 },
      { file: 'events.jsonl', ok: false, line: 2, reason },
      { ok: true, line: 3 }
    ]
    expect(await readText(lines(clicked('m_1'), record, clicked('m_3')))).toMatchObject(expected)
  })

  test('an object of over 1 MB in an array costs only itself', async () => {
    const long = clicked('m_2', { properties: { text: `}"]${'x'.repeat(1_100_000)}`, more: [{}] } })
    const records = await read(cut(Buffer.from(JSON.stringify([clicked('m_1'), long, clicked('m_3')])), [70_000]))
    expect(records).toMatchObject([
      { ok: true, event: { messageId: 'm_1' } },
      { file: 'events.jsonl', ok: false, line: 1, reason: 'It is longer than 1 MB.' },
      { ok: true, event: { messageId: 'm_3' } }
    ])
  })

  test('a line that is not UTF-8 costs only itself', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${lines(clicked('m_1'))}\n{"type":"track","event":"`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`"}\n${lines(clicked('m_3'))}`)
    ])
    expect(await read([bytes])).toMatchObject([
      { ok: true },
      { file: 'events.jsonl', ok: false, line: 2, reason: 'It is not text in UTF-8.' },
      { ok: true, line: 3 }
    ])
  })
})

describe('A damaged file is reported, and its events are read as far as possible,', () => {
  const events = Array.from({ length: 2_000 }, (_, index) => clicked(`m_${index}`, { noise: Math.sin(index) }))

  test.each([
    ['gzip', gzipSync(lines(...events)), /^The rest of the file cannot be read\. The gzip data is damaged or cut off/],
    ['zstd', storeAsZstd(Buffer.from(lines(...events))), /The zstd data is damaged or cut off/]
  ])('a %s file that is cut off is read up to the cut', async (_, bytes, reason) => {
    const records = await read(cut(bytes.subarray(0, bytes.length - 500), [1_000, 20_000]))
    const readEvents = records.filter(({ ok }) => ok)
    expect(readEvents.length).toBeGreaterThan(1_900)
    expect(records.at(-1)).toEqual({
      file: 'events.jsonl',
      ok: false,
      line: 0,
      reason: expect.stringMatching(reason) as string
    })
  })

  test('a gzip file with wrong bytes in it is read up to these bytes', async () => {
    const bytes = gzipSync(lines(...events))
    bytes.fill(0xff, bytes.length - 1_000, bytes.length - 500)
    const records = await read([bytes])
    expect(records.filter(({ ok }) => ok).length).toBeGreaterThan(1_500)
    expect(records.at(-1)).toMatchObject({
      file: 'events.jsonl',
      ok: false,
      line: 0,
      reason: expect.stringContaining('damaged') as string
    })
  })

  test('a gzip file with a wrong checksum is read, and reported', async () => {
    const bytes = gzipSync(lines(...events))
    bytes[bytes.length - 8] ^= 1
    const records = await read([bytes])
    expect(records.filter(({ ok }) => ok)).toHaveLength(events.length)
    expect(records.slice(events.length)).toEqual([
      {
        file: 'events.jsonl',
        ok: false,
        line: 0,
        reason: 'The rest of the file cannot be read. The gzip data is damaged or cut off: incorrect data check.'
      }
    ])
  })

  test('an array that is never closed is read, and reported', async () => {
    const records = await readText(JSON.stringify([clicked('m_1'), clicked('m_2')]).slice(0, -1))
    expect(records).toMatchObject([
      { ok: true },
      { ok: true },
      { file: 'events.jsonl', ok: false, line: 1, reason: 'The file ends inside its JSON array. It may be cut off.' }
    ])
  })

  test.each([
    ['Parquet', Buffer.from('PAR1\x15\x04'), /The Parquet data is damaged, cut off/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /^The file is binary/],
    ['UTF-16', Buffer.from(lines(clicked('m_1')), 'utf16le'), /UTF-16/]
  ])('a file that is %s is reported once', async (_, bytes, reason) => {
    expect(await read([bytes])).toEqual([
      { file: 'events.jsonl', ok: false, line: 0, reason: expect.stringMatching(reason) as string }
    ])
  })

  test('a file on a disk that fails is read up to the failure', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(`${lines(clicked('m_1'))}\n${lines(clicked('m_2'))}\n`.padEnd(5_000)))
      throw new Error('EIO: i/o error')
    }
    expect(await read(failing())).toMatchObject([
      { ok: true, line: 1 },
      { ok: true, line: 2 },
      { file: 'events.jsonl', ok: false, line: 3 },
      { file: 'events.jsonl', ok: false, line: 0, reason: 'The rest of the file cannot be read. EIO: i/o error' }
    ])
  })
})

describe('After the end of compressed data', () => {
  const events = Array.from({ length: 2_000 }, (_, index) => clicked(`m_${index}`, { noise: Math.sin(index) }))
  const packed = gzipSync(lines(...events))

  test.each([
    ['one zero', Buffer.alloc(1)],
    ['padding with zeros to a whole block', Buffer.alloc(4_096 - (packed.length % 4_096))],
    ['padding over several chunks', Buffer.alloc(600_000)]
  ])('%s may follow gzip data', async (_, padding) => {
    const bytes = Buffer.concat([packed, padding])
    for (const places of [[], [packed.length], [packed.length - 3, packed.length + 1], [1_000, 20_000, 300_000]]) {
      const records = await read(cut(bytes, places))
      expect(records).toHaveLength(events.length)
      expect(records.every(({ ok }) => ok)).toBe(true)
    }
  })

  test.each([
    ['text', Buffer.from('<html>502 Bad Gateway</html>'), 'Text that is not compressed follows it.'],
    ['text after zeros', Buffer.from('\0\0{"type":"track"}'), 'Text that is not compressed follows it.'],
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'Binary data follows it.'],
    ['a zstd file', storeAsZstd(Buffer.from('{}')), 'zstd data follows it.']
  ])('%s after gzip data costs only itself', async (_, junk, message) => {
    for (const places of [[], [packed.length], [packed.length - 3, packed.length + 1], [1_000, 20_000]]) {
      const records = await read(cut(Buffer.concat([packed, junk]), places))
      expect(records.filter(({ ok }) => ok)).toHaveLength(events.length)
      const start = packed.length + junk.findIndex((byte) => byte !== 0)
      expect(records.slice(events.length)).toEqual([
        {
          file: 'events.jsonl',
          ok: false,
          line: 0,
          reason: `The rest of the file cannot be read. The gzip data ends at byte ${start}. ${message}`
        }
      ])
    }
  })

  test('a second gzip file that is cut off is read up to the cut', async () => {
    const whole = Buffer.from(`${lines(...events)}\n`)
    const records = await read([Buffer.concat([gzipSync(whole), gzipSync(whole).subarray(0, 20_000)])])
    expect(records.filter(({ ok }) => ok).length).toBeGreaterThan(events.length + 200)
    expect(records.at(-1)).toMatchObject({ line: 0, reason: expect.stringMatching(/unexpected end of file/) as string })
  })

  test('text after zstd data costs only itself', async () => {
    const records = await read([
      Buffer.concat([storeAsZstd(Buffer.from(lines(...events))), Buffer.from('<html></html>')])
    ])
    expect(records.filter(({ ok }) => ok)).toHaveLength(events.length)
    expect(records.slice(events.length)).toEqual([
      {
        file: 'events.jsonl',
        ok: false,
        line: 0,
        reason: expect.stringContaining('something else follows it') as string
      }
    ])
  })

  test('a gzip header may have a name, a comment and a checksum', async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7])
    const named = Buffer.concat([header, Buffer.from('events.jsonl\0of May\0..'), packed.subarray(10)])
    for (const places of [[], [12], [15, 30]]) {
      expect(await read(cut(Buffer.concat([packed, Buffer.alloc(2), named]), places))).toHaveLength(2 * events.length)
    }
  })
})

describe('A NUL byte in the first lines of a file costs only its line', () => {
  test.each([
    ['in a string', '{"type":"track","event":"a\0b"}'],
    ['in a line of its own', '\0\0\0\0'],
    ['beside another control character', '{"type":"track","event":"a\0\x01b"}']
  ])('a NUL byte in JSON Lines, %s, costs only its line', async (_, broken) => {
    const expected = { ok: false, reason: 'It is not valid JSON.' }
    for (const at of [0, 1, 2]) {
      const texts = [clicked('m_1'), clicked('m_2')].map((event) => JSON.stringify(event))
      const records = await readText(lines(...texts.slice(0, at), broken, ...texts.slice(at)))
      expect(records).toHaveLength(3)
      expect(records[at]).toEqual({ file: 'events.jsonl', ...expected, line: at + 1 })
      expect(records.filter(({ ok }) => ok)).toHaveLength(2)
    }
  })

  test('a NUL byte in an indented array costs only its object', async () => {
    const text = JSON.stringify([clicked('m_1'), clicked('m_2'), clicked('m_3')], null, 2)
    const records = await readText(text.replace('"messageId": "m_2"', '"messageId": "m\0_2"'))
    expect(records.flatMap((record) => (record.ok ? record.event.messageId : record.reason))).toEqual([
      'm_1',
      'It is not valid JSON.',
      'm_3'
    ])
  })

  test('a NUL byte between the objects of an array is reported', async () => {
    expect(await readText(`[\n${JSON.stringify(clicked('m_1'))},\n\0\n]\n`)).toMatchObject([
      { ok: true, line: 2 },
      { file: 'events.jsonl', ok: false, line: 3, reason: 'It is not a JSON object.' }
    ])
  })
})

describe('An event of another tool', () => {
  test('an event without a message id gets one from its content, the same for any order of keys', async () => {
    const event = clicked('', { messageId: undefined })
    const turned = Object.fromEntries(Object.entries(event).reverse())
    const records = await readText(lines(event, turned, { ...event, anonymousId: 'u_2' }))
    const [one, other, third] = records.map((record) => (record.ok ? record.event.messageId : ''))
    expect(one).toMatch(/^archive-[0-9a-f]{32}$/)
    expect(other).toBe(one)
    expect(third).not.toBe(one)
    expect(records).toMatchObject([{ hasGeneratedId: true }, { hasGeneratedId: true }, { hasGeneratedId: true }])
  })

  test.each([
    [{ event: 'Product Clicked' }, 'track'],
    [{ groupId: 'g_1' }, 'group'],
    [{ previousId: 'u_1', userId: 'u_2' }, 'alias']
  ])('an event without a type gets one from its keys: %j', async (keys, type) => {
    expect(await readText(lines({ messageId: 'm_1', ...keys }))).toMatchObject([{ ok: true, event: { type } }])
  })

  test('an event without a timestamp gets the time of its receipt', async () => {
    expect(await readText(lines(clicked('m_1', { timestamp: undefined })))).toMatchObject([
      { event: { timestamp: '2026-01-31T12:00:01.000Z' } }
    ])
  })
})

describe('The files of an archive', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-'))
    for (const [path, id, receivedAt] of [
      ['segment-logs/web/1432684800000/b.gz', 'm_2', '2015-05-27T12:00:00.000Z'],
      ['segment-logs/web/1432598400000/a.gz', 'm_1', '2015-05-26T12:00:00.000Z'],
      ['segment-logs/server/1432684800000/c.gz', 'm_3', '2015-05-27T09:00:00.000Z']
    ]) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), gzipSync(lines(clicked(id, { receivedAt }))))
    }
    writeFileSync(join(folder, 'segment-logs/.DS_Store'), 'x')
    writeFileSync(join(folder, 'segment-logs/_SUCCESS'), '')
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  async function idsOf(...inputs: string[]): Promise<string[]> {
    const ids: string[] = []
    for await (const { records } of readInOrder(await listSources(inputs))) {
      ids.push(...records.flatMap((record) => (record.ok ? record.event.messageId : ['unreadable'])))
    }
    return ids
  }

  test('files are read day by day, and the sources of a day by the time of receipt', async () => {
    expect(await idsOf(folder)).toEqual(['m_1', 'm_3', 'm_2'])
  })

  test('files are found by a pattern, and read once if two inputs name the same file', async () => {
    expect(await idsOf(`${folder}/segment-logs/web/**/*.gz`, `${folder}/segment-logs/web/1432684800000`)).toEqual([
      'm_1',
      'm_2'
    ])
  })

  test('an input without a file is an error that names it', async () => {
    await expect(listSources([`${folder}/nowhere`])).rejects.toThrow(`${folder}/nowhere does not exist.`)
    await expect(listSources([`${folder}/*.json`])).rejects.toThrow('does not exist')
    await expect(listSources(['s3://'])).rejects.toThrow('s3:// names no bucket. Write s3://bucket/prefix.')
  })

  test('a file that vanishes before it is read is reported', async () => {
    const [source] = await listSources([folder])
    rmSync(join(folder, 'segment-logs/web/1432598400000/a.gz'))
    const batches: ArchiveBatch[] = []
    for await (const batch of readSource(source)) batches.push(batch)
    expect(batches).toMatchObject([
      { records: [{ file: source.name, ok: false, line: 0, reason: expect.stringContaining('ENOENT') as string }] }
    ])
  })
})

describe('Something in a folder that cannot be read costs only itself:', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-odd-'))
    writeFileSync(join(folder, 'a.jsonl'), lines(clicked('m_1')))
    writeFileSync(join(folder, 'z.jsonl'), lines(clicked('m_2')))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  /** Returns the ids of the events, and the places and reasons of what cannot be read, sorted. */
  async function readAll(...inputs: string[]): Promise<string[]> {
    const found: string[] = []
    for await (const { records } of readInOrder(await listSources(inputs))) {
      for (const record of records) {
        found.push(record.ok ? record.event.messageId : `${record.file.slice(folder.length + 1)}: ${record.reason}`)
      }
    }
    return found.sort()
  }

  test('a link to a file that does not exist costs only itself', async () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.jsonl'))
    expect(await readAll(folder)).toEqual([
      'link.jsonl: The file cannot be read. It is a link to a file that does not exist.',
      'm_1',
      'm_2'
    ])
    expect(await readAll(`${folder}/*.jsonl`)).toContain('m_2')
  })

  test('a link to a folder around it costs only itself', async () => {
    mkdirSync(join(folder, 'inner'))
    symlinkSync(folder, join(folder, 'inner/up'))
    expect(await readAll(folder)).toEqual([
      'inner/up: The file cannot be read. It is a link to a folder that contains it.',
      'm_1',
      'm_2'
    ])
  })

  test('two links to each other cost only themselves', async () => {
    symlinkSync(join(folder, 'one'), join(folder, 'other'))
    symlinkSync(join(folder, 'other'), join(folder, 'one'))
    expect(await readAll(folder)).toEqual([
      'm_1',
      'm_2',
      'one: The file cannot be read. It is a link to itself.',
      'other: The file cannot be read. It is a link to itself.'
    ])
  })

  test('a pipe that nobody writes to costs only itself', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(await readAll(folder)).toEqual([
      'm_1',
      'm_2',
      'pipe: The file cannot be read. It is neither a file nor a folder.'
    ])
  })

  test('a file that cannot be opened costs only itself', async () => {
    const server = createServer().listen(join(folder, 'socket'))
    try {
      const found = await readAll(join(folder, 'a.jsonl'), join(folder, 'socket'))
      expect(found).toEqual(['m_1', expect.stringMatching(/^socket: The file cannot be read\. ENXIO/) as string])
    } finally {
      server.close()
    }
  })
})
