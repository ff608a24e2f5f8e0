import { EVENT_TYPES, type EventsByType, type EventsRequest, type EventType } from './contract'

/**
 * What the sandbox has stored, oldest first. An entry is the event as it was received; a repeat, whose `id` an
 * earlier event of the same type has, is stored as well and marked, so that both what was sent and what would be
 * counted twice can be told.
 */
export type Ledger = { [Type in EventType]: (EventsByType[Type] & { repeat?: true })[] }

/** Stores events for as long as the process runs. */
export type LedgerStore = {
  /** Stores all the events of a request. */
  add: (request: EventsRequest) => void
  /** A copy: changing it changes nothing that is stored. */
  copy: () => Ledger
  /** Empties the ledger; ids seen before are new again. */
  clear: () => void
}

/** Opens an empty ledger. */
export function createLedger(): LedgerStore {
  let ledger = emptyLedger()
  let ids = idsByType()

  const addEvents = <Type extends EventType>(type: Type, events: EventsByType[Type][] = []) => {
    for (const event of structuredClone(events)) {
      ledger[type].push(ids[type].has(event.id) ? { ...event, repeat: true } : event)
      ids[type].add(event.id)
    }
  }

  return {
    add(request) {
      for (const type of EVENT_TYPES) addEvents(type, request[type])
    },
    copy: () => structuredClone(ledger),
    clear() {
      ledger = emptyLedger()
      ids = idsByType()
    }
  }
}

const emptyLedger = (): Ledger => ({ impressions: [], clicks: [], purchases: [], pageviews: [] })

const idsByType = (): Record<EventType, Set<string>> => ({
  impressions: new Set(),
  clicks: new Set(),
  purchases: new Set(),
  pageviews: new Set()
})
