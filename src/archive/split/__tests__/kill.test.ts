import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateArchive } from '../../../../scripts/archive/generate'
import { createProgram, type Program } from '../../../../test/support/program'
import { listSources } from '../../read'
import { runSplit } from '../run-split'

const folder = mkdtempSync(path.join(tmpdir(), 'split-kill-'))
const logs = path.join(folder, 'segment-logs')
let program: Program

beforeAll(async () => {
  program = await createProgram()
  await generateArchive({ out: folder, events: 20_000, users: 2_000, products: 300, days: 10, linesPerFile: 300 })
}, 120_000)
afterAll(() => {
  program.remove()
  rmSync(folder, { recursive: true })
})

/** Starts a split in its own process. */
function start(out: string) {
  const child = spawn(process.execPath, [program.file, 'preflight', logs, '--split', '3', '--out', out], {
    stdio: 'ignore'
  })
  return { child, ended: once(child, 'close').then(([code]) => code as number | null) }
}

/** Returns a hash of all files of a folder, with their names. */
function digestOf(out: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(out, name)
    hash.update(name)
    if (statSync(file).isFile()) hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** How many files of the archive are in the parts. */
function countDone(out: string): number {
  const file = path.join(out, '.split/done.jsonl')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0
}

it('gives the same parts however often it is killed, and no part that is not whole', async () => {
  const whole = path.join(folder, 'whole')
  expect(await start(whole).ended).toBe(0)

  const out = path.join(folder, 'killed')
  const moments: (() => boolean)[] = [
    () => existsSync(path.join(out, '.split/identities')),
    () => existsSync(path.join(out, '.split/assigned.json')),
    () => countDone(out) >= 10,
    () => countDone(out) >= 40
  ]
  for (const isNow of moments) {
    const { child, ended } = start(out)
    const state = { isOver: false }
    void ended.then(() => (state.isOver = true))
    while (!isNow() && !state.isOver) await sleep(1)
    child.kill('SIGKILL')
    expect(await ended).toBeNull()
    expect(readdirSync(out)).toEqual(['.split'])
    await expect(listSources([path.join(out, '1-of-3')])).rejects.toThrow()
  }
  const done = countDone(out)
  expect(await start(out).ended).toBe(0)
  expect(done).toBeGreaterThanOrEqual(40)
  expect(digestOf(out)).toBe(digestOf(whole))
}, 300_000)

it('refuses to split into a folder while another process does', async () => {
  const out = path.join(folder, 'two')
  const { child, ended } = start(out)
  while (!existsSync(path.join(out, '.split/process'))) await sleep(1)
  child.kill('SIGSTOP')
  await expect(runSplit({ inputs: [logs], of: 3, out, selection: {} })).rejects.toThrow(
    `Process ${child.pid} is splitting into ${out} already.`
  )
  child.kill('SIGCONT')
  expect(await ended).toBe(0)
}, 60_000)

it('says what to do if it cannot write', async () => {
  const out = path.join(folder, 'file')
  writeFileSync(out, '')
  await expect(runSplit({ inputs: [logs], of: 3, out, selection: {} })).rejects.toThrow(
    /^The split into .*file had to stop: .*Check the free space and the permissions/
  )
})

it('refuses to read a part of a split that did not finish', async () => {
  const out = path.join(folder, 'whole')
  rmSync(path.join(out, '2-of-3/part.json'))
  await expect(listSources([path.join(out, '2-of-3')])).rejects.toThrow(
    /2-of-3 has no part.json, so its split did not finish/
  )
})
