import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import type { Fingerprint } from '../fingerprint'
import { openJournal } from '../journal'
import type { Journal, JournalBatch } from '../journal'
import { runs } from '../../../../test/support/runs'

const folder = mkdtempSync(path.join(tmpdir(), 'journal-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let files = 0
function newFile(): string {
  files += 1
  return path.join(folder, `${files}.journal`)
}

const FINGERPRINT: Fingerprint = {
  files: [{ name: 'logs/a.gz', size: 100, hash: 'abc' }],
  settings: { '--from': null, '--source': 'web', 'the target': 'topsort' }
}

const batch = (number: number): JournalBatch => ({ number, events: 50, ids: `ids-${number}` })
const RESULT = { delivered: 49, rejected: 1, accepted: 60, rejectedBytes: 10 }

/** Writes a journal of six records: the start, two batches with results, and one without. */
async function writeJournal(file: string): Promise<void> {
  const journal = await openJournal(file, FINGERPRINT, false)
  await journal.sent(batch(1))
  await journal.sent(batch(2))
  await journal.settled(batch(2), RESULT)
  await journal.settled(batch(1), { ...RESULT, rejectedBytes: 20 })
  await journal.sent(batch(3))
  await journal.close()
}

async function withJournal<Value>(file: string, use: (journal: Journal) => Value): Promise<Value> {
  const journal = await openJournal(file, FINGERPRINT, true)
  try {
    return use(journal)
  } finally {
    await journal.close()
  }
}

describe('A journal', () => {
  it('a journal remembers the batches with a result, and those that were in flight', async () => {
    const file = newFile()
    await writeJournal(file)

    await withJournal(file, (journal) => {
      expect(journal.state).toMatchObject({ isNew: false, isFinished: false, wasTorn: false, inFlight: [batch(3)] })
      expect(journal.totals()).toEqual({ delivered: 98, rejected: 2, accepted: 120, rejectedBytes: 20 })
      expect(journal.find(1)).toEqual({ ids: 'ids-1', isSettled: true })
      expect(journal.find(3)).toEqual({ ids: 'ids-3', isSettled: false })
      expect(journal.find(4)).toBeUndefined()
    })
  })

  it('a journal is not created before the first record', async () => {
    const file = newFile()
    await withJournal(file, ({ state }) => {
      expect(state.isNew).toBe(true)
    })
    expect(existsSync(file)).toBe(false)
  })

  it('a journal that is truncated anywhere gives its first records', async () => {
    const file = newFile()
    await writeJournal(file)
    const bytes = readFileSync(file)
    const ends = [...bytes.entries()].flatMap(([index, byte]) => (byte === 10 ? [index + 1] : []))
    const inFlight = [[], [1], [1, 2], [1], [], [3]]

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (cut) => {
        const torn = newFile()
        writeFileSync(torn, bytes.subarray(0, cut))
        const whole = ends.filter((end) => end <= cut).length
        const state = await withJournal(torn, (journal) => journal.state)
        expect(state.isNew).toBe(whole === 0)
        expect(state.inFlight.map(({ number }) => number)).toEqual(whole === 0 ? [] : inFlight[whole - 1])
        expect(state.wasTorn).toBe(cut !== (ends[whole - 1] ?? 0))
      }),
      runs(200)
    )
  })

  it('a journal goes on after the last whole record if the next one is torn', async () => {
    const file = newFile()
    await writeJournal(file)
    writeFileSync(file, readFileSync(file).subarray(0, -5))

    const journal = await openJournal(file, FINGERPRINT, true)
    await journal.sent(batch(4))
    await journal.close()

    await withJournal(file, ({ state }) => {
      expect(state).toMatchObject({ wasTorn: false, inFlight: [batch(4)] })
    })
  })

  it('a journal is refused if any record before the last one is damaged', async () => {
    const file = newFile()
    await writeJournal(file)
    const bytes = readFileSync(file)
    const lastStart = bytes.lastIndexOf(10, bytes.length - 2) + 1
    const toCarriageReturn: [number, number] = [lastStart - 1, 10 ^ 13]

    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: lastStart - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const damaged = newFile()
          const copy = Buffer.from(bytes)
          copy[at] ^= change
          writeFileSync(damaged, copy)
          await expect(openJournal(damaged, FINGERPRINT, true)).rejects.toThrow(/is damaged/)
          expect(readFileSync(damaged)).toEqual(copy)
        }
      ),
      { ...runs(200), examples: [toCarriageReturn] }
    )
  })

  it('an existing journal is refused without --resume', async () => {
    const file = newFile()
    await writeJournal(file)
    await expect(openJournal(file, FINGERPRINT, false)).rejects.toThrow(
      /is the journal of an earlier replay. To go on with it, add --resume/
    )
  })

  it('a file that is not a journal is not overwritten', async () => {
    const file = newFile()
    writeFileSync(file, 'Dear diary')
    await expect(openJournal(file, FINGERPRINT, true)).rejects.toThrow(/is not the journal of a replay/)
    expect(readFileSync(file, 'utf8')).toBe('Dear diary')
  })

  it.each<[string, Fingerprint, string]>([
    [
      'another setting',
      { ...FINGERPRINT, settings: { ...FINGERPRINT.settings, '--source': 'app' } },
      '--source was web and is app now.'
    ],
    [
      'one more setting',
      { ...FINGERPRINT, settings: { ...FINGERPRINT.settings, '--from': 5 } },
      '--from was not set and is 5 now.'
    ],
    ['no file', { ...FINGERPRINT, files: [] }, 'the file logs/a.gz is missing.'],
    [
      'a file of another size',
      { ...FINGERPRINT, files: [{ name: 'logs/a.gz', size: 101, hash: 'abc' }] },
      'the file logs/a.gz had 100 bytes and has 101 now.'
    ],
    [
      'a file with other content',
      { ...FINGERPRINT, files: [{ name: 'logs/a.gz', size: 100, hash: 'abd' }] },
      'the file logs/a.gz has other content.'
    ]
  ])('a journal is refused with %s', async (_, fingerprint, message) => {
    const file = newFile()
    await writeJournal(file)
    await expect(openJournal(file, fingerprint, true)).rejects.toThrow(message)
  })

  it('a journal is accepted if the archive was only moved', async () => {
    const file = newFile()
    await writeJournal(file)
    const moved = { ...FINGERPRINT, files: [{ name: '/mnt/a.gz', size: 100, hash: 'abc' }] }
    await (await openJournal(file, moved, true)).close()
  })
})

describe('The files of a replay', () => {
  it('the files of a replay are found if files were added', async () => {
    const file = newFile()
    await writeJournal(file)
    const added = { name: 'logs/b.gz', size: 5, hash: 'b' }
    const journal = await openJournal(file, { ...FINGERPRINT, files: [added, ...FINGERPRINT.files, added] }, true)
    await journal.close()
    expect(journal.state.files).toEqual([1])
  })
})
