import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { generateArchive } from '../../../../scripts/archive/generate'
import { MISTAKES } from '../../../../scripts/archive/mistakes'
import { readArguments } from '../../preflight/arguments'
import { readReports } from '../../preflight/read-reports'
import type { Report } from '../../preflight/report'
import { runPreflight } from '../../preflight/run-preflight'
import type { PartManifest } from '../manifest'
import { runSplit } from '../run-split'

jest.setTimeout(120_000)

const folder = mkdtempSync(path.join(tmpdir(), 'split-'))
const archive = path.join(folder, 'archive')
const logs = path.join(archive, 'segment-logs')

beforeAll(async () => {
  await generateArchive({
    out: archive,
    events: 4_000,
    users: 300,
    products: 400,
    days: 6,
    seed: 7,
    brokenLines: 0.005,
    repeats: 0.01,
    mistakes: Object.fromEntries(Object.keys(MISTAKES).map((code) => [code, 0.05]))
  })
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let number = 0
const nextFolder = (): string => path.join(folder, `out-${(number += 1)}`)

async function preflight(...args: string[]): Promise<Report> {
  const parsed = readArguments(args)
  if (parsed === 'help') throw new Error('Only help was asked for')
  return runPreflight(parsed)
}

async function split(inputs: string[], of: number, ...args: string[]): Promise<{ out: string; parts: PartManifest[] }> {
  const out = nextFolder()
  const parsed = readArguments([...inputs, '--split', String(of), '--out', out, ...args])
  if (parsed === 'help' || !parsed.split) throw new Error('No split was asked for')
  return { out, parts: await runSplit({ ...parsed, ...parsed.split }) }
}

/** Reads the parts of a split, and writes their reports. Returns the files. */
async function readParts(out: string, of: number, ...args: string[]): Promise<string[]> {
  const files: string[] = []
  for (let part = 1; part <= of; part += 1) {
    const file = path.join(out, `${part}.json`)
    writeFileSync(file, JSON.stringify(await preflight(path.join(out, `${part}-of-${of}`), ...args)))
    files.push(file)
  }
  return files
}

/** Returns a report as JSON, without the places of its samples. Samples without a time have nothing else. */
function withoutPlaces(report: Report): unknown {
  const json = JSON.stringify(report, (key, value: unknown) => (key === 'place' ? undefined : value))
  return JSON.parse(json)
}

const MAPPINGS = ['--mappings', path.join(archive, 'mappings.json')]

describe('The merged report of all parts', () => {
  test.each([1, 2, 3, 7])('of %d is that of one run', async (of) => {
    const whole = await preflight(logs, ...MAPPINGS)
    const { out } = await split([logs], of)
    const merged = await readReports(await readParts(out, of, ...MAPPINGS))
    expect(withoutPlaces(merged)).toEqual(withoutPlaces(whole))
  })

  test('is that of one run for a time and a source', async () => {
    const [source] = readdirSync(logs)
    const selection = ['--from', '2025-01-02', '--to', '2025-01-05', '--source', source]
    const whole = await preflight(logs, ...MAPPINGS, ...selection)
    const { out } = await split([logs], 3, ...selection)
    const merged = await readReports(await readParts(out, 3, ...MAPPINGS))
    expect(whole.input.notSelected).toBeGreaterThan(1_000)
    expect(withoutPlaces(merged)).toEqual(withoutPlaces(whole))
  })
})
