import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { generateArchive } from '../../../../scripts/archive/generate'
import type { ArchiveOptions } from '../../../../scripts/archive/generate'
import type { Truth } from '../../../../scripts/archive/truth'
import { readCommand } from '../arguments'
import { confirm } from '../words'
import { openGate } from '../gate'
import type { Fingerprint } from '../fingerprint'
import { runReplay } from '../run-replay'
import { runSplit } from '../../split/run-split'
import { readPlan, savePlan } from '../survey'
import { DAY, HOUR, MINUTE } from '../../../core'
import topsort from '../../../destinations/topsort'
import { presetMappings, writeSavedMappings } from '../../../pipeline'
import { readJournalRecords } from './journal-records'
import { idsOf, startSandbox } from './sandbox-server'
import type { SandboxServer } from './sandbox-server'

const root = mkdtempSync(path.join(tmpdir(), 'replay-'))
let sandbox: SandboxServer
let onRequest: () => void
let folders = 0

beforeEach(async () => {
  onRequest = () => undefined
  sandbox = await startSandbox(() => {
    onRequest()
  })
})
afterEach(() => sandbox.close())
afterAll(() => {
  rmSync(root, { recursive: true })
})

/** An archive in its own folder, and a journal beside it. */
type Trial = { truth: Truth; logs: string; folder: string }

async function prepare(options: Partial<ArchiveOptions> = {}): Promise<Trial> {
  folders += 1
  const folder = path.join(root, String(folders))
  const truth = await generateArchive({ events: 400, users: 60, products: 80, days: 2, ...options, out: folder })
  return { truth, logs: path.join(folder, 'segment-logs'), folder }
}

/** Runs the command in this process. */
async function run({ logs, folder }: Trial, more: readonly string[] = [], key?: string) {
  const args = [logs, '--to-sandbox', sandbox.url, '--journal', path.join(folder, 'replay.journal')]
  const command = readCommand([...args, '--rate', '100000', '--back-off', '1', '--tries', '3', ...more], {})
  if (command.kind !== 'replay') throw new Error('This is not a replay.')
  const lines: string[] = []
  const rejected = await runReplay(
    { ...command, key: key ?? command.key },
    {
      terminal: { input: new PassThrough(), output: new PassThrough() },
      print: (line) => lines.push(line),
      log: () => undefined,
      onSending: () => undefined,
      onLost: () => undefined,
      gate: openGate({ rate: command.rate, atOnce: 4 })
    }
  )
  return { rejected, out: lines.join('\n') }
}

function storedIds(): string[] {
  const { impressions, clicks, purchases, pageviews } = sandbox.ledger()
  return [...impressions, ...clicks, ...purchases, ...pageviews].map(({ id }) => id)
}

function sentCount({ sent }: Truth): number {
  return sent.impressions + sent.clicks + sent.purchases + sent.pageviews
}

/** Runs the command until an outage stops it. */
async function stopEarly(trial: Trial): Promise<void> {
  sandbox.script([
    { status: 204, times: 5 },
    { status: 503, times: 1_000 }
  ])
  await expect(run(trial)).rejects.toThrow('Topsort did not take a request')
  sandbox.script([])
}

/** Reads the first record of a journal. */
function readStart(journal: string): { startedAt: number; fingerprint: Fingerprint } {
  const [line] = readFileSync(journal, 'utf8').split('\n')
  const { startedAt, fingerprint } = JSON.parse(line.slice(9)) as { startedAt: string; fingerprint: Fingerprint }
  return { startedAt: Date.parse(startedAt), fingerprint }
}

function readRejected(file: string): { messageId: string; _replay: Record<string, unknown> }[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { messageId: string; _replay: Record<string, unknown> })
}

describe('A replay', () => {
  it('a replay delivers each event of the archive once', async () => {
    const trial = await prepare({ repeats: 0.05, excluded: 0.1 })

    const { rejected, out } = await run(trial)

    expect(rejected).toBe(0)
    const { sent } = trial.truth
    expect(sandbox.ledger()).toMatchObject({
      impressions: { length: sent.impressions },
      clicks: { length: sent.clicks },
      purchases: { length: sent.purchases },
      pageviews: { length: sent.pageviews }
    })
    expect(new Set(storedIds()).size).toBe(sentCount(trial.truth))
    expect(out).toContain(`which are ${sentCount(trial.truth).toLocaleString('en')} events at Topsort.`)
    expect(out).toMatch(/The oldest event is [\d,]+ days old. Topsort publishes no limit/)
    expect(out).toContain('authorization: Bearer [redacted]')
    expect(existsSync(path.join(trial.folder, 'rejected.jsonl'))).toBe(false)
    // Neither the lock nor the plan is left.
    expect(readdirSync(trial.folder).filter((name) => name.startsWith('replay'))).toEqual(['replay.journal'])
  })

  it('a replay sends few requests', async () => {
    const trial = await prepare({ events: 4_000, users: 2_000, days: 1 })
    await run(trial)
    expect(sandbox.exchanges.length).toBeLessThan((2 * sentCount(trial.truth)) / 50)
  }, 30_000)

  it("a replay sends each user's events in their order", async () => {
    const trial = await prepare()
    await run(trial)

    const times = new Map<string, number>()
    for (const { body } of sandbox.exchanges) {
      for (const list of Object.values(body as Record<string, { opaqueUserId: string; occurredAt: string }[]>)) {
        for (const { opaqueUserId, occurredAt } of list) {
          const time = Date.parse(occurredAt)
          // SDKs wait for seconds, so calls of one user may be received in another order than they happened.
          expect(time).toBeGreaterThan((times.get(opaqueUserId) ?? 0) - 60_000)
          times.set(opaqueUserId, Math.max(time, times.get(opaqueUserId) ?? 0))
        }
      }
    }
    expect(times.size).toBeGreaterThan(10)
  })

  it('a replay sends nothing more when everything is delivered', async () => {
    const trial = await prepare()
    await run(trial)
    const requests = sandbox.exchanges.length

    const { out } = await run(trial, ['--resume'])

    expect(out).toMatch(/^Everything was delivered by an earlier run: /)
    expect(sandbox.exchanges).toHaveLength(requests)
    await expect(run(trial)).rejects.toThrow('add --resume')
  })

  it.each([
    ['--source web', ['--source', 'web'], /--source was not set and is web now/],
    ['--as-segment-replay', ['--as-segment-replay'], /--as-segment-replay was not set and is set now/]
  ])('a replay refuses a journal of a replay without %s', async (_, more, message) => {
    const trial = await prepare({ events: 50 })
    await run(trial)
    await expect(run(trial, ['--resume', ...more])).rejects.toThrow(message)
  })

  it('a replay refuses a journal of another archive', async () => {
    const [trial, other] = [await prepare({ events: 50 }), await prepare({ events: 60, seed: 2 })]
    await run(trial)
    await expect(run({ ...other, folder: trial.folder }, ['--resume'])).rejects.toThrow(
      /is the journal of a replay with other input or settings: the file .* is missing/
    )
  })

  it('replays of the parts of an archive deliver each event once', async () => {
    const trial = await prepare()
    const out = path.join(trial.folder, 'parts')
    await runSplit({ inputs: [trial.logs], of: 3, out, selection: {} })
    for (const part of ['1-of-3', '2-of-3', '3-of-3']) {
      const before = sandbox.exchanges.length
      const journal = path.join(trial.folder, `${part}.journal`)
      await run({ ...trial, logs: path.join(out, part) }, ['--journal', journal])
      expect(sandbox.exchanges.length).toBeGreaterThan(before)
    }
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('a replay skips events that are older than --max-age', async () => {
    const yesterday = Date.now() - DAY
    const trial = await prepare({ start: yesterday - (yesterday % DAY) - DAY, days: 2 })
    const { out } = await run(trial, ['--max-age', '36h'])

    expect(out).toMatch(/Left out: [\d,]+ older than --max-age./)
    const { impressions } = sandbox.ledger()
    expect(impressions.length).toBeGreaterThan(0)
    expect(impressions.length).toBeLessThan(trial.truth.sent.impressions)
    for (const { occurredAt } of impressions) {
      expect(Date.parse(occurredAt)).toBeGreaterThan(Date.now() - 36 * HOUR - MINUTE)
    }
  })

  it('a replay names a trigger that loses its meaning', async () => {
    const trial = await prepare()
    const file = path.join(trial.folder, 'mappings.json')
    const trigger = "event = 'Product Clicked'"
    writeFileSync(file, JSON.stringify([{ name: 'Quoted', action: 'click', trigger }]))
    const { out } = await run(trial, ['--mappings', file])
    expect(out).toContain(
      `The trigger of the mapping "Quoted" would not mean what it says. Segment's parser takes single quotes as a part of the text. Write it like this: event = "Product Clicked"`
    )
  })

  it('a replay writes rejected events with their reasons, and delivers them after the mapping is corrected', async () => {
    const trial = await prepare()
    // The customer has mapped the user id to a property that only members have.
    const broken = presetMappings(topsort).map((mapping) => ({
      ...mapping,
      mapping: { ...mapping.mapping, opaqueUserId: { '@path': '$.userId' } }
    }))
    const file = path.join(trial.folder, 'mappings.json')
    writeFileSync(file, JSON.stringify(writeSavedMappings(broken)))

    const { rejected, out } = await run(trial, ['--mappings', file])
    const rejectedFile = path.join(trial.folder, 'rejected.jsonl')
    const events = readRejected(rejectedFile)
    expect(rejected).toBe(events.length)
    expect(rejected).toBeGreaterThan(10)
    expect(out).toContain(`${rejectedFile} has the reasons.`)
    expect(events[0]._replay).toEqual({
      mapping: expect.any(String) as unknown,
      status: 400,
      reason: expect.stringContaining('opaqueUserId') as unknown,
      place: expect.stringMatching(/\.gz:\d+$/) as unknown
    })

    const again = { ...trial, logs: rejectedFile, folder: root }
    const mended = await run(again, ['--rejected', path.join(trial.folder, 'again.jsonl')])
    expect(mended.rejected).toBe(0)
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('a replay does not overwrite the rejected events that it reads, or those of another replay', async () => {
    const trial = await prepare({ events: 50 })
    const file = path.join(trial.folder, 'rejected.jsonl')
    writeFileSync(file, '{"type":"track"}\n')

    await expect(run(trial)).rejects.toThrow('has the rejected events of an earlier replay')
    await expect(run({ ...trial, logs: file })).rejects.toThrow('would be read and written')
    expect(sandbox.exchanges).toEqual([])
    expect(readFileSync(file, 'utf8')).toBe('{"type":"track"}\n')
  })

  it('a replay delivers the other events of a request if Topsort refuses some', async () => {
    const trial = await prepare({ events: 800, mistakes: { 'unknown-bid': 0.2 } })
    const { rejected } = await run(trial)

    const events = readRejected(path.join(trial.folder, 'rejected.jsonl'))
    expect(rejected).toBe(trial.truth.unknownBids)
    expect(rejected).toBeGreaterThan(3)
    for (const { _replay } of events) {
      expect(_replay).toMatchObject({ mapping: 'Click', status: 400 })
      expect(_replay.reason).toContain('resolved_bid_id_not_found')
    }
    expect(storedIds()).toHaveLength(sentCount(trial.truth) - rejected)
  })
})

describe('A replay that has to stop', () => {
  it.each([
    [401, /Topsort did not accept the API key \(401\)/],
    [403, /Topsort refused the request \(403\)/],
    [404, /There is no Events API at/]
  ])('a replay stops at a %d without marking anything as rejected', async (status, message) => {
    const trial = await prepare()
    sandbox.script([
      { status: 204, times: 2 },
      { status, times: 1_000 }
    ])
    await expect(run(trial)).rejects.toThrow(message)
    // Four requests are pending at once.
    expect(sandbox.exchanges.length).toBeLessThanOrEqual(6)
    expect(existsSync(path.join(trial.folder, 'rejected.jsonl'))).toBe(false)

    sandbox.script([])
    const { rejected } = await run(trial, ['--resume'])
    expect(rejected).toBe(0)
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
  })

  it('a replay stops after repeated outages, and sends only the rest when it is resumed', async () => {
    const trial = await prepare()
    sandbox.script([
      { status: 204, times: 5 },
      { status: 503, times: 1_000 }
    ])
    await expect(run(trial)).rejects.toThrow('Topsort did not take a request in 3 tries. The last answer: status 503.')
    const journal = path.join(trial.folder, 'replay.journal')
    const before = readJournalRecords(journal)
    expect(before.settled.size).toBe(5)

    sandbox.script([])
    const { out } = await run(trial, ['--resume'])

    for (const number of before.inFlight) expect(out).toMatch(new RegExp(`^Batch ${number} \\(`, 'm'))
    expect(readJournalRecords(journal).sentAfterResult).toEqual([])
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('a resumed replay does not survey the archive again', async () => {
    const trial = await prepare()
    await stopEarly(trial)
    const journal = path.join(trial.folder, 'replay.journal')
    const start = readStart(journal)
    const plan = (await readPlan(`${journal}.plan`, start))!
    // A number that no survey of the archive finds.
    await savePlan(`${journal}.plan`, start, { ...plan, sent: { ...plan.sent, clicks: 12_345 } }, () => undefined)

    const { out } = await run(trial, ['--resume'])

    expect(out).toContain(' 12,345 clicks,')
    expect(out).not.toContain('surveyed again')
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
    expect(new Set(ids).size).toBe(ids.length)
    expect(existsSync(`${journal}.plan`)).toBe(false)
  })

  it.each<[string, (file: string) => void]>([
    ['is missing', rmSync],
    [
      'is damaged',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"batches":\d/, '"batches":9'))
      }
    ]
  ])('a resumed replay surveys the archive again if its plan %s', async (_, change) => {
    const trial = await prepare()
    await stopEarly(trial)
    change(path.join(trial.folder, 'replay.journal.plan'))

    const { out } = await run(trial, ['--resume'])

    expect(out).toContain('The archive is surveyed again, because')
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('a replay goes on by itself after a few failures, with the same requests', async () => {
    const trial = await prepare({ events: 100 })
    sandbox.script([
      { status: 503, times: 1 },
      { status: 204, times: 1, cut: 'after' },
      { status: 204, times: 1, cut: 'before' },
      { status: 500, times: 1 }
    ])
    const { rejected } = await run(trial, ['--tries', '10'])

    expect(rejected).toBe(0)
    const [cut] = sandbox.exchanges.filter(({ status, stored }) => status === 0 && stored)
    const again = sandbox.exchanges.filter(({ body }) => idsOf(body)[0] === idsOf(cut.body)[0])
    expect(again.length).toBeGreaterThan(1)
    for (const { body } of again) expect(body).toEqual(cut.body)
    expect(new Set(storedIds()).size).toBe(sentCount(trial.truth))
  })

  it('a replay stops when a file vanishes, and goes on when it is back', async () => {
    // The reader holds 20,000 lines, so the last file is opened after the first requests.
    const trial = await prepare({ events: 22_000, users: 6_000, linesPerFile: 500, excluded: 0.4 })
    const files = readdirSync(trial.logs, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.gz'))
      .sort((one, other) => (path.basename(one) < path.basename(other) ? -1 : 1))
    const victim = path.join(trial.logs, files[files.length - 1])
    onRequest = () => {
      if (existsSync(victim)) renameSync(victim, `${victim}.away`)
    }
    await expect(run(trial)).rejects.toThrow(/cannot be read: ENOENT.*Put the file back/)
    expect(readJournalRecords(path.join(trial.folder, 'replay.journal')).settled.size).toBeGreaterThan(10)
    onRequest = () => undefined
    renameSync(`${victim}.away`, `${victim}.elsewhere`)
    const elsewhere = path.join(root, 'elsewhere')
    renameSync(`${victim}.elsewhere`, elsewhere)
    await expect(run(trial, ['--resume'])).rejects.toThrow(/the file .*\.gz is missing/)

    renameSync(elsewhere, victim)
    writeFileSync(path.join(trial.logs, 'new.jsonl'), '{"type":"page","anonymousId":"a"}\n')
    const { out } = await run(trial, ['--resume'])
    expect(out).toContain('Left out: 1 file that came after the replay started.')
    const ids = storedIds()
    expect(ids).toHaveLength(sentCount(trial.truth))
    expect(new Set(ids).size).toBe(ids.length)
  }, 60_000)
})

describe('The question before a replay', () => {
  const ask = (answer: string, isTTY = true) => {
    const input = Object.assign(new PassThrough(), { isTTY })
    input.end(answer)
    return confirm(1_234, { input, output: new PassThrough() })
  }

  it.each(['1234\n', '1,234\n', ' 1 234 \n'])(
    'a replay starts after the number of events is typed: %j',
    async (answer) => {
      await expect(ask(answer)).resolves.toBeUndefined()
    }
  )

  it.each(['yes\n', '1235\n', '\n', ''])('a replay sends nothing after any other answer: %j', async (answer) => {
    await expect(ask(answer)).rejects.toThrow('Nothing was sent')
  })

  it('nobody is asked without a terminal', async () => {
    await expect(ask('1234\n', false)).rejects.toThrow('To send, add --yes.')
  })
})
