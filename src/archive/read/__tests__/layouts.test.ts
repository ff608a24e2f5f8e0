import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { listSources, readInOrder } from '..'
import { timeFoldersOf } from '../time-folders'

const FIVE = Date.UTC(2026, 9, 1, 5)
const MIDNIGHT = Date.UTC(2026, 9, 1)

test.each([
  [`segment-logs/web/${MIDNIGHT}/a.gz`, 'segment-logs/web', MIDNIGHT],
  ['s3://bucket/events/2026/10/01/05/stream-1-2026-10-01-05-10-11-abc', 's3://bucket/events', FIVE],
  ['2026/10/01/05/a', '', FIVE],
  ['logs/2026/10/01/a.json', 'logs', MIDNIGHT],
  ['lake/dt=2026-10-01/hour=05/a.parquet', 'lake', FIVE],
  ['lake/dt=20261001/h=5/a.parquet', 'lake', FIVE],
  ['lake/dt=2026-10-01-05/a.parquet', 'lake', FIVE],
  ['data/abc/segment_type=tracks/day=2026-10-01/hr=05/a.parquet', 'data/abc/segment_type=tracks', FIVE],
  ['lake/date=2026-10-01/a.json', 'lake', MIDNIGHT],
  ['lake/year=2026/month=10/day=1/hour=5/a.json', 'lake', FIVE],
  ['logs/2026-10-01/a.json', 'logs', MIDNIGHT],
  ['logs/2026-10-01/05/a.json', 'logs', FIVE]
])('the folders of %s say its source and time', (name, source, time) => {
  expect(timeFoldersOf(name)).toEqual({ source, time })
})

test.each(['events.jsonl', 'logs/2026-10-01.json', 'logs/1234/56/78/90/a', 'parts/1-of-3/a.gz', 'dt=today/a.json'])(
  'the folders of %s say no time',
  (name) => {
    expect(timeFoldersOf(name)).toBeUndefined()
  }
)

describe('The files of a layout', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layouts-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  /** Writes a file with an event that was received at a time. */
  function write(name: string, receivedAt: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(
      join(folder, name),
      JSON.stringify({ type: 'track', event: 'A', messageId: `${name} ${receivedAt}`, receivedAt })
    )
  }

  async function timesOf(): Promise<string[]> {
    const times: string[] = []
    for await (const { records } of readInOrder(await listSources([folder]))) {
      times.push(...records.map((record) => (record.ok ? String(record.event.receivedAt) : record.reason)))
    }
    return times
  }

  test.each([
    ['Firehose', (day: string, hour: string) => `2026/10/${day}/${hour}/stream`],
    ['Hive', (day: string, hour: string) => `dt=2026-10-${day}/hour=${hour}/part-0`],
    ['Athena', (day: string, hour: string) => `year=2026/month=10/day=${Number(day)}/hour=${Number(hour)}/part-0`]
  ])('of %s are read hour by hour, and their sources side by side', async (_, layout) => {
    const times = ['02', '10'].flatMap((day) =>
      ['03', '12'].flatMap((hour) => ['05', '10'].map((minute) => `2026-10-${day}T${hour}:${minute}:00.000Z`))
    )
    for (const [index, time] of times.entries()) {
      const name = layout(time.slice(8, 10), time.slice(11, 13))
      write(`${index % 2 === 0 ? 'web' : 'server'}/${name}`, time)
    }
    expect(await timesOf()).toEqual(times)
  })

  test('are listed in the order of their times, also if their names are in another one', async () => {
    write('b/year=2026/month=9/day=30/a', '2026-09-30T00:00:00Z')
    write('a/year=2026/month=10/day=1/a', '2026-10-01T00:00:00Z')
    expect((await listSources([folder])).map(({ name }) => name.slice(folder.length + 1, folder.length + 2))).toEqual([
      'b',
      'a'
    ])
  })

  test('of a warehouse are listed with the table tracks last', async () => {
    for (const name of ['tracks.csv', 'zebra_seen.csv', 'order_completed.csv']) write(name, '2026-10-01T00:00:00Z')
    expect((await listSources([folder])).map(({ name }) => name.slice(folder.length + 1))).toEqual([
      'order_completed.csv',
      'zebra_seen.csv',
      'tracks.csv'
    ])
  })
})
