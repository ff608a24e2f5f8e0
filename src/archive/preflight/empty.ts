import type { UnmappedName } from '../../checks'

/** How many of several things have something. */
export type Share = { count: number; of: number }

/** The revenue of one currency. */
export type RevenueSums = {
  /** In the order lines that are sent. */
  reported: number
  /**
   * Credited to an ad by Topsort's published rules: an earlier click with a bid by the same user on the same product within
   * the attribution window. Bids are known from the events only, because an archive has no auctions.
   */
  credited: number
  /** In the order lines that are not sent, as far as their prices can be read. */
  leftOut: number
}

/** Returns where the events of an archive went, up to the mappings, before any is read. */
export function emptyInput() {
  return {
    files: 0,
    /** As they are stored. */
    bytes: 0,
    /** Everything that was read as an event. */
    events: 0,
    /** Lines, and files, that could not be read. */
    unreadable: 0,
    /** Events that `--from`, `--to` or `--source` leave out. They count nowhere else. */
    notSelected: 0,
    /** Events whose message id came before within a day. Segment drops them. */
    repeats: 0,
    /** Events whose own `integrations` keep them from Topsort. */
    excluded: 0,
    /** Events that a destination filter drops. */
    filtered: 0,
    /** Events that no mapping takes. */
    unmapped: 0,
    /** The names of the events that no mapping takes, most frequent first, at most 20. */
    unmappedNames: [] as UnmappedName[],
    /** Events without a message id. They got one that is made from their content. */
    madeIds: 0,
    /** How the files of tables were read, such as CSV. Whole sentences. */
    formats: [] as string[],
    /** When the earliest and the latest event happened, ISO 8601. Null if there is none. */
    first: null as string | null,
    last: null as string | null
  }
}

/** Returns what the events have that Topsort needs, of no events. */
export function emptyCoverage() {
  const none = (): Share => ({ count: 0, of: 0 })
  return {
    clicksWithBid: none(),
    impressionsWithBid: none(),
    /** Orders whose user has an earlier click in the archive, with or without a bid. */
    ordersWithEarlierClick: none(),
    /** Order lines with a vendor, which halo attribution needs. */
    linesWithVendor: none(),
    eventsWithAnonymousId: none(),
    eventsWithUserId: none(),
    eventsWithNoId: none()
  }
}

/** Returns the counts of a day without events. @param day such as `2026-01-31` */
export function emptyDay(day: string) {
  return {
    day,
    /** Events of any kind, without repeats. */
    events: 0,
    impressions: 0,
    clicks: 0,
    purchases: 0,
    pageviews: 0,
    sponsoredImpressions: 0,
    sponsoredClicks: 0,
    failed: 0,
    leftOut: 0,
    ordersWithEarlierClick: 0,
    /** By currency, like that of the report. */
    revenue: {} as Record<string, Omit<RevenueSums, 'leftOut'>>
  }
}
