import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ArchiveRecord } from '..'
import { spool } from '../rows/spool'
import { readSource } from './read-source'

const TABLES = join(__dirname, 'tables')

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size))
}

/** Reads bytes as a file of this name. */
async function read(name: string, bytes: Uint8Array, size = 1_000): Promise<ArchiveRecord[]> {
  const source = { kind: 'file', name, path: name, size: bytes.length } as const
  const records: ArchiveRecord[] = []
  for await (const batch of readSource(source, { open: () => Promise.resolve(inChunks(bytes, size)) })) {
    records.push(...batch.records)
  }
  return records
}

const open = (name: string): Buffer => readFileSync(join(TABLES, name))

describe('A Parquet file', () => {
  test('of whole events gives the same events as JSON Lines, on the lines of the rows', async () => {
    const expected = await read('events.jsonl', open('events.jsonl'))
    const records = await read('calls.parquet', open('calls.parquet'))
    expect(records.map((record) => ({ ...record, file: '' }))).toEqual(
      expected.map((record) => ({ ...record, file: '' }))
    )
    expect(await read('calls.parquet', gzipSync(open('calls.parquet')))).toEqual(records)
  })

  test('keeps the values of types that JSON does not have', async () => {
    expect(await read('order_completed.parquet', open('order_completed.parquet'))).toEqual([
      {
        file: 'order_completed.parquet',
        line: 1,
        ok: true,
        event: {
          messageId: 'm_typed',
          anonymousId: 'a_1',
          type: 'track',
          event: 'Order Completed',
          receivedAt: '2026-10-01T00:00:00.000Z',
          timestamp: '2026-10-01T00:00:00.500Z',
          properties: {
            big: '9007199254740993',
            small: 12,
            price: 12.5,
            is_gift: true,
            bytes: 'text',
            day: '2026-10-02T00:00:00.000Z',
            products: [{ sku: 'p_1', quantity: 2 }],
            page: { path: '/home' }
          }
        }
      }
    ])
  })

  test('of users is no calls, and reported once', async () => {
    expect(await read('users.parquet', open('parquet-zstd/users.parquet'))).toEqual([
      {
        file: 'users.parquet',
        ok: false,
        line: 0,
        reason:
          'The file is a table of users, and not of calls. Calls are in tables such as tracks, pages and order_completed.'
      }
    ])
  })

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['cut off behind its first bytes', (bytes: Buffer) => bytes.subarray(0, 6)],
    ['damaged in its first column', (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 4, 40)]
  ])('that is %s is reported once', async (_, harm) => {
    const records = await read('calls.parquet', harm(open('calls.parquet')))
    expect(records).toEqual([
      {
        file: 'calls.parquet',
        ok: false,
        line: 0,
        reason: expect.stringMatching(
          /^The rest of the file cannot be read\. The Parquet data is damaged, cut off or of a kind that is not supported: /
        ) as string
      }
    ])
  })

  test('that is encrypted is refused', async () => {
    expect(await read('x.parquet', Buffer.from('PARE\x15\x04'))).toMatchObject([
      { ok: false, line: 0, reason: expect.stringContaining('The file is encrypted Parquet.') as string }
    ])
  })
})

test.each([
  ['in memory', 1_000],
  ['in a temporary file', 10]
])('the bytes of a stream are kept %s', async (_, maxInMemory) => {
  const bytes = Buffer.from(Array.from({ length: 100 }, (__, index) => index))
  const kept = await spool(inChunks(bytes, 7), maxInMemory)
  expect(kept.byteLength).toBe(100)
  expect([...new Uint8Array(await kept.slice(5, 15))]).toEqual([...bytes.subarray(5, 15)])
  expect([...new Uint8Array(await kept.slice(90))]).toEqual([...bytes.subarray(90)])
  await kept.close()
})

test('a stream that fails while its bytes are kept fails with its own error', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.alloc(100))
    throw new Error('EIO: i/o error')
  }
  await expect(spool(failing(), 10)).rejects.toThrow('EIO: i/o error')
})
