import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError, MINUTE, parseJson, SECOND } from '../../core'
import { isAlive } from '../is-alive'
import { StopError } from './stop'

/**
 * The lock of a journal, which this process holds until another one takes it over.
 *
 * The lock is a numbered file beside the journal, such as `replay.journal.lock.1`. A process takes it over by creating the
 * file with the next number, which only one process can do. Then it deletes the file before. So a holder knows that it
 * still has the lock if its own file is there. Clocks are not compared, because those of two machines differ.
 */
export type Lock = Awaited<ReturnType<typeof takeLock>>

/** Settings of a lock, which differ only in tests. */
export type LockOptions = {
  /** The name of this machine. Default: its host name. */
  host?: string
  /** After this silence, a holder on another machine counts as gone. Milliseconds. Default: a minute. */
  silence?: number
  /** How often the holder shows that it is alive. Milliseconds. Default: 5 seconds. */
  heartbeat?: number
  /** Gets a line when a holder on another machine has to be watched. */
  log?: (line: string) => void
}

/** The content of a lock's file. `beat` is last, because it gets longer when it grows. */
type Holder = { pid: number; host: string; token: string; beat: number }

/** A file of a lock, as it was read. `text` is empty if its holder has created the file but not written it yet. */
type Reading = { number: number; text: string; holder: Holder | undefined }

/** How often the lock of a silent holder is read. Milliseconds. */
const LOOK = SECOND

/** The longest content of a lock's file that is read. */
const MAX_BYTES = 4_096

/**
 * Takes the lock of a journal, so that no second process replays with it. The lock of a process that is gone is taken over.
 * On this machine, this happens at once. From another machine, it happens after a minute of silence, which is measured with
 * the timer of this machine.
 *
 * @param file the name of the lock's files, without their number
 * @throws InputError if another process holds it, or if the lock cannot be written
 */
export async function takeLock(file: string, options: LockOptions = {}) {
  const { host = hostname(), heartbeat = 5 * SECOND } = options
  const before = await waitUntilFree(file, host, options)
  const holder: Holder = {
    pid: process.pid,
    host,
    token: `${process.pid}-${Date.now()}-${Math.random()}`,
    beat: 0
  }
  const own = toName(file, (before?.number ?? 0) + 1)
  await create(file, own, holder)
  await removeEarlier(file, own)

  const timer = setInterval(() => {
    holder.beat += 1
    beat(own, holder)
  }, heartbeat).unref()

  return {
    /** Whether an earlier holder did not release it. That process may be suspended, and may write once more when it wakes up. */
    isTakenOver: before !== undefined,
    /**
     * Checks that this process still holds the lock. Call it right before each step that only the holder may take. It reads
     * a small file and blocks meanwhile, so that nothing else happens between the check and the step.
     *
     * @throws StopError if another replay has taken the lock over, or if the file cannot be read
     */
    check: (): void => {
      if (readOwn(own)?.token !== holder.token) throw new StopError(TAKEN_OVER)
    },
    /** Releases the lock, unless another replay has it by now. */
    release: async (): Promise<void> => {
      clearInterval(timer)
      const found = parseHolder(await readFile(own, 'utf8').catch(() => ''))
      if (found?.token === holder.token) await rm(own, { force: true })
    }
  }
}

const TAKEN_OVER =
  'Another replay has taken over the journal, because this one stood still, as a machine that sleeps does. That replay goes on, and this one sends and writes nothing more.'

function toName(file: string, number: number): string {
  return `${file}.${number}`
}

/** Reads the file of a lock with the highest number. There are lower ones if a process died while it took the lock over. */
async function readLatest(file: string): Promise<Reading | undefined> {
  const number = Math.max(0, ...(await listNumbers(file)))
  const text = number === 0 ? undefined : await readText(toName(file, number))
  return text === undefined ? undefined : { number, text, holder: parseHolder(text) }
}

/** @throws InputError if the folder cannot be read */
async function listNumbers(file: string): Promise<number[]> {
  const names = await readdir(path.dirname(file)).catch((error: unknown) => {
    throw toUnwritable(file, error)
  })
  const start = `${path.basename(file)}.`
  return names.flatMap((name) => {
    const rest = name.startsWith(start) ? name.slice(start.length) : ''
    return /^[1-9]\d{0,14}$/.test(rest) ? [Number(rest)] : []
  })
}

/** Returns undefined if there is no such file. */
async function readText(name: string): Promise<string | undefined> {
  return readFile(name, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new InputError(`${name} cannot be read: ${(error as Error).message}.`)
  })
}

function parseHolder(text: string): Holder | undefined {
  return parseJson(text) as Holder | undefined
}

/**
 * Waits until the lock may be taken.
 *
 * @returns the file of a holder that is gone, or undefined if there is none
 * @throws InputError as soon as a holder shows itself
 */
async function waitUntilFree(file: string, host: string, options: LockOptions): Promise<Reading | undefined> {
  const latest = await readLatest(file)
  if (latest?.holder?.host !== host) return latest && watch(file, latest, options)
  const { pid } = latest.holder
  // The process id of a container is the same each time it starts.
  if (pid !== process.pid && isAlive(pid)) throw new InputError(toInUse(file, latest))
  return latest
}

/** Watches a holder on another machine, until it was silent for long enough. */
async function watch(
  file: string,
  before: Reading,
  { silence = MINUTE, log = () => undefined }: LockOptions
): Promise<Reading | undefined> {
  log(
    `The journal was last used by ${nameHolder(before)}, and it cannot be seen from here whether that replay still runs. This one takes over if it sees no sign of life for ${silence / SECOND} seconds.`
  )
  const start = performance.now()
  for (let isOver = false; !isOver;) {
    await sleep(Math.min(LOOK, silence))
    // The time is taken before the file is read, so the last reading is not before the end of the silence.
    isOver = performance.now() - start >= silence
    const now = await readLatest(file)
    // The holder has released the lock.
    if (!now) return undefined
    if (now.number !== before.number || now.text !== before.text) throw new InputError(toInUse(file, now))
  }
  return before
}

/** Creates a file of a lock. Of several processes that create the same one, only one succeeds. */
async function create(file: string, own: string, holder: Holder): Promise<void> {
  try {
    await writeFile(own, JSON.stringify(holder), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new InputError(toInUse(file, await readLatest(file)))
    await rm(own, { force: true }).catch(() => undefined)
    throw toUnwritable(file, error)
  }
}

/**
 * Deletes the files with lower numbers. Their holders see from this that they have lost the lock.
 *
 * @throws InputError if there is a higher number. Then other processes took the lock over since it was read
 */
async function removeEarlier(file: string, own: string): Promise<void> {
  const numbers = await listNumbers(file)
  const names = numbers.sort((one, other) => one - other).map((number) => toName(file, number))
  if (names.at(-1) !== own) {
    await rm(own, { force: true })
    throw new InputError(toInUse(file, await readLatest(file)))
  }
  for (const name of names.slice(0, -1)) {
    await rm(name, { force: true }).catch((error: unknown) => {
      throw toUnwritable(file, error)
    })
  }
}

/**
 * Shows that the holder is alive. One handle reads the file and writes it, so that the file of another holder is not
 * written.
 */
function beat(own: string, holder: Holder): void {
  try {
    const handle = openSync(own, 'r+')
    try {
      const bytes = Buffer.alloc(MAX_BYTES)
      const found = parseHolder(bytes.toString('utf8', 0, readSync(handle, bytes, 0, MAX_BYTES, 0)))
      if (found?.token === holder.token) writeSync(handle, JSON.stringify(holder), 0)
    } finally {
      closeSync(handle)
    }
  } catch {
    // The check before the next step reports what is wrong.
  }
}

/** Reads the holder's own file. On a network file system, opening a file asks the server. Listing its folder may not. */
function readOwn(own: string): Holder | undefined {
  try {
    return parseHolder(readFileSync(own, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESTALE') return undefined
    throw new StopError(`${own} cannot be read: ${message}. So it is not known whether another replay has the journal.`)
  }
}

function toUnwritable(file: string, error: unknown): InputError {
  return new InputError(
    `${file} cannot be written: ${(error as Error).message}. The journal needs a folder in which files can be created: choose one with --journal.`
  )
}

function nameHolder(reading: Reading | undefined): string {
  const holder = reading?.holder
  return holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
}

function toInUse(file: string, reading: Reading | undefined): string {
  const lock = toName(file, reading?.number ?? 1)
  return `The journal is in use by ${nameHolder(reading)}. Wait until that replay ends, or stop it. If it is gone, delete ${lock}.`
}
