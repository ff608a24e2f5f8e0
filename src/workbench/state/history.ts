import { randomUUID } from 'node:crypto'
import type { Delivery, EventLabel, Mapping, Observer, TakenEvent, Attempt } from '../../pipeline'
import { labelOf } from '../../pipeline'
import { createOrder, type OrderedItem } from './order'

/** One Segment event at one mapping, with its attempts and results. */
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

/** Creates an empty history. @param keep the number of entries that are kept */
export function createHistory(keep: number): History {
  const links = new Map<number, OrderedItem<Entry>>()
  const byMessage = createIndex()
  const order = createOrder<Entry>()
  const listeners = new Set<() => void>()
  let sequence = 0
  let epoch = randomUUID()

  function add(entry: PastEntry): void {
    sequence += 1
    const link: OrderedItem<Entry> = { ...entry, sequence, version: 0 }
    links.set(sequence, link)
    byMessage.add(link)
    if (links.size > keep) dropOldest()
    change(link)
  }

  function dropOldest(): void {
    const [[oldest, link]] = links
    links.delete(oldest)
    order.remove(link)
    byMessage.remove(link)
  }

  function change(link: OrderedItem<Entry>): void {
    order.moveToEnd(link)
    tellListeners()
  }

  function tellListeners(): void {
    for (const listener of listeners) listener()
  }

  return {
    observer: createObserver(byMessage, add, change),
    add,
    touch(messageId) {
      byMessage.find(messageId).forEach(change)
    },
    entries: () => links.values(),
    find: (number) => links.get(number),
    changesSince: order.since,
    version: order.version,
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
      order.clear()
      epoch = randomUUID()
      tellListeners()
    }
  }
}

/** Creates the observer that adds and changes entries. */
function createObserver(
  byMessage: MessageIndex,
  add: (entry: PastEntry) => void,
  change: (link: OrderedItem<Entry>) => void
): Observer {
  return {
    received(event, mapping) {
      add({ receivedAt: event.receivedAt, label: labelOf(event), call: event, mapping, tries: [] })
    },
    attempted(event, mapping, delivery, attempt, nextTryAt) {
      const links = byMessage.find(event.messageId)
      const link = links.find((other) => other.call === event && other.mapping?.name === mapping.name)
      if (!link) return
      link.delivery = delivery
      link.tries.push(attempt)
      link.nextTryAt = nextTryAt
      change(link)
    },
    undelivered(delivery, event) {
      const receivedAt = event?.receivedAt ?? new Date().toISOString()
      add({ receivedAt, label: delivery.event, ...(event && { call: event }), delivery, tries: [] })
    }
  }
}

type MessageIndex = ReturnType<typeof createIndex>

/** Creates an index of entries by the message id of their event. */
function createIndex() {
  const byMessage = new Map<string, OrderedItem<Entry>[]>()
  const find = (messageId: string): readonly OrderedItem<Entry>[] => byMessage.get(messageId) ?? []
  return {
    find,
    add(link: OrderedItem<Entry>): void {
      const messageId = link.label?.messageId
      if (messageId) byMessage.set(messageId, [...find(messageId), link])
    },
    remove(link: OrderedItem<Entry>): void {
      const messageId = link.label?.messageId
      if (!messageId) return
      const others = find(messageId).filter((other) => other !== link)
      if (others.length > 0) byMessage.set(messageId, others)
      else byMessage.delete(messageId)
    },
    clear(): void {
      byMessage.clear()
    }
  }
}
