import { createNewestList, createNewestSet, type NewestList, type NewestSet } from '../bounded'
import { EVENT_TYPES, type EventsByType, type EventsRequest, type EventType, type Link } from './contract'

/** Marks an event whose `id` an earlier event of the same type has, or a pair of user ids that was linked before. */
type Repeat = { repeat?: true }

/**
 * What the sandbox has stored, oldest first. An entry is the event as it was received. A repeat is stored and marked, so
 * that a reader sees both what was sent and what would be counted twice.
 */
export type Ledger = EventLists & {
  /** Pairs of user ids. */
  links: (Link & Repeat)[]
}

type EventLists = { [Type in EventType]: (EventsByType[Type] & Repeat)[] }

/** How many entries of each list the ledger does not hold any more. */
export type Dropped = Record<keyof Ledger, number>

/** Stores the newest events and links, for as long as the process runs. */
export type LedgerStore = {
  /** Stores all the events of a request. */
  add: (request: EventsRequest) => void
  /** Stores a pair of user ids. */
  addLink: (link: Link) => void
  /** Returns a copy: changing it changes nothing that is stored. */
  copy: () => Ledger
  /** Returns what is stored, as it is: for reading only. */
  view: () => Readonly<Ledger>
  /** Counts what was stored and is gone, because newer entries came. */
  dropped: () => Dropped
  /** Empties the ledger. Ids seen before are new again. */
  clear: () => void
}

/** Ids are remembered for longer than events, because they are small. */
const KEPT_IDS = 100_000

/**
 * Creates an empty ledger.
 *
 * @param keep How many entries of each list are kept
 */
export function createLedger(keep: number): LedgerStore {
  const events: { [Type in EventType]: NewestList<EventLists[Type][number]> } = {
    impressions: createNewestList(keep),
    clicks: createNewestList(keep),
    purchases: createNewestList(keep),
    pageviews: createNewestList(keep)
  }
  const links = createNewestList<Link & Repeat>(keep)
  const ids = forEachType((): NewestSet => createNewestSet(Math.max(keep, KEPT_IDS)))
  const pairs: NewestSet = createNewestSet(Math.max(keep, KEPT_IDS))

  const addEvents = <Type extends EventType>(type: Type, added: EventsByType[Type][] = []) => {
    for (const event of structuredClone(added)) {
      events[type].add(ids[type].add(event.id) ? event : { ...event, repeat: true })
    }
  }

  const view = (): Ledger => ({
    impressions: events.impressions.items(),
    clicks: events.clicks.items(),
    purchases: events.purchases.items(),
    pageviews: events.pageviews.items(),
    links: links.items()
  })

  return {
    add(request) {
      for (const type of EVENT_TYPES) addEvents(type, request[type])
    },
    addLink({ from, to }) {
      links.add(pairs.add(JSON.stringify([from, to])) ? { from, to } : { from, to, repeat: true })
    },
    copy: () => structuredClone(view()),
    view,
    dropped: () => ({ ...forEachType((type) => events[type].dropped()), links: links.dropped() }),
    clear() {
      for (const type of EVENT_TYPES) {
        events[type].clear()
        ids[type].clear()
      }
      links.clear()
      pairs.clear()
    }
  }
}

function forEachType<Value>(make: (type: EventType) => Value): Record<EventType, Value> {
  return {
    impressions: make('impressions'),
    clicks: make('clicks'),
    purchases: make('purchases'),
    pageviews: make('pageviews')
  }
}
