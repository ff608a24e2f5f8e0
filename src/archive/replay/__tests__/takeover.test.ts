import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateArchive } from '../../../../scripts/archive/generate'
import type { Truth } from '../../../../scripts/archive/truth'
import { createProgram } from '../../../../test/support/program'
import type { Program } from '../../../../test/support/program'
import { HOUR } from '../../../core'
import { readCommand } from '../arguments'
import { openGate } from '../gate'
import type { LockOptions } from '../lock'
import { runReplay } from '../run-replay'
import { readJournalRecords } from './journal-records'
import { startReplay } from './replay-process'
import type { CommandProcess } from './replay-process'
import { startSandbox } from './sandbox-server'
import type { SandboxServer } from './sandbox-server'

const root = mkdtempSync(path.join(tmpdir(), 'replay-takeover-'))
const logs = path.join(root, 'segment-logs')
let sandbox: SandboxServer
let program: Program
let truth: Truth
let folder: string
let journal: string
let folders = 0

beforeAll(async () => {
  truth = await generateArchive({
    out: root,
    events: 600,
    users: 80,
    products: 80,
    days: 2,
    mistakes: { 'unknown-bid': 0.5 }
  })
  program = await createProgram()
})
beforeEach(async () => {
  sandbox = await startSandbox()
  folders += 1
  folder = path.join(root, String(folders))
  journal = path.join(folder, 'replay.journal')
  mkdirSync(folder)
})
afterEach(() => sandbox.close())
afterAll(() => {
  program.remove()
  rmSync(root, { recursive: true })
})

/** Starts a replay in its own process, and waits until it has sent something. The low rate leaves time for what follows. */
async function startHolder(rate = 300): Promise<CommandProcess> {
  const args = [logs, '--to-sandbox', sandbox.url, '--journal', journal, '--rate', String(rate)]
  const holder = startReplay(program, args)
  while (readJournalRecords(journal).settled.size < 3 && holder.child.exitCode === null) await sleep(1)
  return holder
}

/** Stops a process as a machine does that goes to sleep, at a time when no request is under way. */
async function putToSleep({ child }: CommandProcess): Promise<void> {
  for (;;) {
    child.kill('SIGSTOP')
    while (!isStopped(child.pid!)) await sleep(1)
    if (readJournalRecords(journal).inFlight.size === 0) return
    child.kill('SIGCONT')
    await sleep(1)
  }
}

function isStopped(pid: number): boolean {
  const [state] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]
  return state === 'T'
}

/** Runs the command in this process, as if it were another machine. */
async function replayElsewhere(lock: LockOptions): Promise<string[]> {
  const args = [logs, '--to-sandbox', sandbox.url, '--journal', journal, '--rate', '100000', '--resume']
  const command = readCommand(args, {})
  if (command.kind !== 'replay') throw new Error('This is not a replay.')
  const lines: string[] = []
  await runReplay(command, {
    terminal: { input: new PassThrough(), output: new PassThrough() },
    print: (line) => lines.push(line),
    log: (line) => lines.push(line),
    onSending: () => undefined,
    onLost: () => undefined,
    gate: openGate({ rate: command.rate, atOnce: 4 }),
    lock: { host: 'another-machine', ...lock }
  })
  return lines
}

function storedIds(): string[] {
  const { impressions, clicks, purchases, pageviews } = sandbox.ledger()
  return [...impressions, ...clicks, ...purchases, ...pageviews].map(({ id }) => id)
}

function expectedCount(): number {
  const { impressions, clicks, purchases, pageviews } = truth.sent
  return impressions + clicks + purchases + pageviews - truth.unknownBids
}

describe('A replay that another machine has taken over', () => {
  it('a replay that lost its lock sends and writes nothing more when it wakes up, and exits with 3', async () => {
    const holder = await startHolder()
    await putToSleep(holder)
    const { ino } = statSync(journal)
    const lines = await replayElsewhere({ silence: 20 })
    expect(lines.join('\n')).toContain(`last used by process ${holder.child.pid} on`)
    expect(storedIds()).toHaveLength(expectedCount())
    // The holder has the old file open. The new one is a copy.
    expect(statSync(journal).ino).not.toBe(ino)
    const requests = sandbox.exchanges.length
    const files = () => readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])
    const before = files()

    holder.child.kill('SIGCONT')
    const { code, err } = await holder.ended

    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('Another replay has taken over the journal') as unknown
    })
    expect(sandbox.exchanges).toHaveLength(requests)
    expect(new Set(storedIds()).size).toBe(expectedCount())
    expect(files()).toEqual(before)
    expect(readJournalRecords(journal).sentAfterResult).toEqual([])
  }, 60_000)

  it('a replay that lost its lock ends while the new one still sends, and their records do not mix', async () => {
    const holder = await startHolder()
    await putToSleep(holder)
    const slept = readJournalRecords(journal)
    const next = startedBy(sandbox.exchanges.length + 2)
    const other = replayElsewhere({ silence: 20 })
    await Promise.race([next, other])
    holder.child.kill('SIGCONT')
    expect((await holder.ended).code).toBe(3)
    await other

    const records = readJournalRecords(journal)
    expect([...records.inFlight]).toEqual([])
    expect(records.sentAfterResult).toEqual([])
    for (const number of slept.settled) expect(records.settled).toContain(number)
    const ids = storedIds()
    expect(ids).toHaveLength(expectedCount())
    expect(new Set(ids).size).toBe(ids.length)
    const rejected = readFileSync(path.join(folder, 'rejected.jsonl'), 'utf8').trimEnd().split('\n')
    expect(rejected).toHaveLength(truth.unknownBids)
  }, 60_000)
})

describe('A replay that runs', () => {
  it('a replay that runs keeps its journal if the clock of another machine is ahead', async () => {
    const holder = await startHolder(50)
    // To a machine whose clock is an hour ahead, the lock looks like this.
    const past = new Date(Date.now() - HOUR)
    for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), past, past)

    await expect(replayElsewhere({})).rejects.toThrow(`The journal is in use by process ${holder.child.pid}`)
    holder.child.kill('SIGINT')
    expect((await holder.ended).code).toBe(3)
    expect(existsSync(journal)).toBe(true)
    const ids = storedIds()
    expect(new Set(ids).size).toBe(ids.length)
  }, 60_000)
})

async function startedBy(count: number): Promise<void> {
  while (sandbox.exchanges.length < count) await sleep(1)
}
