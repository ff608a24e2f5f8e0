import { createNewestList, createNewestSet, type NewestList, type NewestSet } from '../core'
import { EVENT_TYPES, type EventsByType, type EventsRequest, type EventType, type LinkUsersRequest } from './contract'

/** Marks an event that has the `id` of an earlier event of its type, or a pair of user ids that was linked before. */
type Repeat = { repeat?: true }

/**
 * Everything that the sandbox has stored, oldest first. Events are as they were received. A repeat is stored as well
 * and marked, so that a reader sees each event that was sent.
 */
export type Ledger = EventLists & {
  /** Pairs of user ids. */
  links: (LinkUsersRequest & Repeat)[]
}

type EventLists = { [Type in EventType]: (EventsByType[Type] & Repeat)[] }

/** The number of entries of each list that the ledger has dropped. */
export type Dropped = Record<keyof Ledger, number>

/** Stores the newest events and links in memory. */
export type LedgerStore = {
  /** Stores all events of a request. */
  add: (request: EventsRequest) => void
  /** Stores a pair of user ids. */
  addLink: (link: LinkUsersRequest) => void
  /** Returns a copy, which the caller may change. */
  copy: () => Ledger
  /** Returns the stored entries without copying them. The caller must not change them. */
  view: () => Readonly<Ledger>
  /** Returns how many entries were dropped because newer entries came. */
  dropped: () => Dropped
  /** Removes all entries, and forgets their ids. */
  clear: () => void
}

/** The number of ids to remember for each type. Ids are small, so they are kept longer than events. */
const KEPT_IDS = 100_000

/**
 * Creates an empty ledger.
 *
 * @param keep How many entries of each list to keep
 */
export function createLedger(keep: number): LedgerStore {
  const events: { [Type in EventType]: NewestList<EventLists[Type][number]> } = {
    impressions: createNewestList(keep),
    clicks: createNewestList(keep),
    purchases: createNewestList(keep),
    pageviews: createNewestList(keep)
  }
  const links = createNewestList<LinkUsersRequest & Repeat>(keep)
  const ids = mapTypes((): NewestSet => createNewestSet(Math.max(keep, KEPT_IDS)))
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
    dropped: () => ({ ...mapTypes((type) => events[type].dropped()), links: links.dropped() }),
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

function mapTypes<Value>(make: (type: EventType) => Value): Record<EventType, Value> {
  return {
    impressions: make('impressions'),
    clicks: make('clicks'),
    purchases: make('purchases'),
    pageviews: make('pageviews')
  }
}
