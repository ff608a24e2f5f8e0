import { createNewestList, createNewestSet } from '../core'
import type { EventsByType, EventsRequest, EventType, LinkUsersRequest } from './contract'

/** Marks an event that has the `id` of an earlier event of its type, or a pair of user ids that was linked before. */
type Repeat = { repeat?: true }

/**
 * Everything that the sandbox has stored, oldest first. Events are as they were received. A repeat is stored as well
 * and marked, so that a reader sees each event that was sent.
 */
export type Ledger = { [Type in EventType]: (EventsByType[Type] & Repeat)[] } & {
  /** Pairs of user ids. */
  links: (LinkUsersRequest & Repeat)[]
}

/** The number of entries of each list that the ledger has dropped. */
export type Dropped = Record<keyof Ledger, number>

/** The number of ids to remember for each type. Ids are small, so they are kept longer than events. */
const KEPT_IDS = 100_000

/** Stores the newest events and links in memory. */
export type LedgerStore = ReturnType<typeof createLedger>

/**
 * Creates an empty ledger.
 *
 * @param keep How many entries of each list to keep
 */
export function createLedger(keep: number) {
  const impressions = createList<Ledger['impressions'][number]>(keep, ({ id }) => id)
  const clicks = createList<Ledger['clicks'][number]>(keep, ({ id }) => id)
  const purchases = createList<Ledger['purchases'][number]>(keep, ({ id }) => id)
  const pageviews = createList<Ledger['pageviews'][number]>(keep, ({ id }) => id)
  const links = createList<Ledger['links'][number]>(keep, ({ from, to }) => JSON.stringify([from, to]))

  /** Returns the stored entries without copying them. The caller must not change them. */
  const view = (): Readonly<Ledger> => ({
    impressions: impressions.items(),
    clicks: clicks.items(),
    purchases: purchases.items(),
    pageviews: pageviews.items(),
    links: links.items()
  })

  return {
    /** Stores all events of a request. */
    add: (request: EventsRequest): void => {
      impressions.add(request.impressions)
      clicks.add(request.clicks)
      purchases.add(request.purchases)
      pageviews.add(request.pageviews)
    },
    /** Stores a pair of user ids. */
    addLink: ({ from, to }: LinkUsersRequest): void => {
      links.add([{ from, to }])
    },
    /** Returns a copy, which the caller may change. */
    copy: (): Ledger => structuredClone(view()),
    view,
    /** Returns how many entries were dropped because newer entries came. */
    dropped: (): Dropped => ({
      impressions: impressions.dropped(),
      clicks: clicks.dropped(),
      purchases: purchases.dropped(),
      pageviews: pageviews.dropped(),
      links: links.dropped()
    }),
    /** Removes all entries, and forgets their ids. */
    clear: (): void => {
      for (const list of [impressions, clicks, purchases, pageviews, links]) list.clear()
    }
  }
}

/** Creates a list of the newest entries, which marks repeats of an id. */
function createList<Entry extends Repeat>(keep: number, idOf: (entry: Entry) => string) {
  const { add, items, dropped, clear } = createNewestList<Entry>(keep)
  const ids = createNewestSet(Math.max(keep, KEPT_IDS))
  return {
    add: (entries: readonly Entry[] = []): void => {
      for (const entry of structuredClone(entries)) add(ids.add(idOf(entry)) ? entry : { ...entry, repeat: true })
    },
    items,
    dropped,
    clear: (): void => {
      clear()
      ids.clear()
    }
  }
}
