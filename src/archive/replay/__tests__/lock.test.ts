import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { HOUR } from '../../../core'
import { takeLock } from '../lock'
import type { Lock, LockOptions } from '../lock'

const folder = mkdtempSync(path.join(tmpdir(), 'lock-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let files = 0
function newFile(): string {
  files += 1
  return path.join(folder, `${files}.journal.lock`)
}

/** Lists the numbers of the files of a lock. */
function numbersOf(file: string): number[] {
  const start = `${path.basename(file)}.`
  const names = readdirSync(folder).filter((name) => name.startsWith(start))
  return names.map((name) => Number(name.slice(start.length))).sort((one, other) => one - other)
}

/** Writes the file of a holder that may be gone. */
function writeHolder(file: string, { pid = 1, host = hostname(), number = 1 }): void {
  writeFileSync(`${file}.${number}`, JSON.stringify({ pid, host, token: 'x', beat: 3 }))
}

const GONE = 2 ** 22 + 1
const SHORT: LockOptions = { silence: 20 }

describe('The lock of a journal', () => {
  it('the lock refuses a second replay until the first one has ended', async () => {
    const file = newFile()
    // A process may take over its own lock, so the parent of this process holds it.
    writeHolder(file, { pid: process.ppid })
    await expect(takeLock(file)).rejects.toThrow(`in use by process ${process.ppid}`)
    rmSync(`${file}.1`)

    const lock = await takeLock(file)
    expect(lock.isTakenOver).toBe(false)
    expect(numbersOf(file)).toEqual([1])
    await lock.release()
    expect(numbersOf(file)).toEqual([])
  })

  it('the lock is taken over at once from a process of this machine that has ended', async () => {
    const file = newFile()
    writeHolder(file, { pid: GONE })
    const lock = await takeLock(file)
    expect(lock.isTakenOver).toBe(true)
    expect(numbersOf(file)).toEqual([2])
    await lock.release()
    expect(numbersOf(file)).toEqual([])
  })

  it('the lock is taken over from another machine that is silent, after a line that says so', async () => {
    const file = newFile()
    writeHolder(file, { host: 'another-machine' })
    const lines: string[] = []
    const lock = await takeLock(file, { ...SHORT, log: (line) => lines.push(line) })

    expect(lock.isTakenOver).toBe(true)
    expect(lines).toEqual([expect.stringContaining('last used by process 1 on another-machine')])
    await lock.release()
  })

  it('the lock is not taken over from another machine that is alive, even if the clocks differ', async () => {
    const file = newFile()
    const holder = await takeLock(file, { host: 'another-machine', heartbeat: 5 })
    // To a machine whose clock is an hour ahead, the file looks as if nobody had written it for an hour.
    const past = new Date(Date.now() - HOUR)
    utimesSync(`${file}.1`, past, past)

    await expect(takeLock(file)).rejects.toThrow(`in use by process ${process.pid} on another-machine`)
    holder.check()
    await holder.release()
  })

  it('the lock is taken over from another machine that is gone, even if its clock was ahead', async () => {
    const file = newFile()
    writeHolder(file, { host: 'another-machine' })
    const future = new Date(Date.now() + HOUR)
    utimesSync(`${file}.1`, future, future)
    await (await takeLock(file, SHORT)).release()
  })

  it('the lock is free if the other machine releases it while it is watched', async () => {
    const file = newFile()
    const holder = await takeLock(file, { host: 'another-machine' })
    const lock = await takeLock(file, { log: () => void holder.release() })
    expect(lock.isTakenOver).toBe(false)
    await lock.release()
  })

  it('one of many processes gets the lock if all take it over at the same time', async () => {
    const file = newFile()
    writeHolder(file, { host: 'another-machine', number: 7 })
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => takeLock(file, { ...SHORT, host: `machine-${index}` }))
    )

    const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(locks).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(String(result.reason)).toMatch(/in use by/)
    }
    expect(numbersOf(file)).toEqual([8])
    locks[0].check()
    await locks[0].release()
  })

  it('one of many processes gets the lock if all find it free', async () => {
    const file = newFile()
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => takeLock(file, { host: `machine-${index}`, heartbeat: 5 }))
    )
    const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(locks).toHaveLength(1)
    await locks[0].release()
  })

  it('the lock is taken over from a process that died while it took over the lock', async () => {
    const file = newFile()
    writeHolder(file, { pid: GONE, number: 1 })
    writeHolder(file, { pid: GONE, number: 2 })
    const lock = await takeLock(file)
    expect(numbersOf(file)).toEqual([3])
    await lock.release()
  })

  it('the lock is taken over from a process that died before it wrote its name', async () => {
    const file = newFile()
    writeFileSync(`${file}.1`, '')
    await (await takeLock(file, SHORT)).release()
    expect(numbersOf(file)).toEqual([])
  })
})

describe('A holder whose lock was taken over', () => {
  /** Takes a lock twice, as two machines do, the first of which stood still. */
  async function takeTwice(file: string): Promise<{ first: Lock; second: Lock }> {
    const first = await takeLock(file, { host: 'another-machine', heartbeat: HOUR })
    return { first, second: await takeLock(file, SHORT) }
  }

  it('an earlier holder learns at its next check that it lost the lock', async () => {
    const file = newFile()
    const { first, second } = await takeTwice(file)
    expect(() => {
      first.check()
    }).toThrow('Another replay has taken over the journal')
    second.check()
    await second.release()
  })

  it('an earlier holder learns that it lost the lock even if a later one has the same number', async () => {
    const file = newFile()
    const { first, second } = await takeTwice(file)
    await second.release()
    const third = await takeLock(file)
    expect(numbersOf(file)).toEqual([1])
    expect(() => {
      first.check()
    }).toThrow('Another replay has taken over the journal')
    third.check()
    await third.release()
  })

  it('an earlier holder does not release the lock of the new one', async () => {
    const file = newFile()
    const first = await takeLock(file, { host: 'another-machine', heartbeat: HOUR })
    // The new holder has the same number, because the lock was given back in between.
    rmSync(`${file}.1`)
    const second = await takeLock(file)
    const before = readFileSync(`${file}.1`, 'utf8')
    await first.release()
    expect(readFileSync(`${file}.1`, 'utf8')).toBe(before)
    await second.release()
  })

  it('an earlier holder does not renew the lock of the new one', async () => {
    const file = newFile()
    const first = await takeLock(file, { host: 'another-machine', heartbeat: 1 })
    rmSync(`${file}.1`)
    const second = await takeLock(file, { host: 'this-machine', heartbeat: 20 })
    const { mtimeMs } = statSync(`${file}.1`)
    // The first one has had its turn many times when the second one has.
    while (statSync(`${file}.1`).mtimeMs === mtimeMs) await new Promise((resolve) => setTimeout(resolve, 1))

    expect(JSON.parse(readFileSync(`${file}.1`, 'utf8'))).toMatchObject({ host: 'this-machine' })
    second.check()
    await first.release()
    await second.release()
  })

  it('a holder stops if it cannot read its lock', async () => {
    const file = newFile()
    const lock = await takeLock(file)
    rmSync(`${file}.1`)
    // Reading a folder fails in another way than a missing file.
    mkdirSync(`${file}.1`)
    expect(() => {
      lock.check()
    }).toThrow(/cannot be read: EISDIR.*not known whether another replay has the journal/)
    rmSync(`${file}.1`, { recursive: true })
    await lock.release()
  })
})
