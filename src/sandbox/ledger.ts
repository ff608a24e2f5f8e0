import { createNewestList, createNewestSet, type NewestList, type NewestSet } from '../bounded'
import { EVENT_TYPES, type EventsByType, type EventsRequest, type EventType } from './contract'

/**
 * What the sandbox has stored, oldest first. An entry is the event as it was received; a repeat, whose `id` an
 * earlier event of the same type has, is stored as well and marked, so that both what was sent and what would be
 * counted twice can be told.
 */
export type Ledger = { [Type in EventType]: (EventsByType[Type] & { repeat?: true })[] }

/** How many events of a type the ledger does not hold any more. */
export type Dropped = Record<EventType, number>

/** Stores the newest events of each type, for as long as the process runs. */
export type LedgerStore = {
  /** Stores all the events of a request. */
  add: (request: EventsRequest) => void
  /** Returns a copy: changing it changes nothing that is stored. */
  copy: () => Ledger
  /** Returns what is stored, as it is: for reading only. */
  view: () => Readonly<Ledger>
  /** Counts the events that were stored and are gone, because newer ones came. */
  dropped: () => Dropped
  /** Empties the ledger. Ids seen before are new again. */
  clear: () => void
}

/** Ids are remembered for longer than events, because they are small. */
const KEPT_IDS = 100_000

/**
 * Creates an empty ledger.
 *
 * @param keep how many events of each type are kept
 */
export function createLedger(keep: number): LedgerStore {
  const events: { [Type in EventType]: NewestList<Ledger[Type][number]> } = {
    impressions: createNewestList(keep),
    clicks: createNewestList(keep),
    purchases: createNewestList(keep),
    pageviews: createNewestList(keep)
  }
  const ids = forEachType((): NewestSet => createNewestSet(Math.max(keep, KEPT_IDS)))

  const addEvents = <Type extends EventType>(type: Type, added: EventsByType[Type][] = []) => {
    for (const event of structuredClone(added)) {
      events[type].add(ids[type].add(event.id) ? event : { ...event, repeat: true })
    }
  }

  const view = (): Ledger => ({
    impressions: events.impressions.items(),
    clicks: events.clicks.items(),
    purchases: events.purchases.items(),
    pageviews: events.pageviews.items()
  })

  return {
    add(request) {
      for (const type of EVENT_TYPES) addEvents(type, request[type])
    },
    copy: () => structuredClone(view()),
    view,
    dropped: () => forEachType((type) => events[type].dropped()),
    clear() {
      for (const type of EVENT_TYPES) {
        events[type].clear()
        ids[type].clear()
      }
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
