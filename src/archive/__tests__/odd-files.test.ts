import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { createProgram, type Program } from '../../../test/support/program'
import type { Report } from '../preflight/report'
import { startCommand } from '../replay/__tests__/replay-process'
import { startSandbox, type SandboxServer } from '../replay/__tests__/sandbox-server'

const root = mkdtempSync(path.join(tmpdir(), 'archive-odd-'))
const logs = path.join(root, 'logs')
const journal = path.join(root, 'replay.journal')
let program: Program
let sandbox: SandboxServer

beforeAll(async () => {
  program = await createProgram()
})
beforeEach(async () => {
  sandbox = await startSandbox()
  mkdirSync(logs)
})
afterEach(async () => {
  await sandbox.close()
  rmSync(logs, { recursive: true })
  rmSync(journal, { force: true })
})
afterAll(() => {
  program.remove()
  rmSync(root, { recursive: true })
})

/** Returns the line of a click. */
function click(messageId: string): string {
  const time = '2026-01-31T12:00:00.000Z'
  const properties = { product_id: 'p_1' }
  const call = { type: 'track', event: 'Product Clicked', messageId, anonymousId: 'u_1', properties }
  return `${JSON.stringify({ ...call, timestamp: time, receivedAt: time })}\n`
}

/** Writes an archive of five clicks and of everything that a command must survive. */
function writeOddFiles(): void {
  const write = (name: string, ...parts: (string | Buffer)[]): void => {
    writeFileSync(path.join(logs, name), Buffer.concat(parts.map((part) => Buffer.from(part))))
  }
  write('a.jsonl', click('m_1'))
  write('junk.gz', gzipSync(click('m_2')), 'not gzip')
  write('nul.jsonl', '{"type":"track\0"}\n', click('m_3'))
  write('padded.gz', gzipSync(click('m_4')), Buffer.alloc(1))
  write('z.jsonl', click('m_5'))
  symlinkSync('nowhere', path.join(logs, 'dangling.jsonl'))
  symlinkSync(logs, path.join(logs, 'loop'))
  execFileSync('mkfifo', [path.join(logs, 'pipe')])
}

/** Lists the files of the journal's lock. */
function listLocks(): string[] {
  return readdirSync(root).filter((name) => name.startsWith(`${path.basename(journal)}.lock`))
}

const replayArgs = (): string[] => ['replay', logs, '--to-sandbox', sandbox.url, '--journal', journal]

it('preflight reads all that can be read in a folder, and names the rest in its report', async () => {
  writeOddFiles()
  const { code, out } = await startCommand(program, ['preflight', logs, '--json']).ended
  const { input, sent, unreadable } = JSON.parse(out) as Report
  expect(code).toBe(0)
  expect({ events: input.events, clicks: sent.clicks }).toEqual({ events: 5, clicks: 5 })
  const found = unreadable.map(({ message, samples: [{ place }] }) => `${path.basename(place)}: ${message}`)
  expect(found.sort()).toEqual([
    'dangling.jsonl: The file cannot be read. It is a link to a file that does not exist.',
    expect.stringMatching(/^junk\.gz: .* The gzip data ends at byte \d+\. Text that is not compressed follows it\.$/),
    'loop: The file cannot be read. It is a link to a folder that contains it.',
    'nul.jsonl:1: It is not valid JSON.',
    'pipe: The file cannot be read. It is neither a file nor a folder.'
  ])
})

it('replay delivers all that can be read in a folder, and names the files that it leaves out', async () => {
  writeOddFiles()
  const { code, out, err } = await startCommand(program, replayArgs()).ended
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(sandbox.ledger().clicks.map(({ id }) => id)).toHaveLength(5)
  expect(out).toContain(`Left out: ${logs}/dangling.jsonl cannot be read. It is a link to a file that does not exist.`)
  expect(out).toContain(`Left out: ${logs}/loop cannot be read. It is a link to a folder that contains it.`)
  expect(out).toContain(`Left out: ${logs}/pipe cannot be read. It is neither a file nor a folder.`)
  expect(out).toContain('Left out: 2 lines or files that cannot be read.')
  expect(listLocks()).toEqual([])
})

it('replay sends nothing and exits with 2 if no file can be read', async () => {
  symlinkSync('nowhere', path.join(logs, 'dangling.jsonl'))
  const { code, err } = await startCommand(program, replayArgs()).ended
  expect(code).toBe(2)
  expect(err).toContain(`No file can be read. ${logs}/dangling.jsonl cannot be read. It is a link`)
  expect(existsSync(journal)).toBe(false)
})

describe('When a file is never read to its end,', () => {
  /** Makes each file of the archive a stream that gives nothing and never ends. */
  function preloadEndless(): NodeJS.ProcessEnv {
    const file = path.join(root, 'endless.cjs')
    writeFileSync(
      file,
      `const files = require('node:fs/promises')
      const { readFile } = files
      files.readFile = (file, ...rest) =>
        String(file).endsWith('.jsonl') ? new Promise(() => undefined) : readFile(file, ...rest)`
    )
    return { NODE_OPTIONS: `--require ${file}` }
  }

  const message = (name: string): string =>
    `The ${name} stopped before it was done, because reading ${logs}/a.jsonl never ended: check this file, and run it again.\n`

  it('preflight names a file that is never read to its end, and exits with 3', async () => {
    writeFileSync(path.join(logs, 'a.jsonl'), click('m_1'))
    const env = preloadEndless()
    expect(await startCommand(program, ['preflight', logs, '--json'], { env }).ended).toEqual({
      code: 3,
      out: '',
      err: message('preflight')
    })
  })

  it('replay names a file that is never read to its end, releases its lock, and exits with 3', async () => {
    writeFileSync(path.join(logs, 'a.jsonl'), click('m_1'))
    const { code, err } = await startCommand(program, replayArgs(), { env: preloadEndless() }).ended
    expect({ code, err }).toEqual({ code: 3, err: message('replay') })
    expect(listLocks()).toEqual([])

    const { out } = await startCommand(program, [...replayArgs(), '--resume']).ended
    expect(out).toContain('1 event delivered')
  })
})
