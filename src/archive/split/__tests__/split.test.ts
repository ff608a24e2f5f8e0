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

/** Keys of a report that depend on how the archive is cut. Sketches are estimates, from which the findings are made. */
const CUT = ['place', 'sketches']

/** Returns a report as JSON, without the places of its samples and the sketches. Samples without a time have nothing else. */
function withoutPlaces(report: Report): unknown {
  const json = JSON.stringify(report, (key, value: unknown) => (CUT.includes(key) ? undefined : value))
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

let events = 0
const track = (event: string, properties: object = {}, more: object = {}): object => {
  events += 1
  const second = String(events % 60).padStart(2, '0')
  const time = `2026-01-31T12:${String(Math.floor(events / 60) % 60).padStart(2, '0')}:${second}.000Z`
  return {
    type: 'track',
    event,
    messageId: `m_${events}`,
    anonymousId: `u_${events}`,
    timestamp: time,
    receivedAt: time,
    properties,
    ...more
  }
}

/** Writes lines to a file, and returns its path. */
function write(name: string, lines: readonly (object | string)[]): string {
  const file = path.join(folder, name)
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return file
}

/** Returns the lines of all files of each part, without the empty ones. */
function linesOf(out: string, of: number): string[][] {
  return Array.from({ length: of }, (_, index) => {
    const part = path.join(out, `${index + 1}-of-${of}`)
    return readdirSync(part, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.gz'))
      .flatMap((file) =>
        gunzipSync(readFileSync(path.join(part, file)))
          .toString()
          .split('\n')
      )
      .filter((line) => line !== '')
  })
}

/** Returns which parts have a line with this text. */
const partsWith = (parts: string[][], text: string): number[] =>
  parts.flatMap((lines, index) => (lines.some((line) => line.includes(text)) ? [index] : []))

describe('A split', () => {
  test('keeps each line as it is, in the folder of its source and its day, and on its line', async () => {
    const { out, parts } = await split([logs], 3)
    const lines: string[] = []
    for (const name of readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.gz')
    )) {
      const whole = gunzipSync(readFileSync(path.join(logs, name)))
        .toString()
        .split('\n')
      lines.push(...whole.filter((line) => line !== ''))
      for (const part of ['1-of-3', '2-of-3', '3-of-3']) {
        const file = path.join(out, part, 'segment-logs', name)
        if (!existsSync(file)) continue
        const ofPart = gunzipSync(readFileSync(file)).toString().split('\n')
        ofPart.forEach((line, index) => {
          if (line !== '') expect(line).toBe(whole[index])
        })
      }
    }
    expect(linesOf(out, 3).flat().sort()).toEqual(lines.sort())
    expect(parts.reduce((sum, { events: count }) => sum + count, 0)).toBe(lines.length)
    for (const { events: count } of parts) expect(count).toBeGreaterThan(lines.length / 6)
  })

  test('keeps those together who share an id, a message id, a bid or an order', async () => {
    const pairs = Array.from({ length: 40 }, (_, index) => [
      track('A', { note: `pair-${index}` }, { anonymousId: `a_${index}`, userId: `id_${index}` }),
      track('B', { note: `pair-${index}`, opaqueUserId: `id_${index}` }, { anonymousId: undefined }),
      track('C', { note: `pair-${index}`, products: [{ resolvedBidId: `b_${index}` }] }, { anonymousId: `a_${index}` }),
      track('D', { note: `pair-${index}`, resolvedBidId: ` b_${index} ` }),
      track('E', { note: `pair-${index}`, order_id: index }, { anonymousId: `a_${index}` }),
      track('F', { note: `pair-${index}`, orderId: String(index) }),
      track('G', { note: `pair-${index}` }, { messageId: `same_${index}`, anonymousId: `a_${index}` }),
      track('H', { note: `pair-${index}` }, { messageId: `same_${index}` }),
      track('I', { note: `pair-${index}` }, { type: 'alias', userId: `new_${index}`, previousId: `id_${index}` })
    ])
    const { out } = await split([write('pairs.jsonl', pairs.flat())], 4)
    const parts = linesOf(out, 4)
    for (let index = 0; index < 40; index += 1) expect(partsWith(parts, `"pair-${index}"`)).toHaveLength(1)
    for (const lines of parts) expect(lines.length).toBeGreaterThan(0)
  })

  test('does not keep those together who share a constant, and says so', async () => {
    const guests = Array.from({ length: 1_100 }, (_, index) =>
      track('A', { order_id: '0', resolvedBidId: 'cached' }, { anonymousId: `g_${index}`, userId: 'guest' })
    )
    const { out, parts } = await split([write('guests.jsonl', guests)], 3)
    for (const lines of linesOf(out, 3)) expect(lines.length).toBeGreaterThan(250)
    expect(parts[0].hubs).toEqual({ users: 1, messageIds: 0, bids: 1, orders: 1 })
    const merged = await readReports(await readParts(out, 3))
    expect(merged.limits).toEqual([
      expect.stringMatching(/^More than 1,000 persons share 1 user id, 1 bid, 1 order id\. /) as string
    ])
  })

  test('counts what no part can have, so that it is in the merged report', async () => {
    const cut = path.join(folder, 'cut.jsonl.gz')
    const packed = gzipSync(Array.from({ length: 200 }, () => JSON.stringify(track('A'))).join('\n'))
    writeFileSync(cut, packed.subarray(0, packed.length - 50))
    const array = write('array.json', [JSON.stringify([track('B'), track('C', { text: 'two\nlines' })], null, 2)])
    const odd = write('odd.jsonl', [
      track('D'),
      '{"type":"track"',
      `{"long":"${'x'.repeat(1_100_000)}"}`,
      track('E', {}, { anonymousId: undefined }),
      '17'
    ])
    const whole = await preflight(cut, array, odd)
    const { out } = await split([cut, array, odd], 3)
    const merged = await readReports(await readParts(out, 3))
    // A cut line and the rest of its file, and three lines.
    expect(whole.input.unreadable).toBe(5)
    expect(withoutPlaces(merged)).toEqual(withoutPlaces(whole))
  })

  test('makes a report for a part without an event', async () => {
    const file = write('one.jsonl', [track('Product Clicked', { product_id: 'p_1' })])
    const { out } = await split([file], 3)
    expect(await readReports(await readParts(out, 3))).toMatchObject({
      input: { files: 1, events: 1 },
      sent: { clicks: 1 }
    })
  })

  test('gives files of the same name different names', async () => {
    const { mkdirSync } = await import('node:fs')
    const files = ['x', 'y'].map((name) => {
      mkdirSync(path.join(folder, name))
      return write(`${name}/same.jsonl`, [track('A')])
    })
    const { out } = await split(files, 1)
    expect(linesOf(out, 1)[0]).toHaveLength(2)
  })

  test('does nothing if it is there already, and refuses a folder with anything else', async () => {
    const file = write('again.jsonl', [track('A'), track('B')])
    const { out, parts } = await split([file], 2)
    const run = (of: number, inputs = [file]) => runSplit({ inputs, of, out, selection: {} })
    expect(await run(2)).toEqual(parts)
    await expect(run(3)).rejects.toThrow(/has other files already, such as 1-of-2\. Choose an empty --out/)
    await expect(run(2, [logs])).rejects.toThrow(/has other files already/)
    await expect(runSplit({ inputs: [folder], of: 2, out: path.join(folder, 'new'), selection: {} })).rejects.toThrow(
      /so the parts would be read as events/
    )
  })

  test('of too many persons says what to do', async () => {
    const { assignParts } = await import('../assign-parts')
    const { listSources } = await import('../../read')
    const work = mkdtempSync(path.join(folder, 'work-'))
    const sources = await listSources([
      write(
        'many.jsonl',
        Array.from({ length: 20 }, () => track('A'))
      )
    ])
    const onProgress = (): void => undefined
    await expect(assignParts({ sources, of: 2, folder: work, maxIds: 10, onProgress })).rejects.toThrow(
      /^The archive has more than 10 ids of persons.*--from and --to/
    )
  })
})

describe('Reports are not merged if', () => {
  let files: string[]
  beforeAll(async () => {
    const { out } = await split([logs], 2)
    files = await readParts(out, 2)
  })

  /** Writes a changed copy of the second report. */
  function change(changes: object): string {
    const file = path.join(folder, 'changed.json')
    const report = JSON.parse(readFileSync(files[1], 'utf8')) as Report
    writeFileSync(file, JSON.stringify({ ...report, part: { ...report.part, ...changes } }))
    return file
  }

  test('a part is there twice', async () => {
    await expect(readReports([files[0], files[1], files[1]])).rejects.toThrow(/are both reports of part 2\./)
  })

  test('a part is missing', async () => {
    await expect(readReports([files[0]])).rejects.toThrow('The report of part 2 of 2 is missing.')
  })

  test('one is the report of a whole archive', async () => {
    const file = path.join(folder, 'whole.json')
    writeFileSync(file, JSON.stringify(await preflight(write('w.jsonl', [track('A')]))))
    await expect(readReports([files[0], file])).rejects.toThrow(
      /whole\.json is not the report of a part.*Read all folders in one run/
    )
  })

  test.each([
    [{ input: { files: 1, bytes: 1, fingerprint: 'x' } }, /changed\.json is of another archive/],
    [{ of: 3 }, /is of a split into another number of parts: .*1\.json has 2, and it has 3\./],
    [{ mappings: 'x' }, /with other mappings/],
    [{ filters: 'x' }, /with other filters/],
    [{ selection: { split: {}, read: { from: 5 } } }, /of another time or source/],
    [{ asSegmentReplay: true }, /with another --as-segment-replay/],
    [{ program: '0.0.0' }, /of another version of this project/]
  ])('one has %j', async (changes, message) => {
    await expect(readReports([files[0], change(changes)])).rejects.toThrow(message)
  })
})
