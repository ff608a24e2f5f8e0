import { randomUUID } from 'node:crypto'
import type { Delivery, EventLabel, Mapping, Observer, TakenEvent, Try } from '../pipeline'
import { labelOf } from '../pipeline'

/** One Segment event at one mapping, with its tries and results. */
export type Entry = {
  /** Unique. Later entries have higher numbers, also after `clear`. */
  sequence: number
  /** ISO 8601. */
  receivedAt: string
  label: EventLabel | null
  /** Absent if the call was refused. */
  call?: TakenEvent
  /** The mapping at that time. Absent if the event reached no mapping. */
  mapping?: Mapping
  /** The latest result. Absent before the first try. */
  delivery?: Delivery
  tries: Try[]
  /** The time of the next try, in epoch milliseconds. Absent if there is none. */
  nextTryAt?: number
  /** The number of the latest change of any entry when this one changed. */
  version: number
}

/** An entry without the values that the history sets. */
export type PastEntry = Omit<Entry, 'sequence' | 'version'>

/** The newest entries, and the order in which they changed. */
export type History = {
  /** Records the events of the pipeline. */
  observer: Observer
  /** Adds an entry of an earlier run. */
  add: (entry: PastEntry) => void
  /** Marks the entries of an event as changed, because other data about it has changed. */
  touch: (messageId: string) => void
  /** Oldest first. */
  entries: () => Iterable<Entry>
  find: (sequence: number) => Entry | undefined
  /** Returns the entries that changed after a version, in the order of their latest change, at most `limit`. */
  changesSince: (version: number, limit: number) => Entry[]
  /** The number of the latest change. */
  version: () => number
  /** Identifies the time between two calls of `clear`. Versions count from 1 in each. */
  epoch: () => string
  /** Calls a function after each change. Returns a function that stops this. */
  onChange: (listener: () => void) => () => void
  clear: () => void
}

/** An entry in the list of all entries, sorted by their latest change. */
type Link = Entry & { before?: Link; after?: Link }

/** @param keep the number of entries that are kept */
export function createHistory(keep: number): History {
  const links = new Map<number, Link>()
  const byMessage = new Map<string, Link[]>()
  const listeners = new Set<() => void>()
  let first: Link | undefined
  let last: Link | undefined
  let sequence = 0
  let version = 0
  let epoch = randomUUID()

  function add(entry: PastEntry): void {
    sequence += 1
    const link: Link = { ...entry, sequence, version: 0 }
    links.set(sequence, link)
    const messageId = link.label?.messageId
    if (messageId) byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), link])
    if (links.size > keep) dropOldest()
    moveToEnd(link)
  }

  function dropOldest(): void {
    const [[oldest, link]] = links
    links.delete(oldest)
    unlink(link)
    const messageId = link.label?.messageId
    if (!messageId) return
    const others = (byMessage.get(messageId) ?? []).filter((other) => other !== link)
    if (others.length > 0) byMessage.set(messageId, others)
    else byMessage.delete(messageId)
  }

  function moveToEnd(link: Link): void {
    unlink(link)
    version += 1
    link.version = version
    link.before = last
    if (last) last.after = link
    else first = link
    last = link
    for (const listener of listeners) listener()
  }

  function unlink(link: Link): void {
    const { before, after } = link
    if (before) before.after = after
    else if (first === link) first = after
    if (after) after.before = before
    else if (last === link) last = before
    link.before = undefined
    link.after = undefined
  }

  return {
    observer: {
      received(event, mapping) {
        add({ receivedAt: event.receivedAt, label: labelOf(event), call: event, mapping, tries: [] })
      },
      tried(event, mapping, delivery, lastTry, nextTryAt) {
        const link = byMessage
          .get(event.messageId)
          ?.find((other) => other.call === event && other.mapping?.name === mapping.name)
        if (!link) return
        link.delivery = delivery
        link.tries.push(lastTry)
        link.nextTryAt = nextTryAt
        moveToEnd(link)
      },
      undelivered(delivery, event) {
        const receivedAt = event?.receivedAt ?? new Date().toISOString()
        add({ receivedAt, label: delivery.event, ...(event && { call: event }), delivery, tries: [] })
      }
    },
    add,
    touch(messageId) {
      for (const link of byMessage.get(messageId) ?? []) moveToEnd(link)
    },
    entries: () => links.values(),
    find: (number) => links.get(number),
    changesSince(since, limit) {
      let start: Link | undefined
      for (let link = last; link && link.version > since; link = link.before) start = link
      const changed: Entry[] = []
      for (let link = start; link && changed.length < limit; link = link.after) changed.push(link)
      return changed
    },
    version: () => version,
    epoch: () => epoch,
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    clear() {
      links.clear()
      byMessage.clear()
      first = undefined
      last = undefined
      version = 0
      epoch = randomUUID()
      for (const listener of listeners) listener()
    }
  }
}
