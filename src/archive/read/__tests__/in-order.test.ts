import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { listSources, openSource, OutOfOrderError, readInOrder, readSorted } from '..'
import type { ArchiveBatch, ReadOptions } from '..'
import { seeded, shuffled } from '../../../../test/support/random'
import { runs } from '../../../../test/support/runs'

const folder = mkdtempSync(path.join(tmpdir(), 'in-order-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const DAY = Date.UTC(2026, 0, 1)
const MINUTE = 60_000

/** The lines of a source. A step is the minutes since the event before. A negative one stands for a line that is no event. */
function toLines(steps: readonly number[], source: number): string[] {
  let time = DAY
  return steps.map((step, index) => {
    if (step < 0) return 'not an event'
    time += step * MINUTE
    return JSON.stringify({ type: 'page', messageId: `${source}-${index}`, receivedAt: new Date(time).toISOString() })
  })
}

/** Replaces the archive by files with these lines. */
function write(files: Record<string, readonly string[]>): void {
  rmSync(folder, { recursive: true })
  for (const [name, lines] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  }
}

/** Writes each source into a folder of its own, as Segment does. */
function writeSources(sources: readonly (readonly string[])[]): void {
  write(Object.fromEntries(sources.map((lines, at) => [`segment-logs/source-${at}/${DAY}/a.jsonl`, lines])))
}

type Read = (sources: Awaited<ReturnType<typeof listSources>>, options: ReadOptions) => AsyncGenerator<ArchiveBatch>

/** Reads all sources, in chunks of random sizes, as from a network. */
async function readIds(read: Read, seed: number): Promise<string[]> {
  const random = seeded(seed)
  const ids: string[] = []
  const sources = await listSources([folder])
  for await (const { records } of read(sources, {
    open: async (source) => cut(await openSource(source), random)
  })) {
    ids.push(...records.flatMap((record) => (record.ok ? [record.event.messageId] : [])))
  }
  return ids
}

async function* cut(chunks: AsyncIterable<Uint8Array>, random: () => number): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length;) {
      const end = start + 1 + Math.floor(random() * 300)
      yield chunk.subarray(start, end)
      start = end
    }
  }
}

const anySources = fc.array(
  fc.array(
    fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 30 }) }, { weight: 1, arbitrary: fc.constant(-1) }),
    { minLength: 1, maxLength: 40 }
  ),
  { minLength: 1, maxLength: 5 }
)

/** So few events and characters make the window and the pieces full. */
const strictly: Read = (sources, options) => readInOrder(sources, { ...options, isStrict: true, window: 5 })
const loosely: Read = (sources, options) => readInOrder(sources, { ...options, window: 5 })
const sorted: Read = (sources, options) => readSorted(sources, { ...options, maxCharacters: 700 })

it('reads the sources of an archive in order of receipt, in chunks of any size', async () => {
  await fc.assert(
    fc.asyncProperty(anySources, fc.integer(), async (steps, seed) => {
      const sources = steps.map(toLines)
      writeSources(sources)
      const events = sources.flat().filter((line) => line.startsWith('{'))
      const times = new Map(
        events
          .map((line) => JSON.parse(line) as Record<'messageId' | 'receivedAt', string>)
          .map((event) => [event.messageId, event.receivedAt])
      )
      const ids = await readIds(strictly, seed)
      expect(ids).toHaveLength(events.length)
      expect(ids.map((id) => times.get(id))).toEqual([...times.values()].sort())
      expect(await readIds(strictly, seed + 1)).toEqual(ids)
    }),
    runs(60)
  )
}, 60_000)

it('sorts an archive of any order, and gives the same order as for the sources of the same events', async () => {
  await fc.assert(
    fc.asyncProperty(anySources, fc.integer(), async (steps, seed) => {
      const sources = steps.map(toLines)
      writeSources(sources)
      const ids = await readIds(strictly, seed)
      expect(await readIds(sorted, seed)).toEqual(ids)

      const lines = shuffled(sources.flat(), seeded(seed))
      write({ 'b.jsonl': [...lines.slice(0, 20), 'not an event'], 'a.jsonl': lines.slice(20) })
      expect(await readIds(sorted, seed)).toEqual(ids)
    }),
    runs(60)
  )
}, 60_000)

const backwards = toLines(
  Array.from({ length: 20 }, () => 1),
  0
).reverse()

it('says that an archive is out of order instead of reading it in another order', async () => {
  writeSources([backwards])
  await expect(readIds(strictly, 1)).rejects.toThrow(OutOfOrderError)
})

it('reads an archive that is out of order in an order that is the same each time, if the order does not matter', async () => {
  writeSources([backwards, toLines([3, 3, 3], 1)])
  const ids = await readIds(loosely, 1)
  expect(new Set(ids).size).toBe(23)
  expect(await readIds(loosely, 2)).toEqual(ids)
})

describe('while the events come in order', () => {
  const strict: Read = (sources, options) => readInOrder(sources, { ...options, isStrict: true })

  /** Returns 20,000 lines in order, of which some come later than their place by this many events. */
  function lateLines(delays: Record<number, number>): string[] {
    const lines = toLines(Array<number>(20_000).fill(1), 0)
    for (const [place, delay] of Object.entries(delays)) {
      const [late] = lines.splice(Number(place), 1)
      lines.splice(Number(place) + delay, 0, late)
    }
    return lines
  }

  const inOrder = Array.from({ length: 20_000 }, (_, index) => `0-${index}`)

  it.each([
    ['at the start, 4,000 events late', { 100: 4_000 }],
    ['among others in order, 400 events late', { 15_000: 400 }],
    ['after another late one, 3,000 events late', { 100: 450, 15_000: 3_000 }]
  ])('an event is put in its place: %s', async (_, delays) => {
    writeSources([lateLines(delays)])
    expect(await readIds(strict, 1)).toEqual(inOrder)
  })

  it('an event is too late that is much later than all before', async () => {
    writeSources([lateLines({ 15_000: 3_000 })])
    await expect(readIds(strict, 1)).rejects.toThrow(OutOfOrderError)
  })
})

it('sorts by the time of receipt of the call, also if its properties have such a key', async () => {
  const event = (messageId: string, receivedAt: string, properties: object) => ({
    type: 'page',
    properties,
    receivedAt,
    messageId
  })
  write({
    'a.jsonl': [
      event('late', '2026-01-02T00:00:00Z', { receivedAt: '2026-01-01T00:00:00Z' }),
      event('early', '2026-01-01T00:00:00Z', { receivedAt: '2026-01-03T00:00:00Z' })
    ].map((each) => JSON.stringify(each))
  })
  expect(await readIds(sorted, 1)).toEqual(['early', 'late'])
})
