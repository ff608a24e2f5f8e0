import { randomUUID } from 'node:crypto'
import type { Delivery, EventLabel, Mapping, Observer, TakenEvent, Attempt } from '../../pipeline'
import { labelOf, MAX_STRAYS } from '../../pipeline'
import type { JsonObject } from '../../core'
import type { OpenedCase } from '../api'
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
  /** Returns the entries of an event, one for each mapping. */
  findByMessage: (messageId: string) => readonly Entry[]
  /** Returns the entries that changed after a version, in the order of their latest change, at most `limit`. */
  changesSince: (version: number, limit: number) => Entry[]
  /** The number of the latest change. */
  version: () => number
  /** Identifies the time between two calls of `clear`. Versions count from 1 in each. */
  epoch: () => string
  /** Calls a function after each change. Returns a function that stops this. */
  onChange: (listener: () => void) => () => void
  /** Tells the listeners that something beside the entries has changed. */
  wake: () => void
  /** The case that the entries come from. */
  openedCase: () => OpenedCase | undefined
  /** Removes all entries. @param opened the case that the next entries come from */
  clear: (opened?: OpenedCase) => void
}

/** Creates an empty history. @param keep the number of entries that are kept */
export function createHistory(keep: number): History {
  const listeners = new Set<() => void>()
  const tellListeners = (): void => {
    for (const listener of listeners) listener()
  }
  const entries = createEntries(keep, tellListeners)
  let epoch = randomUUID()
  let openedCase: OpenedCase | undefined

  return {
    observer: createObserver(entries),
    add: entries.add,
    touch(messageId) {
      entries.findByMessage(messageId).forEach(entries.change)
    },
    entries: entries.all,
    find: entries.find,
    findByMessage: entries.findByMessage,
    changesSince: entries.changesSince,
    version: entries.version,
    epoch: () => epoch,
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    wake: tellListeners,
    openedCase: () => openedCase,
    clear(opened) {
      entries.clear()
      epoch = randomUUID()
      openedCase = opened
      tellListeners()
    }
  }
}

type Entries = ReturnType<typeof createEntries>

/** The number of calls that are kept although Segment would refuse their size. A request has at most 500 KB. */
const MAX_LARGE_CALLS = 50

/** In bytes, about. Segment takes no larger call. */
const LARGE_CALL = 32 * 1_024

/** Creates an empty list of entries. @param onChange is called after each change of an entry */
function createEntries(keep: number, onChange: () => void) {
  const links = new Map<number, OrderedItem<Entry>>()
  const byMessage = createIndex()
  const order = createOrder<Entry>()
  /** The requests of strangers, which never take the place of others. */
  const strays = new Set<OrderedItem<Entry>>()
  const large: OrderedItem<Entry>[] = []
  let sequence = 0

  function append(entry: PastEntry): OrderedItem<Entry> {
    sequence += 1
    const link: OrderedItem<Entry> = { ...entry, sequence, version: 0 }
    links.set(sequence, link)
    return link
  }

  function change(link: OrderedItem<Entry>): void {
    order.moveToEnd(link)
    onChange()
  }

  function dropOldest(list: Iterable<OrderedItem<Entry>>, isWanted: (link: OrderedItem<Entry>) => boolean): void {
    for (const link of list) {
      if (isWanted(link)) continue
      links.delete(link.sequence)
      strays.delete(link)
      byMessage.remove(link)
      order.remove(link)
      return
    }
  }

  return {
    add: (entry: PastEntry): void => {
      const link = append(entry)
      byMessage.add(link)
      if (entry.refused && JSON.stringify(entry.refused).length > LARGE_CALL) large.push(link)
      if (large.length > MAX_LARGE_CALLS) delete large.shift()?.refused
      if (links.size - strays.size > keep) dropOldest(links.values(), (other) => strays.has(other))
      change(link)
    },
    addStray: (entry: PastEntry): void => {
      const link = append(entry)
      strays.add(link)
      if (strays.size > MAX_STRAYS) dropOldest(strays, () => false)
      change(link)
    },
    change,
    all: (): Iterable<Entry> => links.values(),
    find: (number: number): Entry | undefined => links.get(number),
    findByMessage: byMessage.find,
    changesSince: order.since,
    version: order.version,
    clear(): void {
      links.clear()
      strays.clear()
      large.length = 0
      byMessage.clear()
      order.clear()
    }
  }
}

/** Creates the observer that adds and changes entries. */
function createObserver({ add, addStray, change, findByMessage }: Entries): Observer {
  return {
    received(event, mapping) {
      add({ receivedAt: event.receivedAt, label: labelOf(event), call: event, mapping, tries: [] })
    },
    attempted(event, mapping, delivery, attempt, nextTryAt) {
      const links = findByMessage(event.messageId)
      const link = links.find((other) => other.call === event && other.mapping?.name === mapping.name)
      if (!link) return
      link.delivery = delivery
      link.tries.push(attempt)
      link.nextTryAt = nextTryAt
      change(link)
    },
    undelivered(delivery, event, refused) {
      const receivedAt = event?.receivedAt ?? new Date().toISOString()
      const calls = { ...(event && { call: event }), ...(refused && { refused }) }
      add({ receivedAt, label: delivery.event, ...calls, delivery, tries: [] })
    },
    strayed(delivery) {
      addStray({ receivedAt: new Date().toISOString(), label: null, delivery, tries: [] })
    }
  }
}

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
