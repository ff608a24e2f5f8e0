import { createPreflight } from '../create-preflight'
import { readMappingsFile } from '../read-settings'
import type { Report } from '../report'
import { listSources, readInOrder } from '../../read'
import { previews } from '../../../destinations'
import topsort from '../../../destinations/topsort'
import { type Mapping, presetMappings } from '../../../pipeline'
import { useGeneratedArchive } from './generated'

jest.setTimeout(120_000)

/** The generated shop has about 20 of them an hour. */
const FACTS_OF_HOURS = 200

const archive = useGeneratedArchive(0.1, { events: 8_000, users: 400, products: 400, days: 25, seed: 11 })

async function preflight(maxFacts: number): Promise<Report> {
  return preflightOf(archive.logs, await readMappingsFile(archive.mappings), maxFacts)
}

async function preflightOf(logs: string, mappings: Mapping[], maxFacts?: number): Promise<Report> {
  const preflight = createPreflight({
    definition: topsort,
    settings: { api_key: 'TSE_test' },
    mappings,
    previews,
    maxFacts
  })
  for await (const batch of readInOrder(await listSources([logs]))) await preflight.take(batch)
  return preflight.finish()
}

describe('With a memory of a few hours, the findings over 25 days', () => {
  let report: Report
  beforeAll(async () => {
    report = await preflight(FACTS_OF_HOURS)
  })

  test('With a memory of a few hours, the findings over 25 days are those of the mistakes that were made, each as often as it was made', () => {
    const found = Object.fromEntries(report.findings.map(({ code, count }) => [code, count]))
    expect(Object.values(archive.truth().findings).length).toBeGreaterThan(12)
    expect(found).toEqual(archive.truth().findings)
  })

  test('With a memory of a few hours, the findings over 25 days have samples with the places of their events', () => {
    for (const { code, count, samples } of report.findings) {
      expect(samples).toHaveLength(Math.min(count, 10))
      for (const { messageId, place } of samples) {
        expect([code, messageId, place]).toEqual([code, expect.any(String), expect.stringMatching(/\.gz:\d+$/)])
      }
    }
  })

  test('With a memory of a few hours, the findings over 25 days are complete, so that the report names no limit', () => {
    expect(report.limits).toEqual([])
  })
})

const small = { events: 8_000, users: 400, products: 400, days: 25, seed: 12 }
// Each source has at least 10 orders with the wrong prices.
const wrong = useGeneratedArchive(0, {
  ...small,
  events: 12_000,
  mistakes: { 'order-total-mismatch': 0.6, 'mixed-currencies': 0.2 }
})
const tested = useGeneratedArchive(0, { ...small, mistakes: { 'test-orders': 0.05 } })
const clean = useGeneratedArchive(0, small)

test.each([
  ['prices in cents and several currencies', wrong],
  ['test orders', tested],
  ['no mistakes', clean]
])('the findings in an archive with %s are those of the mistakes that were made', async (_, { logs, truth }) => {
  const { findings } = await preflightOf(logs, presetMappings(topsort))
  expect(Object.fromEntries(findings.map(({ code, count }) => [code, count]))).toEqual(truth().findings)
})
