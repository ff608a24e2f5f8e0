import { randomUUID } from 'node:crypto'
import type { Delivery, EventLabel, Mapping, Observer, TakenEvent, Attempt } from '../../pipeline'
import { labelOf, MAX_STRAYS } from '../../pipeline'
import type { JsonObject } from '../../core'
import type { OpenedCase } from '../api'

/** One Segment event at one mapping, with its attempts and results. */
export type Entry = {
  /** Unique. Later entries have higher numbers, also after `clear`. */
  sequence: number
  /** ISO 8601. */
  receivedAt: string
  label: EventLabel | null
  /** Absent if the call was refused. */
  call?: TakenEvent
  /** The call as the shop sent it, if Segment would refuse it. */
  refused?: JsonObject
  /** The mapping at that time. Absent if the event reached no mapping. */
  mapping?: Mapping
  /** The latest result. Absent before the first attempt. */
  delivery?: Delivery
  tries: Attempt[]
  /** The time of the next attempt, in epoch milliseconds. Absent if there is none. */
  nextTryAt?: number
  /** The number of the latest change of any entry when this one changed. */
  version: number
}

/** An entry without the values that the history sets. */
export type PastEntry = Omit<Entry, 'sequence' | 'version'>

/** The newest entries, and the order in which they changed. */
export type History = ReturnType<typeof createHistory>

/** Creates an empty history. @param keep the number of entries that are kept */
export function createHistory(keep: number) {
  const listeners = new Set<() => void>()
  /** Tells the listeners that an entry, or something beside the entries, has changed. */
  const wake = (): void => {
    for (const listener of listeners) listener()
  }
  const entries = createEntries(keep, wake)
  let epoch = randomUUID()
  let openedCase: OpenedCase | undefined

  return {
    ...entries,
    /** Records the events of the pipeline. */
    observer: createObserver(entries),
    /** Marks the entries of an event as changed, because other data about it has changed. */
    touch: (messageId: string): void => {
      entries.findByMessage(messageId).forEach(entries.change)
    },
    /** Identifies the time between two calls of `clear`. Versions count from 1 in each. */
    epoch: (): string => epoch,
    /** Calls a function after each change. Returns a function that stops this. */
    onChange: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    wake,
    /** The case that the entries come from. */
    openedCase: () => openedCase,
    /** Removes all entries. @param opened the case that the next entries come from */
    clear: (opened?: OpenedCase): void => {
      entries.clear()
      epoch = randomUUID()
      openedCase = opened
      wake()
    }
  }
}

/** The number of calls that are kept although Segment would refuse their size. A request has at most 500 KB. */
const MAX_LARGE_CALLS = 50

/** In bytes, about. Segment takes no larger call. */
const LARGE_CALL = 32 * 1_024

/** Creates an empty list of entries. @param onChange is called after each change of an entry */
function createEntries(keep: number, onChange: () => void) {
  const entries = new Map<number, Entry>()
  const byMessage = new Map<string, Entry[]>()
  /** All entries in the order of their latest change. */
  const changed = new Set<Entry>()
  /** The requests of strangers never take the place of other entries. */
  const kept = { own: new Set<Entry>(), strays: new Set<Entry>() }
  const large: Entry[] = []
  let sequence = 0
  let version = 0

  /** Returns the entries of an event, one for each mapping. */
  const findByMessage = (messageId: string): readonly Entry[] => byMessage.get(messageId) ?? []

  function change(entry: Entry): void {
    version += 1
    entry.version = version
    changed.delete(entry)
    changed.add(entry)
    onChange()
  }

  function dropOldest(list: Set<Entry>): void {
    const [oldest] = list
    const messageId = oldest.label?.messageId ?? ''
    const others = findByMessage(messageId).filter((other) => other !== oldest)
    if (others.length > 0) byMessage.set(messageId, others)
    else byMessage.delete(messageId)
    entries.delete(oldest.sequence)
    changed.delete(oldest)
    list.delete(oldest)
  }

  return {
    /** Adds an entry, such as one of an earlier run. */
    add: (past: PastEntry, isStray = false): void => {
      sequence += 1
      const entry = { ...past, sequence, version: 0 }
      const messageId = entry.label?.messageId
      entries.set(sequence, entry)
      if (messageId) byMessage.set(messageId, [...findByMessage(messageId), entry])
      if (entry.refused && JSON.stringify(entry.refused).length > LARGE_CALL) large.push(entry)
      if (large.length > MAX_LARGE_CALLS) delete large.shift()?.refused
      const list = isStray ? kept.strays : kept.own
      if (list.add(entry).size > (isStray ? MAX_STRAYS : keep)) dropOldest(list)
      change(entry)
    },
    change,
    /** Oldest first. */
    entries: (): Iterable<Entry> => entries.values(),
    find: (number: number): Entry | undefined => entries.get(number),
    findByMessage,
    /** Returns the entries that changed after a version, in the order of their latest change, at most `limit`. */
    changesSince: (known: number, limit: number): Entry[] => {
      const found: Entry[] = []
      for (const entry of changed) {
        if (entry.version > known) found.push(entry)
        if (found.length === limit) break
      }
      return found
    },
    /** The number of the latest change. */
    version: (): number => version,
    clear: (): void => {
      for (const list of [entries, byMessage, changed, kept.own, kept.strays]) list.clear()
      large.length = 0
      version = 0
    }
  }
}

/** Creates the observer that adds and changes entries. */
function createObserver({ add, change, findByMessage }: ReturnType<typeof createEntries>): Observer {
  return {
    received(event, mapping) {
      add({ receivedAt: event.receivedAt, label: labelOf(event), call: event, mapping, tries: [] })
    },
    attempted(event, mapping, delivery, attempt, nextTryAt) {
      const entry = findByMessage(event.messageId).find(
        (other) => other.call === event && other.mapping?.name === mapping.name
      )
      if (!entry) return
      Object.assign(entry, { delivery, nextTryAt })
      entry.tries.push(attempt)
      change(entry)
    },
    undelivered(delivery, event, refused) {
      const receivedAt = event?.receivedAt ?? new Date().toISOString()
      const calls = { ...(event && { call: event }), ...(refused && { refused }) }
      add({ receivedAt, label: delivery.event, ...calls, delivery, tries: [] })
    },
    strayed(delivery) {
      add({ receivedAt: new Date().toISOString(), label: null, delivery, tries: [] }, true)
    }
  }
}
