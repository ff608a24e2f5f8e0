import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createMessageGroups } from '../preflight/message-groups'
import type { MessageGroup } from '../preflight/report'
import { formatPlace, sizeOf, type Source } from '../read'
import { type RawRecord, readRaw } from '../read/read-source'
import { toEvent } from '../read/to-event'
import type { Select } from '../select'
import { createPersons, type Persons } from './persons'
import { listIds } from './list-ids'
import { createNumberFile, createSharedKeys, type SharedHubs } from './shared-keys'

/** What is known of an archive when each of its records has a part. */
export type Assignment = {
  /** How many records with text each file has. */
  records: number[]
  /** Events that the selection leaves out. */
  notSelected: number
  /** What could not even be read as text, so that no part can have it. */
  unreadable: MessageGroup[]
  hubs: SharedHubs & { users: number }
}

/** How an archive is assigned. */
type AssignOptions = {
  sources: readonly Source[]
  /** How many parts there are. */
  of: number
  /** Which events are meant. Default: all. */
  select?: Select
  /** For temporary files, and for the result. */
  folder: string
  /** How many ids of persons are taken. For tests. */
  maxIds?: number
  onProgress: (bytes: number, records: number) => void
}

/** Stands for the identity of a record that is no event. It goes to the first part, which says why. */
const UNREADABLE = 0xffffffff
const NOT_SELECTED = 0xfffffffe

/** Stands for no part. */
export const LEFT_OUT = 0xffff

/** The file with a number of 32 bits for each record, in their order, which stands for the ids of its person. */
const IDENTITIES = 'identities'

/** The file with the part of each of these numbers, from 0 on, in 16 bits. */
const PARTS = 'parts-of-identities'

/**
 * Reads an archive, and assigns each record to a part. All events of one person are in one part, and so are those of
 * persons who share a message id, a bid or an order.
 *
 * @throws InputError if there are too many ids of persons
 */
export async function assignParts({
  sources,
  of,
  select,
  folder,
  maxIds,
  onProgress
}: AssignOptions): Promise<Assignment> {
  const persons = createPersons(maxIds)
  const keys = createSharedKeys(folder, sizeOf(sources))
  const identities = createNumberFile(path.join(folder, IDENTITIES))
  const unreadable = createMessageGroups()
  const assignment: Assignment = {
    records: [],
    notSelected: 0,
    unreadable: [],
    hubs: { users: 0, messageIds: 0, bids: 0, orders: 0 }
  }
  const identify = createIdentify(persons, keys, select)

  for (const source of sources) {
    let count = 0
    for await (const { file, records, bytes } of readRaw(source)) {
      for (const record of records) {
        if (!('text' in record)) {
          const place = formatPlace({ file, line: record.line })
          unreadable.add({ key: record.reason, message: record.reason }, () => ({ place }))
          continue
        }
        count += 1
        const identity = identify(record, file)
        if (identity === NOT_SELECTED) assignment.notSelected += 1
        identities.add(identity)
      }
      onProgress(bytes, records.length)
    }
    assignment.records.push(count)
  }
  identities.flush()

  const joined = persons.join()
  assignment.hubs = { users: joined.hubs, ...keys.join(joined) }
  assignment.unreadable = unreadable.list()
  const parts = Uint16Array.from({ length: persons.size() }, (_, identity) => spread(joined.personOf(identity)) % of)
  writeFileSync(path.join(folder, PARTS), parts)
  return assignment
}

type TextRecord = Extract<RawRecord, { text: string }>

/** Creates a function that notes the ids of a record, and returns a number that stands for those of the person. */
function createIdentify(persons: Persons, keys: ReturnType<typeof createSharedKeys>, select?: Select) {
  return ({ text }: TextRecord, file: string): number => {
    const read = toEvent(text)
    if (!read.ok) return UNREADABLE
    if (select && !select(read.event, file)) return NOT_SELECTED
    const { messageId, people, bids, orders } = listIds(read.event)
    // The line break keeps a message id apart from the ids of persons, which have none.
    const identity = persons.identify(people.length > 0 ? people : [`messageId\n${messageId}`])
    keys.add('messageIds', messageId, identity)
    for (const bid of bids) keys.add('bids', bid, identity)
    for (const order of orders) keys.add('orders', order, identity)
    return identity
  }
}

/** Opens the result of `assignParts`. */
export function openRoutes(folder: string) {
  const handle = openSync(path.join(folder, IDENTITIES), 'r')
  const { buffer, byteOffset, length } = readFileSync(path.join(folder, PARTS))
  const parts = new Uint16Array(buffer, byteOffset, length / Uint16Array.BYTES_PER_ELEMENT)

  function partOf(identity: number): number {
    if (identity === NOT_SELECTED) return LEFT_OUT
    return identity === UNREADABLE ? 0 : parts[identity]
  }

  return {
    /** Returns the part of each of the next records, from 0 on. */
    next(count: number): Uint16Array {
      const identities = new Uint32Array(count)
      const bytes = new Uint8Array(identities.buffer)
      for (let done = 0; done < bytes.length;) done += readSync(handle, bytes, done, bytes.length - done, null)
      return Uint16Array.from(identities, partOf)
    },
    close(): void {
      closeSync(handle)
    }
  }
}

/** Mixes the bits of a number, so that neighbors get different parts. */
function spread(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
