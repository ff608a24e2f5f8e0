import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { InputError } from '../../core'
import { type DurableFile, openDurableFile } from './durable-file'
import { describeDifference, type Fingerprint, findFiles } from './fingerprint'

/** Events that are sent together, usually in one request. */
export type JournalBatch = {
  /** The number of the batch, from 1. The same archive and settings give the same batches with the same numbers. */
  number: number
  /** The number of Segment events. */
  events: number
  /** A hash of the message ids and their mapping. */
  ids: string
}

/** The result of a batch. */
export type BatchResult = {
  /** Segment events that Topsort accepted, or that had nothing to send. */
  delivered: number
  /** Segment events that are in the file of rejected events. */
  rejected: number
  /** Events that Topsort accepted. A list counts once for each of its products. */
  accepted: number
  /** The size of the file of rejected events after this batch, in bytes. */
  rejectedBytes: number
}

/** The record of what a replay has sent, with the results. Each entry is on the disk before the next step. */
export type Journal = Awaited<ReturnType<typeof openJournal>>

type StartRecord = { type: 'start'; version: 1; startedAt: string; fingerprint: Fingerprint }

type Record =
  | StartRecord
  | ({ type: 'sent' } & JournalBatch)
  | ({ type: 'settled'; number: number; ids: string } & BatchResult)
  | { type: 'end' }

/** The records of a file. */
type Reading = {
  start?: StartRecord
  batches: Map<number, { ids: string; isSettled: boolean }>
  inFlight: Map<number, JournalBatch>
  totals: BatchResult
  isFinished: boolean
  wasTorn: boolean
  /** The size of the records that can be read, in bytes. */
  size: number
}

/** The longest record is the first one, which has the hashes of all files. */
const MAX_RECORD_BYTES = 256 * 1024 * 1024

/** Returns a short hash of ids in their order. */
export function digestIds(ids: readonly string[]): string {
  return createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 12)
}

/**
 * Opens a journal, or creates it. A record is one line: a checksum and JSON. If the process or the machine died while the
 * last record was written, the record is incomplete and is dropped. A batch whose result was lost with it is sent again.
 *
 * @param fingerprint of the input and the settings of this run
 * @param mayExist whether to continue a journal that exists
 * @param check as for {@link openDurableFile}
 * @throws InputError if the journal is damaged, has another input or other settings, or must not exist
 * @throws StopError if it cannot be written
 */
export async function openJournal(file: string, fingerprint: Fingerprint, mayExist: boolean, check?: () => void) {
  const reading = (await exists(file)) ? await readJournal(file) : startReading()
  if (reading.start) checkSame(file, reading.start.fingerprint, fingerprint, mayExist)
  const startedAt = reading.start ? Date.parse(reading.start.startedAt) : Date.now()
  let opening: Promise<DurableFile> | undefined

  /** Nothing is written before the first batch. So a person who does not confirm leaves no journal. */
  async function openOutput(): Promise<DurableFile> {
    const output = await openDurableFile(file, reading.start ? reading.size : 0, check)
    if (!reading.start) {
      const start = new Date(startedAt).toISOString()
      await output.append(formatRecord({ type: 'start', version: 1, startedAt: start, fingerprint }))
    }
    return output
  }

  async function append(record: Record): Promise<void> {
    opening ??= openOutput()
    await (await opening).append(formatRecord(record))
  }

  const { batches, totals } = reading
  const first = reading.start?.fingerprint ?? fingerprint
  return {
    /** The state when the journal was opened. */
    state: {
      /** Whether the journal did not exist before. */
      isNew: !reading.start,
      /** When the first run started, in epoch milliseconds. */
      startedAt,
      /** The input and the settings with which the first run started. */
      fingerprint: first,
      /** The indexes of the replay's files in the fingerprint of this run. The other files were added after it started. */
      files: findFiles(first.files, fingerprint.files) ?? [],
      /** Batches that have no result, although they may have been sent. It is not known whether Topsort stored them. */
      inFlight: [...reading.inFlight.values()],
      /** Whether every batch has a result. */
      isFinished: reading.isFinished,
      /** Whether the last record was incomplete, which happens in a crash. It was dropped. */
      wasTorn: reading.wasTorn
    },
    /** Returns the sums over all batches with a result. `rejectedBytes` is that of the latest batch. */
    totals: (): Readonly<BatchResult> => totals,
    /** Returns the entry of a batch, or undefined if it was not sent. A batch that was sent twice has one entry. */
    find: (number: number) => batches.get(number),
    /** Records that a batch is about to be sent. */
    sent: ({ number, events, ids }: JournalBatch) => append({ type: 'sent', number, events, ids }),
    /** Records the result of a batch. */
    async settled({ number, ids }: JournalBatch, result: BatchResult): Promise<void> {
      await append({ type: 'settled', number, ids, ...result })
      addTo(totals, result)
    },
    /** Records that every batch has a result. */
    finish: () => append({ type: 'end' }),
    close: async () => (await opening?.catch(() => undefined))?.close()
  }
}

/** @throws InputError if a replay may not go on with the journal of an earlier one */
function checkSame(file: string, before: Fingerprint, now: Fingerprint, mayExist: boolean): void {
  if (!mayExist) {
    throw new InputError(
      `${file} is the journal of an earlier replay. To go on with it, add --resume. To start another replay, name another file with --journal.`
    )
  }
  const difference = describeDifference(before, now)
  if (difference) {
    throw new InputError(
      `${file} is the journal of a replay with other input or settings: ${difference} Resume with the same ones, or start another replay with another --journal.`
    )
  }
}

function formatRecord(record: Record): string {
  const json = JSON.stringify(record)
  return `${checksum(json)} ${json}\n`
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size > 0,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw new InputError(`${file} cannot be read: ${(error as Error).message}.`)
    }
  )
}

function startReading(): Reading {
  return {
    batches: new Map(),
    inFlight: new Map(),
    totals: { delivered: 0, rejected: 0, accepted: 0, rejectedBytes: 0 },
    isFinished: false,
    wasTorn: false,
    size: 0
  }
}

/** @throws InputError if anything but the last record cannot be read */
async function readJournal(file: string): Promise<Reading> {
  const reading = startReading()
  let line = 0
  let damaged: string | undefined
  for await (const { text, bytes, isWhole } of linesOf(file)) {
    if (damaged !== undefined) throw new InputError(toDamaged(file, line))
    line += 1
    const record = isWhole ? parseRecord(text) : undefined
    if (record && isInPlace(record, line)) {
      take(reading, record)
      reading.size += bytes
    } else {
      if (SECOND_RECORD.test(text)) throw new InputError(toDamaged(file, line))
      damaged = text
    }
  }
  if (damaged !== undefined && line === 1 && !isTornStart(damaged)) {
    throw new InputError(`${file} is not the journal of a replay. Name another file with --journal.`)
  }
  return { ...reading, wasTorn: damaged !== undefined }
}

function toDamaged(file: string, line: number): string {
  return `${file}:${line} is damaged, and it is not the last record. It is not known what was sent, so the replay cannot go on with this journal. Restore it from a copy.`
}

/** Tells whether a file may be a journal whose first record is incomplete. Such a file is overwritten, and no other. */
function isTornStart(text: string): boolean {
  const [sum, json] = [text.slice(0, 9), text.slice(9, 9 + START.length)]
  return /^[0-9a-f]{0,8} ?$/.test(sum) && START.startsWith(json)
}

const START = '{"type":"start"'

/** Matches the start of a second record in one line. The line break before it was damaged, for example to a carriage return. */
const SECOND_RECORD = /[^][0-9a-f]{8} \{"type":/

function isInPlace(record: Record, line: number): boolean {
  return (record.type === 'start') === (line === 1)
}

function parseRecord(text: string): Record | undefined {
  const json = text.slice(9)
  if (text.slice(0, 9) !== `${checksum(json)} `) return undefined
  return JSON.parse(json) as Record
}

function take(reading: Reading, record: Record): void {
  switch (record.type) {
    case 'start':
      reading.start = record
      return
    case 'sent': {
      const { number, events, ids } = record
      reading.batches.set(number, { ids, isSettled: false })
      reading.inFlight.set(number, { number, events, ids })
      return
    }
    case 'settled': {
      const { number, ids } = record
      reading.batches.set(number, { ids, isSettled: true })
      reading.inFlight.delete(number)
      addTo(reading.totals, record)
      return
    }
    case 'end':
      reading.isFinished = true
  }
}

function addTo(totals: BatchResult, { delivered, rejected, accepted, rejectedBytes }: BatchResult): void {
  totals.delivered += delivered
  totals.rejected += rejected
  totals.accepted += accepted
  totals.rejectedBytes = rejectedBytes
}

type Line = { text: string; bytes: number; isWhole: boolean }

async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk])
    let start = 0
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
      yield { text: rest.toString('utf8', start, end), bytes: end + 1 - start, isWhole: true }
      start = end + 1
    }
    rest = rest.subarray(start)
    if (rest.length > MAX_RECORD_BYTES) break
  }
  if (rest.length > 0) yield { text: rest.toString('utf8', 0, 64), bytes: rest.length, isWhole: false }
}
