import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { listSources, openSource, readInOrder } from '..'
import { seeded } from '../../../../test/support/random'
import { runs } from '../../../../test/support/runs'

const folder = mkdtempSync(path.join(tmpdir(), 'in-order-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const DAY = Date.UTC(2026, 0, 1)
const MINUTE = 60_000

/** Writes sources. Some of their lines are not events. */
function write(lanes: readonly (readonly number[])[]): void {
  rmSync(folder, { recursive: true })
  lanes.forEach((lane, source) => {
    const day = path.join(folder, 'segment-logs', `source-${source}`, String(DAY))
    mkdirSync(day, { recursive: true })
    let time = DAY
    const lines = lane.map((step, index) => {
      if (step < 0) return 'not an event'
      time += step * MINUTE
      return JSON.stringify({ type: 'page', messageId: `${source}-${index}`, receivedAt: new Date(time).toISOString() })
    })
    writeFileSync(path.join(day, 'a.jsonl'), lines.map((line) => `${line}\n`).join(''))
  })
}

/** Reads all sources, in chunks of random sizes, as from a network. */
async function readIds(seed: number): Promise<string[]> {
  const random = seeded(seed)
  const ids: string[] = []
  const sources = await listSources([folder])
  const batches = readInOrder(sources, {
    open: async (source) => cut(await openSource(source), random)
  })
  for await (const { records } of batches) {
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

it('reads several sources in the same order, in chunks of any size', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.constant(-1) }
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 5 }),
      fc.integer(),
      async (lanes, seed) => {
        write(lanes)
        const ids = await readIds(seed)
        expect(await readIds(seed + 1)).toEqual(ids)
        expect(ids).toHaveLength(lanes.flat().filter((minutes) => minutes >= 0).length)
      }
    ),
    runs(60)
  )
}, 60_000)
