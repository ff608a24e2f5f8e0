import { createHmac, randomBytes } from 'node:crypto'
import type { WorkbenchState } from './state-file'

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
 * of one process. Nothing else is replaced.
 */
export function maskUsers(state: WorkbenchState): WorkbenchState {
  const mask = createMask(collectIds(state))
  return { ...(maskValue(state, mask) as WorkbenchState), masked: true }
}

type Mask = {
  /** Replaces a user id. */
  id: (id: string) => string
  /** Replaces user ids inside of a text. */
  text: (text: string) => string
}

function createMask(ids: ReadonlySet<string>): Mask {
  const pseudonyms = new Map<string, string>()
  const byStart = new Map<string, string[]>()
  for (const id of ids) {
    if (id.length < MIN_LENGTH) continue
    const start = id.slice(0, MIN_LENGTH)
    byStart.set(
      start,
      [...(byStart.get(start) ?? []), id].sort((one, other) => other.length - one.length)
    )
  }

  const maskId = (id: string): string => {
    const known = pseudonyms.get(id)
    if (known !== undefined) return known
    const pseudonym = `user-${createHmac('sha256', secret).update(id).digest('hex').slice(0, 16)}`
    pseudonyms.set(id, pseudonym)
    return pseudonym
  }

  return {
    id: maskId,
    text(text) {
      if (ids.has(text) && text.length >= MIN_LENGTH) return maskId(text)
      let masked = ''
      let from = 0
      for (let at = 0; at + MIN_LENGTH <= text.length;) {
        const id = byStart.get(text.slice(at, at + MIN_LENGTH))?.find((candidate) => lengthAt(text, candidate, at) > 0)
        if (id === undefined) {
          at += 1
          continue
        }
        masked += text.slice(from, at) + maskId(id)
        at += lengthAt(text, id, at)
        from = at
      }
      return from === 0 ? text : masked + text.slice(from)
    }
  }
}

/** Returns the length of an id in a text, or 0 if it is not there. Messages cut long ids: `visito…`. */
function lengthAt(text: string, id: string, at: number): number {
  if (text.startsWith(id, at)) {
    const isFound = id.length >= MIN_LENGTH_IN_WORDS || !(isWord(text[at - 1]) || isWord(text[at + id.length]))
    return isFound ? id.length : 0
  }
  let length = 0
  while (length < id.length && text[at + length] === id[length]) length += 1
  return length >= MIN_LENGTH && text[at + length] === '…' && !isWord(text[at - 1]) ? length + 1 : 0
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

/** Finds user ids by their keys, at any depth. */
function collectIds(value: unknown, ids = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) collectIds(item, ids)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (isUserKey(key, value)) for (const id of [item].flat()) addId(id, ids)
      collectIds(item, ids)
    }
  }
  return ids
}

function addId(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'string' && typeof value !== 'number') return
  const id = String(value).trim()
  if (id !== '') ids.add(id)
}

/** Returns whether a key holds a user id. Beside a path, `from` and `to` belong to a difference, not to linked users. */
function isUserKey(key: string, owner: object): boolean {
  if (USER_KEYS.includes(key)) return true
  return LINK_KEYS.includes(key) && 'from' in owner && 'to' in owner && !('path' in owner)
}

function maskValue(value: unknown, mask: Mask, isUser = false): unknown {
  if (typeof value === 'string') return isUser ? maskUser(value, mask) : mask.text(value)
  if (typeof value === 'number') return isUser ? mask.id(String(value)) : value
  if (Array.isArray(value)) return value.map((item) => maskValue(item, mask, isUser))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.length >= MIN_LENGTH_IN_WORDS ? mask.text(key) : key,
      KEPT.includes(key) && typeof item === 'object' ? item : maskValue(item, mask, isUserKey(key, value))
    ])
  )
}

function maskUser(value: string, mask: Mask): string {
  const id = value.trim()
  return id === '' ? value : mask.id(id)
}
