import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateArchive } from '../../../../scripts/archive/generate'
import type { Truth } from '../../../../scripts/archive/truth'
import { readArguments, toArguments } from '../../preflight/arguments'
import { readCommand, USAGE } from '../arguments'
import { createProgram } from '../../../../test/support/program'
import type { Program } from '../../../../test/support/program'
import { startReplay } from './replay-process'
import { startSandbox } from './sandbox-server'
import type { SandboxServer } from './sandbox-server'

const KEY = 'TSE_neverPrintThis42'

const root = mkdtempSync(path.join(tmpdir(), 'replay-command-'))
const logs = path.join(root, 'segment-logs')
let sandbox: SandboxServer
let program: Program
let truth: Truth
let folder: string
let folders = 0

beforeAll(async () => {
  truth = await generateArchive({ out: root, events: 600, users: 80, products: 80, days: 2 })
  program = await createProgram()
})
beforeEach(async () => {
  sandbox = await startSandbox()
  folders += 1
  folder = path.join(root, String(folders))
  mkdirSync(folder)
})
afterEach(() => sandbox.close())
afterAll(() => {
  program.remove()
  rmSync(root, { recursive: true })
})

function start(args: readonly string[], options?: Parameters<typeof startReplay>[2]) {
  return startReplay(program, [logs, '--journal', path.join(folder, 'replay.journal'), ...args], options)
}

function startTrial(args: readonly string[] = [], options?: Parameters<typeof startReplay>[2]) {
  return start(['--to-sandbox', sandbox.url, '--rate', '100000', '--back-off', '1', ...args], options)
}

function sentCount(): number {
  const { impressions, clicks, purchases, pageviews } = truth.sent
  return impressions + clicks + purchases + pageviews
}

function storedIds(): string[] {
  const { impressions, clicks, purchases, pageviews } = sandbox.ledger()
  return [...impressions, ...clicks, ...purchases, ...pageviews].map(({ id }) => id)
}

describe('The replay command', () => {
  it('replay delivers to the sandbox, and exits with 0', async () => {
    const { code, out } = await startTrial().ended
    expect({ code, end: out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      end: expect.stringMatching(/^Done: [\d,]+ events delivered, which are [\d,]+ events at Topsort.$/) as unknown
    })
    expect(storedIds()).toHaveLength(sentCount())
  }, 60_000)

  it('replay runs preflight if it has no target', async () => {
    const { out, err } = await start(['--rate', '5', '--yes', '--resume'], { env: { TOPSORT_API_KEY: KEY } }).ended
    expect(err).toContain('Nothing is sent without --to-topsort. This is a preflight.')
    expect(out).toContain(truth.sent.impressions.toLocaleString('en'))
    expect(out + err).not.toContain(KEY)
    expect(existsSync(path.join(folder, 'replay.journal'))).toBe(false)
  }, 60_000)

  it('replay sends nothing and exits with 2 if there is no terminal to confirm', async () => {
    const { code, out, err } = await start(['--to-topsort'], { env: { TOPSORT_API_KEY: KEY } }).ended

    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('To send, add --yes.') as unknown })
    expect(out).toContain('POST https://api.topsort.com/v2/events\nauthorization: Bearer [redacted]\n')
    expect(out + err).not.toContain(KEY)
    expect(existsSync(path.join(folder, 'replay.journal'))).toBe(false)
  }, 60_000)

  it('replay finishes pending requests when it is interrupted, and goes on with --resume', async () => {
    // The low rate leaves time for the signal.
    const { child, ended } = startTrial(['--rate', '500'])
    while (sandbox.exchanges.length < 2 && child.exitCode === null) await sleep(5)
    child.kill('SIGINT')
    const { code, err } = await ended
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('It was interrupted.') as unknown })
    expect(err).toContain('run the same command with --resume')
    const before = storedIds().length
    expect(before).toBeLessThan(sentCount())

    const again = await startTrial(['--resume']).ended
    expect(again.code).toBe(0)
    expect(again.out).not.toContain('was in flight')
    expect(storedIds()).toHaveLength(sentCount())
  }, 60_000)

  it('replay refuses a second replay with the same journal', async () => {
    const first = startTrial(['--rate', '500'])
    while (sandbox.exchanges.length === 0 && first.child.exitCode === null) await sleep(5)
    const { code, err } = await startTrial(['--resume']).ended
    first.child.kill('SIGKILL')
    await first.ended

    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('The journal is in use by process') as unknown
    })
  }, 60_000)

  it('replay stops when the journal cannot be written, and goes on when it can be written again', async () => {
    // The limit is in blocks of 1024 bytes. It acts like a full disk.
    const { code, err } = await startTrial([], { shell: 'ulimit -f 3;' }).ended
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringMatching(/replay\.journal cannot be written \(EFBIG\)\. The file would be larger/) as unknown
    })
    expect(storedIds().length).toBeLessThan(sentCount())

    const again = await startTrial(['--resume']).ended
    expect(again.code).toBe(0)
    expect(new Set(storedIds()).size).toBe(sentCount())
  }, 60_000)

  it('replay sends nothing and exits with 2 if the journal cannot be created', async () => {
    const file = path.join(folder, 'a-file')
    writeFileSync(file, '')
    const { code, err } = await startTrial(['--journal', path.join(file, 'replay.journal')]).ended

    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(
        /replay\.journal\.lock cannot be written: ENOTDIR.*choose one with --journal/
      ) as unknown
    })
    expect(sandbox.exchanges).toEqual([])
  }, 60_000)

  it('replay writes the key to none of its files', async () => {
    await startTrial([], { env: { TOPSORT_API_KEY: KEY } }).ended
    expect(readFileSync(path.join(folder, 'replay.journal'), 'utf8')).not.toContain(KEY)
    expect(sandbox.exchanges.length).toBeGreaterThan(0)
  }, 60_000)
})

describe('The command line of a replay', () => {
  const read = (...args: string[]) => readCommand(args, { TOPSORT_API_KEY: KEY })

  it.each([
    [['logs', '--to-topsort', '--to-sandbox', 'http://localhost:3000'], /Use only one of them/],
    [['--to-topsort'], /Which archive\?/],
    [['-', '--to-topsort'], /Standard input cannot be read again/],
    [['logs', '--to-sandbox', 'https://api.topsort.com'], /is not a port of this machine/],
    [['logs', '--to-sandbox', 'http://localhost:99999'], /is not a port of this machine/],
    [['logs', '--to-sandbox', 'http://localhost.example.com:3000'], /is not a port of this machine/],
    [['logs', '--to-topsort', '--rate', '0'], /--rate 0 is not a whole number from 1/],
    [['logs', '--to-topsort', '--rate', '1e3'], /--rate 1e3 is not a whole number/],
    [['logs', '--to-topsort', '--max-age', '30'], /--max-age 30 is not an age. Write 30d or 12h./],
    [['logs', '--to-topsort', '--split', '3'], /--split is an option of preflight/],
    [['logs', '--to-topsort', '--from', '2026-02-01', '--to', '2026-01-01'], /--to is not after --from/],
    [['logs', '--to-topsort', '--report', 'r.html'], /--report is an option of preflight/],
    [['logs', '--to-topsort', '--quickly'], /--quickly/]
  ])('the command line refuses %j', (args, message) => {
    expect(() => read(...args)).toThrow(message)
  })

  it.each(['', ' ', 'TSE_with a blank', 'TSE_ключ'])(
    'the command line refuses the key %j without quoting it',
    (key) => {
      const attempt = () => readCommand(['logs', '--to-topsort'], { TOPSORT_API_KEY: key })
      expect(attempt).toThrow(/^TOPSORT_API_KEY/)
      if (key.trim()) expect(attempt).not.toThrow(key)
    }
  )

  it('the command line never gives the real key to a sandbox', () => {
    expect(read('logs', '--to-sandbox', 'http://localhost:3000')).toMatchObject({ key: 'TSE_sandbox' })
    expect(read('logs', '--to-topsort')).toMatchObject({ key: KEY })
  })

  it('replay passes only options of preflight to preflight', () => {
    const args = ['logs', '--rate', '5', '--from', '2026-01-01', '--json', '--source', 'a', '--source=b', '--yes']
    const command = read(...args)
    if (command.kind !== 'preflight') throw new Error(`The command is ${command.kind}`)
    expect(toArguments(command.parsed)).toEqual(
      readArguments(['logs', '--from=2026-01-01', '--json', '--source=a', '--source=b'])
    )
  })

  it('the help of replay explains each of its options', () => {
    for (const option of USAGE.matchAll(/^ {2}--([a-z-]+)/gm)) {
      expect(() => read(`--${option[1]}`, 'x', 'logs')).not.toThrow(/Unknown option/)
    }
  })
})
