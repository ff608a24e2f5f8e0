import { createHmac, randomBytes } from 'node:crypto'
import { createSlices, forEachInSlices, getOrCreate, groupBy, isObject, type Slices } from '../../core'
import type { WorkbenchState } from './read-state'

/** Keys whose value is always a user id. */
const USER_KEYS: readonly string[] = ['userId', 'anonymousId', 'opaqueUserId', 'previousId', 'user', 'tsuid']

/** The keys of two linked users. */
const LINK_KEYS: readonly string[] = ['from', 'to']

/**
 * A shorter id is replaced only under a key that names it, because a text such as `1` has other meanings elsewhere.
 * Longer ids are found inside of other texts by their first characters.
 */
const MIN_LENGTH = 4

/** A shorter id is replaced only as a whole word, because it may be part of another word. */
const MIN_LENGTH_IN_WORDS = 8

/** Parts of a state that have no user ids and must not change. */
const KEPT: readonly string[] = ['mappings', 'settings', 'catalogue', 'scripts', 'mapping']

/** Random in each process, so that nobody can find an id by trying. Ids are often short or known. */
const secret = randomBytes(32)

/**
 * Replaces user ids by pseudonyms in calls, sent events, messages and other ids. An id has the same pseudonym in all files
 * of one process. Nothing else is replaced. Lets other work run in between, because a state may be large.
 */
export async function maskUsers(state: WorkbenchState): Promise<WorkbenchState> {
  const slices = createSlices()
  const ids = new Set<string>()
  await mapParts(state, slices, (text, isUser) => {
    if (isUser && text.trim() !== '') ids.add(text.trim())
    return text
  })
  const mask = createMask(ids)
  const masked = await mapParts(state, slices, (text, isUser) => {
    if (!isUser) return mask.text(text)
    return text.trim() === '' ? text : mask.id(text.trim())
  })
  return { ...(masked as WorkbenchState), masked: true }
}

/** Returns another text, or the same. */
type MapText = (text: string, isUser: boolean) => string

/** Maps the texts of an object. Maps the items of its lists one by one, and those of the lists of its objects. */
async function mapParts(value: object, slices: Slices, map: MapText): Promise<object> {
  const mapped: [string, unknown][] = []
  for (const [key, part] of Object.entries(value)) {
    const isUser = isUserKey(key, value)
    if (slices.areOver()) await slices.next()
    if (KEPT.includes(key)) mapped.push([key, part])
    else if (Array.isArray(part)) mapped.push([key, await mapItems(part, isUser, slices, map)])
    else mapped.push([key, isObject(part) && !isUser ? await mapParts(part, slices, map) : mapTexts(part, map, isUser)])
  }
  return Object.fromEntries(mapped)
}

async function mapItems(items: unknown[], isUser: boolean, slices: Slices, map: MapText): Promise<unknown[]> {
  const mapped: unknown[] = []
  await forEachInSlices(items, (item) => mapped.push(mapTexts(item, map, isUser)), slices)
  return mapped
}

/** Maps the texts of a value at any depth, and its keys. A number that is a user id counts as text. */
function mapTexts(value: unknown, map: MapText, isUser: boolean): unknown {
  if (typeof value === 'string') return map(value, isUser)
  if (typeof value === 'number') return isUser ? map(String(value), isUser) : value
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map, isUser))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.length >= MIN_LENGTH_IN_WORDS ? map(key, false) : key,
      KEPT.includes(key) && typeof item === 'object' ? item : mapTexts(item, map, isUserKey(key, value))
    ])
  )
}

/** Returns whether a key holds a user id. Beside a path, `from` and `to` belong to a difference, not to linked users. */
function isUserKey(key: string, owner: object): boolean {
  if (USER_KEYS.includes(key)) return true
  return LINK_KEYS.includes(key) && 'from' in owner && 'to' in owner && !('path' in owner)
}

function createMask(ids: ReadonlySet<string>) {
  const pseudonyms = new Map<string, string>()
  const findAt = createFinder(ids)

  const maskId = (id: string): string =>
    getOrCreate(pseudonyms, id, () => `user-${createHmac('sha256', secret).update(id).digest('hex').slice(0, 16)}`)

  return {
    /** Replaces a user id. */
    id: maskId,
    /** Replaces user ids inside of a text. */
    text: (text: string): string => {
      if (ids.has(text) && text.length >= MIN_LENGTH) return maskId(text)
      let masked = ''
      let from = 0
      for (let at = 0; at + MIN_LENGTH <= text.length;) {
        const found = findAt(text, at)
        if (found === undefined) {
          at += 1
          continue
        }
        masked += text.slice(from, at) + maskId(found.id)
        at += found.length
        from = at
      }
      return from === 0 ? text : masked + text.slice(from)
    }
  }
}

/** An id that was found in a text, and how many characters it has there. Messages cut long ids: `visito…`. */
type FoundId = { id: string; length: number }

/** Creates a function that finds the longest id at a place in a text. Its time does not grow with the number of ids. */
function createFinder(ids: ReadonlySet<string>): (text: string, at: number) => FoundId | undefined {
  const sorted = [...ids].filter((id) => id.length >= MIN_LENGTH).sort()
  const byStart = groupBy(sorted, (id) => id.slice(0, MIN_LENGTH))
  const lengthsOf = (group: string[]): number[] => [...new Set(group.map(({ length }) => length))]
  const longestFirst = new Map(
    [...byStart].map(([start, group]) => [start, lengthsOf(group).sort((one, other) => other - one)])
  )

  return (text, at) => {
    const lengths = longestFirst.get(text.slice(at, at + MIN_LENGTH))
    if (!lengths) return undefined
    const isAfterWord = isWord(text[at - 1])
    const cut = text.slice(at, at + lengths[0] + 1).indexOf('…')
    if (cut >= MIN_LENGTH && !isAfterWord) {
      const id = findByStart(sorted, text.slice(at, at + cut))
      if (id !== undefined) return { id, length: cut + 1 }
    }
    for (const length of lengths) {
      const isAllowed = length >= MIN_LENGTH_IN_WORDS || !(isAfterWord || isWord(text[at + length]))
      const id = text.slice(at, at + length)
      if (isAllowed && id.length === length && ids.has(id)) return { id, length }
    }
    return undefined
  }
}

/** Returns the first of the sorted texts that starts with another text and is longer. */
function findByStart(sorted: readonly string[], start: string): string | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle] <= start) low = middle + 1
    else high = middle
  }
  return sorted.at(low)?.startsWith(start) ? sorted[low] : undefined
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
