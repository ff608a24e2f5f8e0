import { gzipSync } from 'node:zlib'
import type { ArchiveRecord, FileFormat } from '..'
import { toTime } from '../rows/cell'
import { tableOf } from '../rows/table'
import { readSource } from './read-source'

type Found = { records: ArchiveRecord[]; formats: FileFormat[] }

/** Reads bytes as a file of this name, in chunks of a size. */
async function read(name: string, content: string | Uint8Array, size = 1_000_000): Promise<Found> {
  const bytes = Buffer.from(content)
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += size) {
      yield await Promise.resolve(bytes.subarray(start, start + size))
    }
  }
  const source = { kind: 'file', name, path: name, size: bytes.length } as const
  const found: Found = { records: [], formats: [] }
  for await (const batch of readSource(source, { open: () => Promise.resolve(chunks()) })) {
    found.records.push(...batch.records)
    found.formats.push(...(batch.formats ?? []))
  }
  return found
}

const readCsv = async (name: string, ...lines: string[]) => (await read(name, lines.join('\n'))).records

const ID = { messageId: 'm_1', anonymousId: 'a_1' }

describe('A row of CSV becomes a call:', () => {
  test.each<[what: string, file: string, header: string, row: string, event: object]>([
    [
      "a row of Segment's table of an event",
      'order_completed.csv',
      'id,anonymous_id,event,event_text,received_at,context_page_path,context_user_agent,order_id,total',
      'm_1,a_1,order_completed,Order Completed,2026-10-01 00:00:00,/done,Safari,0042,12.5',
      {
        ...ID,
        type: 'track',
        event: 'Order Completed',
        receivedAt: '2026-10-01T00:00:00.000Z',
        timestamp: '2026-10-01T00:00:00.000Z',
        context: { page: { path: '/done' }, userAgent: 'Safari' },
        properties: { order_id: '0042', total: 12.5 }
      }
    ],
    [
      'a row of a table that is named after an event, without a column for it',
      'prod.product_list_viewed_0001.csv',
      'message_id,anonymous_id,list_id,products',
      'm_1,a_1,7,"[{""product_id"":""p_1""}]"',
      {
        ...ID,
        type: 'track',
        event: 'Product List Viewed',
        properties: { list_id: '7', products: [{ product_id: 'p_1' }] }
      }
    ],
    [
      'a row in a folder that is named after an event',
      'warehouse/product_viewed/part-0.csv',
      'id,anonymous_id,price',
      'm_1,a_1,5',
      { ...ID, type: 'track', event: 'Product Viewed', properties: { price: 5 } }
    ],
    [
      'the names of columns in capitals',
      'tracks.csv',
      'ID,ANONYMOUS_ID,EVENT,SENT_AT',
      'm_1,a_1,order_completed,2026-10-01 00:00:00.250 UTC',
      { ...ID, type: 'track', event: 'Order Completed', sentAt: '2026-10-01T00:00:00.250Z', properties: {} }
    ],
    [
      'a page of the table pages',
      'pages.csv',
      'id,anonymous_id,name,path,title',
      'm_1,a_1,Home,/,Hello',
      { ...ID, type: 'page', name: 'Home', properties: { name: 'Home', path: '/', title: 'Hello' } }
    ],
    [
      'a call of the table identifies',
      'identifies.csv',
      'id,anonymous_id,user_id,email',
      'm_1,a_1,42,a@example.com',
      { ...ID, type: 'identify', userId: '42', traits: { email: 'a@example.com' } }
    ],
    [
      'a call of the table groups',
      'groups.csv',
      'id,anonymous_id,group_id,plan',
      'm_1,a_1,9,gold',
      { ...ID, type: 'group', groupId: '9', traits: { plan: 'gold' } }
    ],
    [
      'a call of the table aliases',
      'aliases.csv',
      'id,user_id,previous_id',
      'm_1,u_1,a_1',
      { messageId: 'm_1', type: 'alias', userId: 'u_1', previousId: 'a_1' }
    ],
    [
      "a row of RudderStack's table",
      'tracks.csv',
      'id,anonymous_id,event,channel,rudder_id,uuid_ts,context_traits_email',
      'm_1,a_1,product_viewed,web,r,2026-10-01 00:00:00,a@example.com',
      {
        ...ID,
        type: 'track',
        event: 'Product Viewed',
        channel: 'web',
        context: { traits: { email: 'a@example.com' } },
        properties: { rudder_id: 'r' }
      }
    ],
    [
      'properties and context as JSON text',
      'export.csv',
      'messageId,anonymousId,type,event,properties,context',
      'm_1,a_1,track,Order Completed,"{""total"":1}","{""page"":{""path"":""/""}}"',
      {
        ...ID,
        type: 'track',
        event: 'Order Completed',
        properties: { total: 1 },
        context: { page: { path: '/' } }
      }
    ],
    [
      'names of columns with dots',
      'export.csv',
      'messageId,anonymousId,event,properties.order_id,context.page.path',
      'm_1,a_1,Order Completed,A1,/done',
      { ...ID, type: 'track', properties: { order_id: 'A1' }, context: { page: { path: '/done' } } }
    ],
    [
      'properties whose names the warehouse changed',
      'product_clicked.csv',
      'id,anonymous_id,resolved_bid_id,entity_id,entity_type,placement_path',
      'm_1,a_1,bid,p_1,product,/home',
      {
        ...ID,
        properties: { resolvedBidId: 'bid', entity: { id: 'p_1', type: 'product' }, placement: { path: '/home' } }
      }
    ],
    [
      'properties that are named like parts of a call',
      'product_viewed.csv',
      'id,anonymous_id,name,category,type,channel,group_id',
      'm_1,a_1,Shoe,Shoes,promoted,offsite,7',
      {
        ...ID,
        type: 'track',
        properties: { name: 'Shoe', category: 'Shoes', type: 'promoted', channel: 'offsite', group_id: '7' }
      }
    ],
    [
      'values that are missing',
      'product_viewed.csv',
      'id,anonymous_id,user_id,price,brand',
      'm_1,a_1,,\\N,',
      { ...ID, type: 'track', event: 'Product Viewed', properties: {} }
    ],
    [
      'a page view of PostHog',
      'posthog.csv',
      'uuid,event,distinct_id,timestamp,properties',
      'm_1,$pageview,a_1,2026-10-01 00:00:00,"{""$current_url"":""https://shop.example/"",""$pathname"":""/"",""$raw_user_agent"":""Safari""}"',
      {
        ...ID,
        type: 'page',
        timestamp: '2026-10-01T00:00:00.000Z',
        properties: { path: '/', url: 'https://shop.example/' },
        context: { page: { path: '/', url: 'https://shop.example/' }, userAgent: 'Safari' }
      }
    ],
    [
      'an event of PostHog by a user who is identified',
      'posthog.csv',
      'uuid,event,distinct_id,properties',
      'm_1,Order Completed,42,"{""$device_id"":""a_1"",""order_id"":""A1""}"',
      { ...ID, type: 'track', event: 'Order Completed', userId: '42', properties: { order_id: 'A1' } }
    ],
    [
      'an identify call of PostHog',
      'posthog.csv',
      'uuid,event,distinct_id,properties',
      'm_1,$identify,u_1,"{""$device_id"":""a_1"",""$set"":{""email"":""a@example.com""}}"',
      { ...ID, type: 'identify', userId: 'u_1', traits: { email: 'a@example.com' } }
    ],
    [
      'names of columns that are no keys',
      'product_viewed.csv',
      'id,anonymous_id,price,properties.__proto__.polluted,__proto__',
      'm_1,a_1,5,yes,yes',
      { ...ID, type: 'track', properties: { price: 5 } }
    ],
    [
      'a screen of PostHog',
      'posthog.csv',
      'uuid,event,distinct_id,properties',
      'm_1,$screen,a_1,"{""$screen_name"":""Home""}"',
      { ...ID, type: 'screen', name: 'Home' }
    ],
    [
      'a group of PostHog',
      'posthog.csv',
      'uuid,event,distinct_id,properties',
      'm_1,$groupidentify,a_1,"{""$group_key"":""g_1"",""$group_set"":{""plan"":""gold""}}"',
      { ...ID, type: 'group', groupId: 'g_1', traits: { plan: 'gold' } }
    ]
  ])('%s', async (_, file, header, row, event) => {
    const [record, ...others] = await readCsv(file, header, row)
    expect(others).toEqual([])
    expect(record).toMatchObject({ ok: true, file, line: 1, event })
    // Nothing but what is expected is a property.
    if ('properties' in event && record.ok) {
      expect(
        Object.keys(record.event.properties ?? {})
          .filter((key) => !key.startsWith('$'))
          .sort()
      ).toEqual(Object.keys(event.properties as object).sort())
    }
  })
})

describe('CSV', () => {
  const header = 'id,anonymous_id,event,note'
  const text = `${header}\nm_1,a_1,A,"x, ""y""\nz"\nm_2,a_1,B,ünï\n`
  const expected = [
    { ok: true, line: 1, event: { messageId: 'm_1', event: 'A', properties: { note: 'x, "y"\nz' } } },
    { ok: true, line: 2, event: { messageId: 'm_2', event: 'B', properties: { note: 'ünï' } } }
  ]

  test.each<[name: string, bytes: Buffer | string]>([
    ['line breaks of Windows', text.replaceAll('\n', '\r\n').replace('y""\r\n', 'y""\n')],
    ['a byte order mark', `\ufeff${text}`],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['gzip', gzipSync(text)],
    ['names of columns in quotes', text.replace(header, '"id","anonymous_id","event","note"')],
    ['no line break at the end', text.trimEnd()]
  ])('is read with %s, in chunks of any size', async (_, bytes) => {
    for (const size of [100_000, 3]) expect((await read('t.csv', bytes, size)).records).toMatchObject(expected)
  })

  test.each([';', '\t', '|'])('is read with "%s" between its cells', async (delimiter) => {
    const rows = ['id,anonymous_id,event', 'm_1,a_1,A'].map((row) => row.replaceAll(',', delimiter))
    expect(await readCsv('t.csv', ...rows)).toMatchObject([{ ok: true, event: { messageId: 'm_1' } }])
  })

  test('is read with a carriage return alone at the end of each line', async () => {
    expect((await read('t.csv', 'id,anonymous_id,event\rm_1,a_1,A\rm_2,a_1,B\r')).records).toMatchObject([
      { ok: true, line: 1 },
      { ok: true, line: 2 }
    ])
  })

  test('of many rows is read to its end, and a row counts as a line', async () => {
    const rows = Array.from({ length: 1_234 }, (_, index) => `m_${index},a_1,A,x`)
    const { records } = await read('t.csv', [header, ...rows].join('\n'), 1_000)
    expect(records.map((record) => (record.ok ? `${record.line} ${record.event.messageId}` : ''))).toEqual(
      rows.map((row, index) => `${index + 1} ${row.split(',')[0]}`)
    )
  })

  test('with a row of another length loses only that row', async () => {
    expect(await readCsv('t.csv', header, 'm_1,a_1,A,x', 'm_2,a_1', 'm_3,a_1,A,x')).toMatchObject([
      { ok: true },
      { ok: false, line: 2, reason: 'It has 2 values, but there are 4 columns.' },
      { ok: true, line: 3 }
    ])
  })

  test('whose last cell does not end is read up to it', async () => {
    const records = await readCsv('t.csv', header, 'm_1,a_1,A,x', 'm_2,a_1,A,"x')
    expect(records).toMatchObject([
      { ok: true },
      { ok: false, line: 0, reason: expect.stringContaining('The rest of the file cannot be read.') as string }
    ])
  })

  test('whose gzip data is cut off is read up to the cut', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `m_${index},a_1,A,${Math.sin(index)}`)
    const packed = gzipSync([header, ...rows].join('\n'))
    const { records } = await read('t.csv', packed.subarray(0, packed.length - 1_000), 10_000)
    expect(records.filter(({ ok }) => ok).length).toBeGreaterThan(19_000)
    expect(records.at(-1)).toMatchObject({ ok: false, line: 0, reason: expect.stringMatching(/gzip/) as string })
  })

  test.each([
    ['users.csv', 'id,email', /^The file is a table of users, and not of calls\./],
    ['sessions.csv', 'session_id,anonymous_id,timestamp', /^The file is a table of sessions/],
    ['sums.csv', 'day,revenue', /^The file is a table whose rows are not calls\. Its columns are day, revenue\./],
    ['sums.csv', 'event,count', /It also says who made a call, or when\.$/],
    ['many.csv', 'a,b,c,d,e,f,g,h,i', /Its columns are a, b, c, d, e, f, g, h, …\./]
  ])('in %s with the columns %s is no calls, and reported once', async (file, columns, reason) => {
    const rows = Array.from({ length: 3 }, () => columns.replace(/\w+/g, 'x'))
    expect(await readCsv(file, columns, ...rows)).toEqual([
      { file, ok: false, line: 0, reason: expect.stringMatching(reason) as string }
    ])
  })

  test.each([
    ['tracks.csv', 'id,event,event_text', "rows of Segment's warehouse table tracks"],
    ['x.csv', 'id,event,context_ip', "rows of Segment's warehouse"],
    ['tracks.csv', 'id,event,context_ip,rudder_id', "rows of RudderStack's warehouse table tracks"],
    ['x.csv', 'uuid,event,distinct_id', "rows of PostHog's events"],
    ['order_completed.csv', 'id,total', 'rows of Order Completed'],
    ['x.csv', 'messageId,type', 'rows with a call each']
  ])('in %s with the columns %s is read as %s', async (file, columns, format) => {
    const header = `${columns},anonymous_id`
    expect((await read(file, `${header}\n${header}\n`)).formats).toEqual([{ file, format }])
  })
})

test.each([
  ['2026-10-01 00:00:00', '2026-10-01T00:00:00.000Z'],
  ['2026-10-01 00:00:00.123456', '2026-10-01T00:00:00.123Z'],
  ['2026-10-01 02:00:00+02', '2026-10-01T00:00:00.000Z'],
  ['2026-10-01 00:00:00 UTC', '2026-10-01T00:00:00.000Z'],
  ['2026-10-01T00:00:00Z', '2026-10-01T00:00:00.000Z'],
  ['yesterday', 'yesterday']
])('the time %s of a row is %s', (time, expected) => {
  expect(toTime(time)).toBe(expected)
})

test.each([
  ['order_completed.parquet', 'order_completed'],
  ['s3://lake/data/source/segment_type=tracks/day=2026-10-01/hr=01/part-00000-abc.snappy.parquet', 'tracks'],
  ['unload/PRODUCT_VIEWED/data_0_1_0.snappy.parquet', 'product_viewed'],
  ['product_viewed_000', 'product_viewed'],
  ['users.csv', 'users'],
  ['export-2026-10-01.csv', undefined]
])('the table of the file %s is %s', (file, table) => {
  expect(tableOf(file)?.name).toBe(table)
})
