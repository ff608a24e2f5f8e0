import { createHmac, randomBytes } from 'node:crypto'
import type { WorkbenchState } from './state-file'

/** Keys whose value is a user id, wherever they are. */
const USER_KEYS: readonly string[] = ['userId', 'anonymousId', 'opaqueUserId', 'previousId', 'user', 'tsuid']

/** The keys of a pair of linked users. */
const LINK_KEYS: readonly string[] = ['from', 'to']

/**
 * A shorter id is replaced only where a key says that it is one. `1` is everywhere, and means nothing there.
 * Longer ids are found inside of other texts by their first characters.
 */
const MIN_LENGTH = 4

/** A shorter id is replaced only as a whole word. It may be a part of an ordinary one. */
const MIN_LENGTH_IN_WORDS = 8

/** These parts of a state have no user, and have to stay as they are. */
const KEPT: readonly string[] = ['mappings', 'settings', 'catalogue', 'scripts', 'mapping']

/** Another one for each process, so that nobody can find an id by trying: ids are often short or known. */
const secret = randomBytes(32)

/**
 * Replaces user ids by pseudonyms, wherever they are: in calls, in what was sent, in messages, in other ids. One id has
 * the same pseudonym everywhere, also in another file of the same workbench. Nothing else is replaced.
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
        const id = byStart.get(text.slice(at, at + MIN_LENGTH))?.find((candidate) => isAt(text, candidate, at))
        if (id === undefined) {
          at += 1
          continue
        }
        masked += text.slice(from, at) + maskId(id)
        at += id.length
        from = at
      }
      return from === 0 ? text : masked + text.slice(from)
    }
  }
}

function isAt(text: string, id: string, at: number): boolean {
  if (!text.startsWith(id, at)) return false
  return id.length >= MIN_LENGTH_IN_WORDS || !(isWord(text[at - 1]) || isWord(text[at + id.length]))
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

/** Finds what is a user id by its key, at any depth. */
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

/** A pair of linked users has both keys. A difference has a path besides. */
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
