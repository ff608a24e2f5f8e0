import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { generateArchive } from '../../../../scripts/archive/generate'
import topsort from '../../../destinations/topsort'
import { presetMappings } from '../../../pipeline'
import { listSources } from '../../read'
import type { Fingerprint } from '../fingerprint'
import { planArchive, type PlanOptions, type Stretch } from '../plan'
import { readPlan, savePlan, survey, type Survey } from '../survey'

const folder = mkdtempSync(path.join(tmpdir(), 'saved-plan-'))
const file = path.join(folder, 'replay.journal.plan')
const FINGERPRINT: Fingerprint = {
  files: [{ name: 'logs/a.gz', size: 100, hash: 'abc' }],
  settings: { '--from': null, 'the target': 'topsort' }
}
const JOURNAL = { startedAt: 1_000, fingerprint: FINGERPRINT }
let options: PlanOptions
let found: Survey
/** All stretches, planned anew. */
let whole: Stretch[]

beforeAll(async () => {
  // More than two stretches.
  await generateArchive({ out: folder, events: 13_000, users: 2_000, products: 300, days: 1, repeats: 0.05 })
  options = {
    sources: await listSources([path.join(folder, 'segment-logs')]),
    settings: { api_key: 'TSE_plan' },
    mappings: presetMappings(topsort),
    filters: [],
    select: () => true,
    notBefore: -Infinity,
    asSegmentReplay: false
  }
  found = await survey(options, () => undefined)
  whole = await listStretches()
}, 60_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function listStretches(settled: Survey['stretches'] = []): Promise<Stretch[]> {
  const stretches: Stretch[] = []
  for await (const stretch of planArchive(options, settled)) {
    stretches.push({ ...stretch, counts: { ...stretch.counts } })
  }
  return stretches
}

describe('A saved plan', () => {
  beforeEach(() => savePlan(file, JOURNAL, found, () => undefined))

  it('a saved plan has what the survey found, but no event', async () => {
    expect(found.firstBody).toBeDefined()
    expect(await readPlan(file, JOURNAL)).toEqual({ ...found, firstBody: undefined })
    expect(readFileSync(file, 'utf8')).not.toContain('opaqueUserId')
  })

  it.each<[string, typeof JOURNAL]>([
    ['another start', { ...JOURNAL, startedAt: 1_001 }],
    ['other files', { ...JOURNAL, fingerprint: { ...FINGERPRINT, files: [] } }],
    ['other settings', { ...JOURNAL, fingerprint: { ...FINGERPRINT, settings: { '--from': 5 } } }]
  ])('a saved plan is not read for a journal with %s', async (_, journal) => {
    expect(await readPlan(file, journal)).toBeUndefined()
  })

  it.each<[string, (text: string) => string]>([
    ['truncated', (text) => text.slice(0, -10)],
    ['changed', (text) => text.replace('"events":5000', '"events":4000')],
    ['empty', () => '']
  ])('a saved plan is not read if it was %s', async (_, change) => {
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    expect(await readPlan(file, JOURNAL)).toBeUndefined()
  })

  it('a saved plan is not written by a replay that lost its lock', async () => {
    const before = readFileSync(file, 'utf8')
    const lost = () => {
      throw new Error('lost')
    }
    await expect(savePlan(file, { ...JOURNAL, startedAt: 5 }, found, lost)).rejects.toThrow('lost')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})

describe('The stretches of an archive', () => {
  it.each([1, 2])(
    'the stretches of an archive are the same after %d settled ones, which are not planned again',
    async (count) => {
      const rest = await listStretches(found.stretches.slice(0, count))

      expect(whole.length).toBeGreaterThan(2)
      expect(rest.map(({ summary }) => summary)).toEqual(found.stretches)
      expect(rest.slice(count)).toEqual(whole.slice(count))
      for (const stretch of rest.slice(0, count)) expect(stretch).toMatchObject({ waves: [], isSettled: true })
      expect(rest.map(({ counts }) => counts)).toEqual(whole.map(({ counts }) => counts))
    },
    60_000
  )

  it('an archive is refused if a settled stretch has other events now', async () => {
    const [first, second] = found.stretches
    await expect(listStretches([first, { ...second, ids: 'others' }])).rejects.toThrow(
      /^The part of the archive that starts at .*:\d+ has other events than when the replay started/
    )
  }, 60_000)
})
