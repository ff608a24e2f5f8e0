import { createIdTable, isObject, SECOND } from '../../core'
import type { MappingDelivery, WireEvents } from '../observation'
import type { CallSource } from '../source'

/** A click as it is sent. */
export type Click = NonNullable<WireEvents['clicks']>[number]

/** What is known of the clicks of a user on a product. */
export type ClickOfProduct = {
  /** Where the latest click comes from. */
  source: CallSource
  hasBid: boolean
}

/** Remembers who clicked on what, in bounded memory. Times are in milliseconds since 1970. */
export type ClickMemory = ReturnType<typeof createClickMemory>

type Added = { isNewPair: boolean; isFirstBid: boolean }

/** About 20 MB. */
const MAX_USERS = 250_000
const MAX_PAIRS = 500_000
const MAX_LINKED = 100_000
const MAX_SOURCES = 1_000

const FIRST = 0
const FIRST_BID = 1
const LAST_BID = 2
const SOURCE = 3

const UNKNOWN: CallSource = { source: '', platform: '', version: '', sdk: '' }

/**
 * Creates an empty memory.
 *
 * @param longestWindow the longest attribution window, in milliseconds
 */
export function createClickMemory(longestWindow: number) {
  const window = longestWindow / SECOND
  const users = createIdTable(1, MAX_USERS)
  const pairs = createIdTable(4, MAX_PAIRS)
  const linked = new Map<string, string>()
  const sources = [UNKNOWN]
  const numbers = new Map<CallSource, number>()
  const nameOf = (user: string): string => linked.get(user) ?? user

  function addUser(user: string, seconds: number): void {
    const row = users.put(user)
    const first = users.get(row, 0)
    if (first === 0 || seconds < first) users.set(row, 0, seconds)
  }

  function numberOf(source: CallSource): number {
    const known = numbers.get(source)
    if (known !== undefined || sources.length > MAX_SOURCES) return known ?? 0
    numbers.set(source, sources.length)
    return sources.push(source) - 1
  }

  return {
    /**
     * Remembers a click.
     *
     * @returns what is new: a pair of user and product, and a bid for it
     */
    add(id: string, product: string | undefined, time: number, hasBid: boolean, source: CallSource): Added {
      const user = nameOf(id)
      const seconds = toSeconds(time)
      addUser(user, seconds)
      if (product === undefined) return { isNewPair: false, isFirstBid: false }
      const key = `${user}\n${product}`
      const known = pairs.find(key)
      const row = known === -1 ? pairs.add(key) : known
      const first = pairs.get(row, FIRST)
      if (first === 0 || seconds < first) pairs.set(row, FIRST, seconds)
      const [firstBid, lastBid] = [pairs.get(row, FIRST_BID), pairs.get(row, LAST_BID)]
      if (hasBid && (firstBid === 0 || seconds < firstBid)) pairs.set(row, FIRST_BID, seconds)
      if (hasBid && seconds > lastBid) pairs.set(row, LAST_BID, seconds)
      pairs.set(row, SOURCE, numberOf(source))
      return { isNewPair: known === -1, isFirstBid: hasBid && lastBid === 0 }
    },
    /** Treats two ids as one user from now on, if the delivery has linked them. */
    link(delivery: MappingDelivery): void {
      const link = readLink(delivery)
      if (link && linked.size < MAX_LINKED && link.from !== link.to) linked.set(link.to, nameOf(link.from))
    },
    hasEarlierClick(user: string, time: number): boolean {
      const row = users.find(nameOf(user))
      return row !== -1 && users.get(row, 0) <= toSeconds(time)
    },
    /** Returns the clicks of a user on a product before a time. */
    find(user: string, product: string, time: number): ClickOfProduct | undefined {
      const row = pairs.find(`${nameOf(user)}\n${product}`)
      const seconds = toSeconds(time)
      if (row === -1 || pairs.get(row, FIRST) > seconds) return undefined
      const [firstBid, lastBid] = [pairs.get(row, FIRST_BID), pairs.get(row, LAST_BID)]
      // Nearly all orders arrive before the next click on their products.
      const hasBid = firstBid > 0 && firstBid <= seconds && seconds - lastBid <= window
      return { source: sources[pairs.get(row, SOURCE)], hasBid }
    }
  }
}

/** Returns the product that a click is about: its own, or that of the banner before it. */
export function productOf({ additionalAttribution, entity }: Click): string | undefined {
  for (const each of [additionalAttribution, entity]) if (each?.type === 'product') return each.id
  return undefined
}

/** Returns the two ids that a delivery has linked, if it has. */
export function readLink({ ok, action, sent }: MappingDelivery): { from: string; to: string } | undefined {
  if (action !== 'linkUsers' || !ok || !isObject(sent)) return undefined
  const { from, to } = sent as { from?: unknown; to?: unknown }
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined
}

function toSeconds(time: number): number {
  return Math.min(2 ** 32 - 1, Math.max(1, Math.floor(time / SECOND)))
}
