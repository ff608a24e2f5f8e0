/** Runs preflight over whole invented shops, each with mistakes of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from '../../src/archive/preflight/arguments'
import type { Report } from '../../src/archive/preflight/report'
import { runPreflight } from '../../src/archive/preflight/run-preflight'
import type { Call } from './calls'
import { buildFashion } from './fashion'
import { buildFlorist } from './florist'
import { BROKEN_RELEASE, buildGrocery } from './grocery'
import { buildMarketplace } from './marketplace'

const SEEDS = [1, 2]

const folder = mkdtempSync(join(tmpdir(), 'shops-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function preflight(calls: readonly Call[]): Promise<Report> {
  expect(calls.length).toBeGreaterThanOrEqual(1_500)
  expect(calls.length).toBeLessThanOrEqual(2_500)
  const file = join(folder, 'calls.jsonl')
  writeFileSync(file, calls.map((call) => JSON.stringify(call)).join('\n'))
  const parsed = readArguments([file])
  if (parsed === 'help') throw new Error('Only help was asked for')
  return runPreflight(parsed)
}

/** Returns the codes of all findings, and those of the diagnosis. */
function codesOf({ findings, diagnosis }: Report) {
  return { findings: findings.map(({ code }) => code).sort(), diagnosis: diagnosis.map(({ code }) => code).sort() }
}

function findingOf({ findings }: Report, code: string) {
  const finding = findings.find((each) => each.code === code)
  if (!finding) throw new Error(`There is no ${code}, only ${findings.map((each) => each.code).join(', ')}`)
  return finding
}

test.each(SEEDS)(
  'a grocery with line totals as prices and a release without bids is told both (seed %i)',
  async (seed) => {
    const report = await preflight(buildGrocery(seed))
    const codes = ['broken-since', 'order-total-mismatch']
    expect(codesOf(report)).toEqual({ findings: codes, diagnosis: codes })
    expect(findingOf(report, 'broken-since').samples).toContainEqual(
      expect.objectContaining({
        measure: 'clicks with a bid',
        day: '2026-03-13',
        source: 'grocery-app',
        platform: 'ios',
        version: BROKEN_RELEASE
      })
    )
    expect(findingOf(report, 'order-total-mismatch').sentence).toMatch(
      /orders of source grocery-till report [\d.]+ times their own total: the price is the total of the line\.$/
    )
  }
)

test.each(SEEDS)('a fashion shop with ids of variants and an old order event is told both (seed %i)', async (seed) => {
  const report = await preflight(buildFashion(seed))
  expect(codesOf(report)).toEqual({
    findings: ['id-space-mismatch', 'nothing-credited', 'unmapped-events'],
    diagnosis: ['id-space-mismatch', 'unmapped-events']
  })
  expect(findingOf(report, 'id-space-mismatch').sentence).toContain(
    'cut the ids of ordered products before the first "-"'
  )
  expect(findingOf(report, 'unmapped-events').samples).toMatchObject([
    { name: 'Completed Order', looksLike: 'purchase' }
  ])
})

test.each(SEEDS)('a marketplace with two currencies and emails as user ids is told both (seed %i)', async (seed) => {
  const report = await preflight(buildMarketplace(seed))
  expect(codesOf(report)).toEqual({
    findings: ['mixed-currencies', 'personal-data-id'],
    diagnosis: ['mixed-currencies']
  })
  expect(findingOf(report, 'mixed-currencies').sentence).toMatch(
    /orders of source market-site, the currency is EUR in \d+, PLN in \d+\./
  )
  expect(findingOf(report, 'personal-data-id').samples[0].user).toMatch(/@mail\.example$/)
})

test.each(SEEDS)('a florist without mistakes has no finding, and needs no attention (seed %i)', async (seed) => {
  const { findings, diagnosis, verdict } = await preflight(buildFlorist(seed))
  expect(findings).toEqual([])
  expect(diagnosis).toEqual([])
  expect(verdict.points).toEqual([])
  expect(verdict.state).not.toBe('needs attention')
})
