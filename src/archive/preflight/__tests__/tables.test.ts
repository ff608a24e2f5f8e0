import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSplit } from '../../split/run-split'
import { readArguments } from '../arguments'
import type { Report } from '../report'
import { mergeReports } from '../merge-reports'
import { runPreflight } from '../run-preflight'
import { summarize } from '../summary'

const TABLES = join(__dirname, '../../read/__tests__/tables')
const EVENTS = join(TABLES, 'events.jsonl')

async function preflight(...args: string[]): Promise<Report> {
  const parsed = readArguments(args)
  if (parsed === 'help') throw new Error('Only help was asked for')
  return runPreflight(parsed)
}

/** Returns the figures of a report, without the places of samples. */
function figuresOf({ mappings, sent, sponsored, failures, leftOut, changes, findings, ...report }: Report) {
  const withoutSamples = (groups: { samples: object[] }[]) => groups.map((group) => ({ ...group, samples: [] }))
  return {
    ...{ mappings, sent, sponsored, coverage: report.coverage, revenue: report.revenue.byCurrency, days: report.days },
    failures: withoutSamples(failures),
    leftOut: withoutSamples(leftOut),
    changes: withoutSamples(changes),
    findings: withoutSamples(findings)
  }
}

const FOLDERS = ['csv', 'python-csv', 'parquet-snappy', 'parquet-gzip', 'parquet-zstd']

describe('The tables of a warehouse', () => {
  let expected: Report
  beforeAll(async () => {
    expected = await preflight(EVENTS)
    expect(expected.sent).toEqual({ impressions: 12, clicks: 4, purchases: 3, pageviews: 4 })
    expect(expected.sponsored).toEqual({ impressions: 4, clicks: 3 })
  })

  test.each(FOLDERS)('the tables in %s give the figures of their events as JSON Lines', async (folder) => {
    const report = await preflight(join(TABLES, folder))
    expect(figuresOf(report)).toEqual(figuresOf(expected))
    const tracks = 17
    expect(report.input).toMatchObject({
      events: expected.input.events + tracks,
      repeats: tracks,
      unreadable: 1,
      first: expected.input.first,
      last: expected.input.last
    })
    expect(report.unreadable).toMatchObject([
      { message: expect.stringContaining('The file is a table of users, and not of calls.') as string }
    ])
  })

  test.each(['csv', 'parquet-zstd'])('the parts of %s give the figures of the whole', async (folder) => {
    const copy = mkdtempSync(join(tmpdir(), 'tables-'))
    try {
      await runSplit({ inputs: [join(TABLES, folder)], of: 3, out: copy, selection: {} })
      const parts = await Promise.all([1, 2, 3].map((part) => preflight(join(copy, `${part}-of-3`))))
      const whole = mergeReports(parts)
      expect(figuresOf(whole)).toEqual(figuresOf(expected))
      expect(whole.input).toMatchObject({ repeats: 17, unreadable: 1 })
    } finally {
      rmSync(copy, { recursive: true })
    }
  })

  test('the report says how each kind of table is read', async () => {
    const report = await preflight(join(TABLES, 'csv'))
    expect(report.input.formats).toContain(
      `${TABLES}/csv/order_completed.csv is read as rows of Segment's warehouse table order_completed.`
    )
    expect(report.input.formats).toContain(`${TABLES}/csv/shop_s_own_event.csv is read as rows of Segment's warehouse.`)
    expect(summarize(report, { color: false }).replace(/\s+/g, ' ')).toContain("Segment's warehouse table tracks.")
    expect(expected.input.formats).toEqual([])
  })

  test.each(FOLDERS)('an event with its properties comes before the same one of tracks in %s', async (folder) => {
    const copy = mkdtempSync(join(tmpdir(), 'tables-'))
    try {
      cpSync(join(TABLES, folder), copy, { recursive: true })
      const name = folder.includes('csv') ? 'tracks.csv' : 'tracks.parquet'
      // The file that is listed first.
      renameSync(join(copy, name), join(copy, `_${name}`))
      expect(figuresOf(await preflight(copy))).toEqual(figuresOf(expected))
    } finally {
      rmSync(copy, { recursive: true })
    }
  })
})
