import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateArchive } from '../../../../scripts/archive/generate'
import { planArchive } from '../plan'
import { listSources } from '../../read'
import topsort from '../../../destinations/topsort'
import { presetMappings } from '../../../pipeline'
import type { Fault } from '../../../sandbox'
import { createProgram } from '../../../../test/support/program'
import { seeded } from '../../../../test/support/random'
import { readJournalRecords } from './journal-records'
import { startReplay } from './replay-process'
import { idsOf, startSandbox } from './sandbox-server'

/** How often the replay is killed: `KILLS=50 npm run test:archive -- kill`. */
const KILLS = Number(process.env.KILLS ?? 10)
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const folder = mkdtempSync(path.join(tmpdir(), 'replay-kill-'))
const logs = path.join(folder, 'segment-logs')
const journal = path.join(folder, 'replay.journal')

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Returns the ids of the events of each batch, by its number. */
async function planIds(): Promise<Map<number, string[]>> {
  const ids = new Map<number, string[]>()
  const stretches = planArchive({
    sources: await listSources([logs]),
    settings: { api_key: 'TSE_plan' },
    mappings: presetMappings(topsort),
    filters: [],
    select: () => true,
    notBefore: -Infinity,
    asSegmentReplay: false
  })
  for await (const { waves } of stretches) {
    for (const { number, mapping, items } of waves.flat()) {
      ids.set(number, mapping === null ? [] : items.flatMap(({ expected }) => idsOf(expected.sent)))
    }
  }
  return ids
}

/** Draws the faults of the next requests. */
function someFaults(random: () => number): Fault[] {
  return Array.from({ length: 6 }, (): Fault[] => {
    const kind = random()
    const good = { status: 204, times: 1 + Math.floor(random() * 4) }
    if (kind < 0.08) return [good, { status: 429, times: 1 }]
    if (kind < 0.4) return [good, { status: random() < 0.5 ? 500 : 503, times: 1 }]
    const cut = random() < 0.3 ? 'before' : random() < 0.5 ? 'during' : 'after'
    return [good, { status: 204, times: 1, cut, delay: Math.floor(random() * 10) }]
  }).flat()
}

it('repeats no settled batch and loses no event, however often the process is killed', async () => {
  const random = seeded(SEED)
  const events = 400 + KILLS * 60
  const truth = await generateArchive({
    out: folder,
    events,
    users: 200,
    products: 300,
    days: 3,
    seed: SEED,
    mistakes: { 'unknown-bid': 0.5, 'no-user-id': 0.02 }
  })
  const planned = await planIds()
  const settledIds = new Set<string>()
  const sentAgain: string[] = []
  let requests = 0
  const sandbox = await startSandbox(({ body }) => {
    requests += 1
    sentAgain.push(...idsOf(body).filter((id) => settledIds.has(id)))
  })
  const program = await createProgram()
  const args = [logs, '--to-sandbox', sandbox.url, '--journal', journal, '--resume']
  const fast = ['--rate', '100000', '--back-off', '5', '--tries', '50']

  try {
    let killed = 0
    let listed = 0
    for (let runs = 0; ; runs += 1) {
      const before = readJournalRecords(journal)
      for (const number of before.settled) for (const id of planned.get(number) ?? []) settledIds.add(id)
      sandbox.script(someFaults(random))

      const { child, ended } = startReplay(program, [...args, ...fast])
      if (killed < KILLS) {
        const until = requests + Math.floor(random() * 12)
        const isOver = { yes: false }
        void ended.then(() => (isOver.yes = true))
        while (requests < until && !isOver.yes) await sleep(1)
        await sleep(random() * 25)
        if (child.kill('SIGKILL')) killed += 1
      }
      const { code, out, err } = await ended

      // The output names the batches in flight before they are sent again.
      const named = [...out.matchAll(/^Batch (\d+) \(/gm)].map(([, number]) => Number(number))
      if (out !== '') {
        expect(named).toEqual([...before.inFlight])
        listed += named.length
      }
      if (code === null) continue
      // Some events are rejected, so the code is 1.
      expect({ code, err: err.replace(/^.*a second.*\n/gm, '') }).toMatchObject({ code: 1 })
      expect(err).not.toContain('Error')
      break
    }

    expect(killed).toBe(KILLS)
    expect(listed).toBeGreaterThan(0)
    expect(sentAgain).toEqual([])
    const records = readJournalRecords(journal)
    expect(records.sentAfterResult).toEqual([])
    expect([...records.inFlight]).toEqual([])
    expect(records.settled.size).toBe(planned.size)

    const { impressions, clicks, purchases, pageviews } = sandbox.ledger()
    const stored = new Set([...impressions, ...clicks, ...purchases, ...pageviews].map(({ id }) => id))
    const { sent, unknownBids, failed } = truth
    expect(stored.size).toBe(sent.impressions + sent.clicks + sent.purchases + sent.pageviews - unknownBids)

    const rejected = readFileSync(path.join(folder, 'rejected.jsonl'), 'utf8').trimEnd().split('\n')
    const ids = rejected.map((line) => (JSON.parse(line) as { messageId: string }).messageId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(unknownBids + failed)
    expect(unknownBids).toBeGreaterThan(0)
  } catch (error) {
    throw new Error(`With SEED=${SEED}: ${(error as Error).message}`, { cause: error })
  } finally {
    program.remove()
    await sandbox.close()
  }
}, 600_000)
