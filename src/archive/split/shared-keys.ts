import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { hashId } from '../../core'
import { createPairTable, type JoinedPersons, MAX_SHARED } from './persons'

/** What persons may share, and must then be in one part for. */
const SHARED_KINDS = ['messageIds', 'bids', 'orders'] as const

type SharedKind = (typeof SHARED_KINDS)[number]

/** How many hubs of each kind there are: keys that more than 1,000 persons share. */
export type SharedHubs = Record<SharedKind, number>

/** A use of a key: the two halves of its hash, and the identity. The kind replaces the two highest bits. */
const USE = 3
const KIND_SHIFT = 30

/** So many bytes of an archive have about four million uses, which are joined in about 150 MB. */
const BYTES_OF_A_FILE = 256 * 1024 * 1024
const MAX_FILES = 256

/**
 * Creates the uses of message ids, bids and orders, which are none yet. They are kept in temporary files, because there are
 * as many as events.
 *
 * @param folder for the temporary files
 * @param bytes the size of the archive, as it is stored
 */
export function createSharedKeys(folder: string, bytes: number) {
  let count = 1
  while (count < MAX_FILES && count * BYTES_OF_A_FILE < bytes) count *= 2
  const files = Array.from({ length: count }, (_, index) => createNumberFile(path.join(folder, `keys-${index}`)))
  return {
    /** @param identity what `Persons` returned for the ids of the event */
    add(kind: SharedKind, key: string, identity: number): void {
      const { high, low } = hashId(key)
      const file = files[low & (count - 1)]
      file.add(((high >>> 2) | (SHARED_KINDS.indexOf(kind) << KIND_SHIFT)) >>> 0)
      file.add(low)
      file.add(identity)
    },
    /** Joins the persons that share a key, and deletes the temporary files. Returns how many keys are hubs. */
    join(persons: JoinedPersons): SharedHubs {
      const hubs: SharedHubs = { messageIds: 0, bids: 0, orders: 0 }
      for (const file of files) joinUsers(file.take(), persons, hubs)
      return hubs
    }
  }
}

const BUFFERED_NUMBERS = 16 * 1024

/** Creates a temporary file of numbers of 32 bits. */
export function createNumberFile(file: string) {
  const buffer = new Uint32Array(BUFFERED_NUMBERS)
  let length = 0
  writeFileSync(file, '')

  function flush(): void {
    appendFileSync(file, new Uint8Array(buffer.buffer, 0, length * Uint32Array.BYTES_PER_ELEMENT))
    length = 0
  }

  return {
    add(number: number): void {
      buffer[length] = number
      length += 1
      if (length === buffer.length) flush()
    },
    flush,
    /** Returns all numbers, and deletes the file. */
    take(): Uint32Array {
      flush()
      const { buffer: bytes, byteOffset, byteLength } = readFileSync(file)
      rmSync(file)
      return new Uint32Array(bytes, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT)
    }
  }
}

/** Joins the persons of each key, unless the key is a hub. Nearly all keys are of one event only. */
function joinUsers(uses: Uint32Array, persons: JoinedPersons, hubs: SharedHubs): void {
  const total = uses.length / USE
  const keys = createPairTable(total, () => {
    throw new Error('There are more keys than uses.')
  })
  const counts = new Uint32Array(total)
  const rows = new Uint32Array(total)
  for (let use = 0; use < total; use += 1) {
    rows[use] = keys.put(uses[use * USE], uses[use * USE + 1])
    counts[rows[use]] += 1
  }

  /** The first person of each key, with 1 added. Nearly all keys with several uses have no other one. */
  const firstUsers = new Uint32Array(keys.size())
  const users = new Map<number, Set<number>>()
  for (let use = 0; use < total; use += 1) {
    const row = rows[use]
    if (counts[row] === 1) continue
    const user = persons.personOf(uses[use * USE + 2])
    if (firstUsers[row] === 0) firstUsers[row] = user + 1
    if (firstUsers[row] === user + 1) continue
    const all = users.get(row) ?? new Set([firstUsers[row] - 1])
    if (all.size <= MAX_SHARED) all.add(user)
    users.set(row, all)
  }
  for (const [row, all] of users) {
    const [first, ...others] = all
    if (all.size > MAX_SHARED) hubs[SHARED_KINDS[keys.first(row) >>> KIND_SHIFT]] += 1
    else for (const other of others) persons.join(first, other)
  }
}
