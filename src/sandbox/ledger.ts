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

/** Stores events for as long as the process runs. */
export type LedgerStore = {
  /** Stores all the events of a request. */
  add: (request: EventsRequest) => void
  /** Stores a pair of user ids. */
  addLink: (link: Link) => void
  /** Returns a copy: changing it does not change the ledger. */
  copy: () => Ledger
  /** Empties the ledger. Ids seen before are new again. */
  clear: () => void
}

/** Opens an empty ledger. */
export function createLedger(): LedgerStore {
  let ledger = emptyLedger()
  let ids = idsByType()
  let pairs = new Set<string>()

  const addEvents = <Type extends EventType>(type: Type, events: EventsByType[Type][] = []) => {
    const list: EventLists[Type] = ledger[type]
    for (const event of structuredClone(events)) {
      list.push(ids[type].has(event.id) ? { ...event, repeat: true } : event)
      ids[type].add(event.id)
    }
  }

  return {
    add(request) {
      for (const type of EVENT_TYPES) addEvents(type, request[type])
    },
    addLink({ from, to }) {
      const pair = JSON.stringify([from, to])
      ledger.links.push(pairs.has(pair) ? { from, to, repeat: true } : { from, to })
      pairs.add(pair)
    },
    copy: () => structuredClone(ledger),
    clear() {
      ledger = emptyLedger()
      ids = idsByType()
      pairs = new Set()
    }
  }
}

const emptyLedger = (): Ledger => ({ impressions: [], clicks: [], purchases: [], pageviews: [], links: [] })

const idsByType = (): Record<EventType, Set<string>> => ({
  impressions: new Set(),
  clicks: new Set(),
  purchases: new Set(),
  pageviews: new Set()
})
