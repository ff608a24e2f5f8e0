import { existsSync, readFileSync } from 'node:fs'

/** The content of a journal, read without the code under test. */
export type JournalRecords = {
  /** The numbers of the batches that have a result. */
  settled: Set<number>
  inFlight: Set<number>
  /** Batches that were sent again after they had a result. */
  sentAfterResult: number[]
}

export function readJournalRecords(file: string): JournalRecords {
  const records: JournalRecords = { settled: new Set(), inFlight: new Set(), sentAfterResult: [] }
  if (!existsSync(file)) return records
  const lines = readFileSync(file, 'utf8').split('\n')
  // A record without a line break was not written completely.
  for (const line of lines.slice(0, -1)) {
    const { type, number } = JSON.parse(line.slice(9)) as { type: string; number: number }
    if (type === 'sent') {
      if (records.settled.has(number)) records.sentAfterResult.push(number)
      records.inFlight.add(number)
    }
    if (type === 'settled') {
      records.settled.add(number)
      records.inFlight.delete(number)
    }
  }
  return records
}
