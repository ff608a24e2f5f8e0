import { closeSync, openSync, readSync, renameSync } from 'node:fs'
import path from 'node:path'
import { createMessageGroups } from '../preflight/message-groups'
import type { MessageGroup } from '../preflight/report'
import { formatPlace, sizeOf, type Source } from '../read'
import { type RawRecord, readRaw } from '../read/read-source'
import { toEvent } from '../read/to-event'
import type { Select } from '../select'
import { createPersons, type JoinedPersons, type Persons } from './persons'
import { scanIds } from './scan-ids'
import { createSharedKeys, type SharedHubs, type SharedKeys, writeAll } from './shared-keys'

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
export type AssignOptions = {
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

const ROUTES = 'routes'

/** Returns the file that has the part of each record, from 0 on, as 16 bits in the order of the records. */
export function routesFile(folder: string): string {
  return path.join(folder, ROUTES)
}

/**
 * Reads an archive, and assigns each record to a part. All events of one person are in one part, and so are those of
 * persons who share a message id, a bid or an order.
 *
 * @throws InputError if there are too many ids of persons
 */
export async function assignParts(options: AssignOptions): Promise<Assignment> {
  const { sources, of, folder, maxIds } = options
  const persons = createPersons(maxIds)
  const keys = createSharedKeys(folder, sizeOf(sources))
  const identities = createNumbers(path.join(folder, 'identities'))
  const unreadable = createMessageGroups()
  const assignment: Assignment = {
    records: [],
    notSelected: 0,
    unreadable: [],
    hubs: { users: 0, messageIds: 0, bids: 0, orders: 0 }
  }
  const identify = createIdentify(persons, keys, options.select)

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
      options.onProgress(bytes, records.length)
    }
    assignment.records.push(count)
  }
  identities.close()

  const joined = persons.join()
  assignment.hubs = { users: joined.hubs, ...keys.join(joined) }
  assignment.unreadable = unreadable.list()
  writeRoutes(folder, joined, of)
  return assignment
}

type TextRecord = Extract<RawRecord, { text: string }>

/** Creates a function that notes the ids of a record, and returns a number that stands for those of the person. */
function createIdentify(persons: Persons, keys: SharedKeys, select?: Select) {
  return ({ text }: TextRecord, file: string): number => {
    if (select) {
      const read = toEvent(text)
      if (!read.ok) return UNREADABLE
      if (!select(read.event, file)) return NOT_SELECTED
    }
    const ids = scanIds(text)
    if (!ids) return UNREADABLE
    const { messageId, people, bids, orders } = ids
    // The line break keeps a message id apart from the ids of persons, which have none.
    const identity = persons.identify(people.length > 0 ? people : [`messageId\n${messageId}`])
    keys.add('messageIds', messageId, identity)
    for (const bid of bids) keys.add('bids', bid, identity)
    for (const order of orders) keys.add('orders', order, identity)
    return identity
  }
}

const BUFFERED_NUMBERS = 64 * 1024

/** Creates a file of numbers of 32 bits. */
function createNumbers(file: string) {
  const handle = openSync(file, 'w')
  const buffer = new Uint32Array(BUFFERED_NUMBERS)
  let length = 0

  function flush(): void {
    writeAll(handle, new Uint8Array(buffer.buffer, 0, length * Uint32Array.BYTES_PER_ELEMENT))
    length = 0
  }

  return {
    add(number: number): void {
      buffer[length] = number
      length += 1
      if (length === buffer.length) flush()
    },
    close(): void {
      flush()
      closeSync(handle)
    }
  }
}

/** Writes the part of each record. The file has its name only when it is whole. */
function writeRoutes(folder: string, persons: JoinedPersons, of: number): void {
  const from = openSync(path.join(folder, 'identities'), 'r')
  const to = openSync(`${routesFile(folder)}.tmp`, 'w')
  const identities = new Uint32Array(BUFFERED_NUMBERS)
  const routes = new Uint16Array(BUFFERED_NUMBERS)
  const bytes = new Uint8Array(identities.buffer)
  for (let read = readFully(from, bytes); read > 0; read = readFully(from, bytes)) {
    const count = read / Uint32Array.BYTES_PER_ELEMENT
    for (let index = 0; index < count; index += 1) {
      const identity = identities[index]
      if (identity === NOT_SELECTED) routes[index] = LEFT_OUT
      else routes[index] = identity === UNREADABLE ? 0 : spread(persons.personOf(identity)) % of
    }
    writeAll(to, new Uint8Array(routes.buffer, 0, count * Uint16Array.BYTES_PER_ELEMENT))
  }
  closeSync(from)
  closeSync(to)
  renameSync(`${routesFile(folder)}.tmp`, routesFile(folder))
}

/** Fills the bytes from an open file. Returns how many there were, which is less only at the end. */
export function readFully(handle: number, bytes: Uint8Array): number {
  let done = 0
  while (done < bytes.length) {
    const read = readSync(handle, bytes, done, bytes.length - done, null)
    if (read === 0) break
    done += read
  }
  return done
}

/** Mixes the bits of a number, so that neighbors get different parts. */
function spread(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
