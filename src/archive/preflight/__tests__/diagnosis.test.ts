import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BreakName } from '../../../../scripts/archive/breaks'
import { type ArchiveOptions, generateArchive } from '../../../../scripts/archive/generate'
import type { Truth } from '../../../../scripts/archive/truth'
import { readArguments } from '../arguments'
import { mergeReports } from '../merge-reports'
import type { Report } from '../report'
import { runPreflight } from '../run-preflight'
import { summarize } from '../summary'
import { runSplit } from '../../split/run-split'

jest.setTimeout(240_000)

const folder = mkdtempSync(join(tmpdir(), 'diagnosis-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** A shop that grows, with quiet weekends. */
const SHOP = {
  events: 20_000,
  users: 2_000,
  products: 400,
  days: 25,
  start: Date.UTC(2026, 0, 1),
  growth: 2,
  weekends: 0.5
}

let number = 0

async function generate(options: Partial<ArchiveOptions>): Promise<{ truth: Truth; logs: string }> {
  number += 1
  const out = join(folder, String(number))
  const truth = await generateArchive({ out, ...SHOP, ...options })
  return { truth, logs: join(out, 'segment-logs') }
}

async function preflight(...args: string[]): Promise<Report> {
  const parsed = readArguments(args)
  if (parsed === 'help') throw new Error('Only help was asked for')
  return runPreflight(parsed)
}

async function reportOf(name: BreakName, options: Partial<ArchiveOptions> = {}) {
  const { truth, logs } = await generate({ breaks: [name], ...options })
  const report = await preflight(logs)
  return { logs, report, truth, lost: truth.breaks[name]?.revenue ?? 0 }
}

test.each([1, 2, 3, 4, 5])(
  'a shop without mistakes, with weekends, growth, a campaign and a late app, has no finding and no diagnosis (seed %i)',
  async (seed) => {
    const { logs } = await generate({ seed, campaign: 2.5, lateDay: 9 })
    const { findings, diagnosis, verdict } = await preflight(logs)
    expect(findings).toEqual([])
    expect(diagnosis).toEqual([])
    expect(verdict.state).toBe('clear')
  }
)

describe('A broken release', () => {
  const SEEDS = [1, 2, 3, 4, 5]
  let all: Awaited<ReturnType<typeof reportOf>>[]
  beforeAll(async () => {
    all = []
    for (const seed of SEEDS) all.push(await reportOf('broken-release', { seed, breakDay: 12 }))
  })

  test('a broken release is the first sentence, with the day, the shares, the version and the cost', () => {
    for (const { report } of all) {
      expect(report.diagnosis[0]).toMatchObject({ code: 'broken-since', since: '2026-01-12' })
      expect(report.diagnosis[0].sentence).toMatch(
        /^Since 12 January, \d\.\d % of clicks have a bid \([56]\d\.\d % before\)\. Orders worth [\d,]+\.\d\d USD lost their credit\. Only ios 7\.2\./
      )
    }
  })

  // The orders of one small shop differ much by chance.
  test('a broken release has the cost that the orders of five shops really lost, within 10 %', () => {
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
    const costs = sum(all.map(({ report }) => report.diagnosis[0].cost?.amount ?? 0))
    expect(Math.abs(costs / sum(all.map(({ lost }) => lost)) - 1)).toBeLessThan(0.1)
  })

  test('a broken release is a group of its own in the breakdown', () => {
    const { breakdown, sent } = all[0].report
    expect(breakdown.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(sent.clicks)
    expect(breakdown.map(({ platform, version }) => `${platform} ${version}`.trim()).sort()).toEqual([
      'android 5.2.1',
      'ios 5.2.1',
      'ios 7.2',
      'server',
      'web shop.example'
    ])
  })

  test('a broken release is said at the top of the summary', () => {
    const [, , title, first] = summarize(all[0].report, { color: false }).split('\n')
    expect(title).toBe('What to look at, the most expensive first')
    expect(first).toMatch(/^ {2}1\. Since 12 January, /)
  })

  test('a broken release is found in the merged reports of parts as in one run', async () => {
    const out = join(folder, 'parts')
    const parsed = readArguments([all[0].logs, '--split', '2', '--out', out])
    if (parsed === 'help' || !parsed.split) throw new Error('No split was asked for')
    await runSplit({ ...parsed, ...parsed.split })
    const parts = await Promise.all(['1-of-2', '2-of-2'].map((part) => preflight(join(out, part))))
    const merged = mergeReports(parts)
    expect(merged.diagnosis).toEqual(all[0].report.diagnosis)
    expect(merged.breakdown).toEqual(all[0].report.breakdown)
    expect(merged.revenue.byCurrency.USD.reported).toBe(all[0].report.revenue.byCurrency.USD.reported)
  })
})

test('orders whose lines have another key for the price are diagnosed with the key, and their revenue', async () => {
  const { report, lost } = await reportOf('failing-mapping')
  const [first] = report.diagnosis
  expect(first).toMatchObject({
    code: 'mapping-fails',
    sentence: expect.stringContaining('products[].unit_price') as string
  })
  // Prices that are text count only as far as they are plain numbers.
  expect(Math.abs((first.cost?.amount ?? 0) / lost - 1)).toBeLessThan(0.03)
})

test('orders of an old name are diagnosed with the name and their revenue, and all names are listed', async () => {
  const { report, lost } = await reportOf('unmapped-names')
  const [first] = report.diagnosis
  expect(first).toMatchObject({
    code: 'unmapped-events',
    sentence: expect.stringContaining('"Completed Order"') as string
  })
  expect(Math.abs((first.cost?.amount ?? 0) / lost - 1)).toBeLessThan(0.03)
  expect(report.input.unmappedNames).toEqual(
    expect.arrayContaining([
      { name: 'Product Added', count: expect.any(Number) as number, looksLike: null },
      expect.objectContaining({ name: 'Completed Order', looksLike: 'purchase' })
    ])
  )
})

test('orders with the ids of variants are diagnosed with the cut, and the revenue that it would give', async () => {
  const { report, lost } = await reportOf('other-ids')
  const [first] = report.diagnosis
  expect(first).toMatchObject({
    code: 'id-space-mismatch',
    sentence: expect.stringContaining('before the first "-"') as string
  })
  expect(Math.abs((first.cost?.amount ?? 0) / lost - 1)).toBeLessThan(0.03)
  expect(report.findings.map(({ code }) => code)).toContain('nothing-credited')
})

test('a checkout with other anonymous ids is diagnosed, with orders that lost their credit', async () => {
  const { report, lost } = await reportOf('resetting-ids')
  const [first] = report.diagnosis
  expect(first).toMatchObject({
    code: 'resetting-user-id',
    sentence: expect.stringMatching(/^\d\d\.\d % of the devices get a new user id in the middle of a visit/) as string
  })
  // A quarter of the orders comes from the server, which names no device, and some people share an address.
  expect(first.cost?.amount).toBeGreaterThan(lost * 0.6)
  expect(first.cost?.amount).toBeLessThan(lost)
})

test('orders of guests under one id are found with their revenue', async () => {
  const { report, lost } = await reportOf('guest-ids')
  const finding = report.findings.find(({ code }) => code === 'shared-user-id')
  expect(finding?.cost).toEqual({ amount: lost, currency: 'USD', of: 'reported wrongly' })
})

test('a server whose clock is 2 hours late is found with all of its calls', async () => {
  const { report, truth } = await reportOf('server-clock')
  const finding = report.findings.find(({ code }) => code === 'clock-lag')
  expect(finding?.count).toBe(truth.breaks['server-clock']?.orders)
})

test('a program that clicks on ads at night is found with all of its clicks', async () => {
  const { report, truth } = await reportOf('click-robot')
  const finding = report.findings.find(({ code }) => code === 'click-concentration')
  expect(finding?.count).toBe(truth.breaks['click-robot']?.orders)
})
