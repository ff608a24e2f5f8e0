import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError, MINUTE } from '../../core'

/** Who holds a lock. */
type Holder = { pid: number; host: string; token: string }

/** How often the holder shows that it is alive. Milliseconds. */
const HEARTBEAT = 5_000

/** A holder on another machine that has not shown itself for so long is gone. Milliseconds. */
const SILENCE = MINUTE

/** How long another process that also takes over a lock needs at most to write it. Milliseconds. */
const SETTLE = 100

/**
 * Takes a lock, so that no second process replays with the same journal. A lock whose process is gone is taken over: on
 * this machine at once, from another machine when it was silent for a minute.
 *
 * @returns a function that gives the lock back
 * @throws InputError if another process holds it
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  const token = `${process.pid}-${Date.now()}-${Math.random()}`
  if (!(await tryToCreate(file, token))) {
    const problem = await problemOf(file)
    if (problem) throw new InputError(problem)
    await rm(file, { force: true })
    if (!(await tryToCreate(file, token))) throw new InputError(inUse(file, await readHolder(file)))
    await sleep(SETTLE)
  }
  const holder = await readHolder(file)
  if (holder?.token !== token) throw new InputError(inUse(file, holder))

  const heartbeat = setInterval(() => {
    const now = new Date()
    // The folder may be gone or read-only by now. Then the journal itself says so.
    utimes(file, now, now).catch(() => undefined)
  }, HEARTBEAT).unref()

  return async () => {
    clearInterval(heartbeat)
    if ((await readHolder(file))?.token === token) await rm(file, { force: true })
  }
}

async function tryToCreate(file: string, token: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), token }
  try {
    await writeFile(file, JSON.stringify(holder), { flag: 'wx' })
    return true
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    await rm(file, { force: true }).catch(() => undefined)
    throw new InputError(
      `${file} cannot be written: ${message}. The journal needs a folder in which files can be created: choose one with --journal.`
    )
  }
}

/** Says why a lock must not be taken over, if so. */
async function problemOf(file: string): Promise<string | undefined> {
  const holder = await readHolder(file)
  const age = await stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity
  )
  // A lock that was just created may still be empty.
  if (holder === undefined) return age < SILENCE ? inUse(file, holder) : undefined
  // The process id of a container is the same each time it starts.
  if (holder.host === hostname()) {
    return holder.pid !== process.pid && isAlive(holder.pid) ? inUse(file, holder) : undefined
  }
  return age < SILENCE ? inUse(file, holder) : undefined
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be signaled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inUse(file: string, holder: Holder | undefined): string {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
  return `The journal is in use by ${who}. Wait until that replay ends, or stop it. If it is gone, wait a minute or delete ${file}.`
}
