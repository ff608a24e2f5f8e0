import { createIdTable, isObject } from '../../core'
import type { MappingDelivery, WireEvents } from '../observation'

/** A click as it is sent. */
export type Click = NonNullable<WireEvents['clicks']>[number]

/** What is known of the clicks of a user on a product. */
export type ClickOfProduct = {
  /** The number of the group that the latest click is of. */
  group: number
  hasBid: boolean
}

/** Remembers who clicked on what, in bounded memory. Times are in milliseconds since 1970. */
export type ClickMemory = {
  /**
   * Remembers a click.
   *
   * @param group a number that stands for the source of the click
   * @returns what is new: a pair of user and product, and a bid for it
   */
  add: (user: string, product: string | undefined, time: number, hasBid: boolean, group: number) => Added
  /** Treats two ids as one user from now on, if the delivery has linked them. */
  link: (delivery: MappingDelivery) => void
  hasEarlierClick: (user: string, time: number) => boolean
  /** Returns the clicks of a user on a product before a time. */
  find: (user: string, product: string, time: number) => ClickOfProduct | undefined
}

type Added = { isNewPair: boolean; isFirstBid: boolean }

/** About 20 MB. */
const MAX_USERS = 250_000
const MAX_PAIRS = 500_000
const MAX_LINKED = 100_000

/** Topsort's default attribution window, in seconds. */
const WINDOW = 14 * 24 * 3_600

const FIRST = 0
const LAST_BID = 1
const GROUP = 2

/** Creates an empty memory. */
export function createClickMemory(): ClickMemory {
  const users = createIdTable(1, MAX_USERS)
  const pairs = createIdTable(3, MAX_PAIRS)
  const linked = new Map<string, string>()
  const nameOf = (user: string): string => linked.get(user) ?? user

  function addUser(user: string, seconds: number): void {
    const row = users.put(user)
    const first = users.get(row, 0)
    if (first === 0 || seconds < first) users.set(row, 0, seconds)
  }

  return {
    add(id, product, time, hasBid, group) {
      const user = nameOf(id)
      const seconds = toSeconds(time)
      addUser(user, seconds)
      if (product === undefined) return { isNewPair: false, isFirstBid: false }
      const key = `${user}\n${product}`
      const isNewPair = pairs.find(key) === -1
      const row = pairs.put(key)
      const first = pairs.get(row, FIRST)
      if (first === 0 || seconds < first) pairs.set(row, FIRST, seconds)
      const lastBid = pairs.get(row, LAST_BID)
      if (hasBid && seconds > lastBid) pairs.set(row, LAST_BID, seconds)
      pairs.set(row, GROUP, group)
      return { isNewPair, isFirstBid: hasBid && lastBid === 0 }
    },
    link(delivery) {
      const { from, to } = readLink(delivery)
      if (from !== undefined && to !== undefined && linked.size < MAX_LINKED && from !== to)
        linked.set(to, nameOf(from))
    },
    hasEarlierClick(user, time) {
      const row = users.find(nameOf(user))
      return row !== -1 && users.get(row, 0) <= toSeconds(time)
    },
    find(user, product, time) {
      const row = pairs.find(`${nameOf(user)}\n${product}`)
      if (row === -1 || pairs.get(row, FIRST) > toSeconds(time)) return undefined
      const lastBid = pairs.get(row, LAST_BID)
      return { group: pairs.get(row, GROUP), hasBid: lastBid > 0 && toSeconds(time) - lastBid <= WINDOW }
    }
  }
}

/** Returns the product that a click is about: its own, or that of the banner before it. */
export function productOf({ additionalAttribution, entity }: Click): string | undefined {
  for (const each of [additionalAttribution, entity]) if (each?.type === 'product') return each.id
  return undefined
}

/** Returns the two ids that a delivery has linked, if it has. */
function readLink({ ok, action, sent }: MappingDelivery): { from?: string; to?: string } {
  if (action !== 'linkUsers' || !ok || !isObject(sent)) return {}
  const { from, to } = sent as { from?: unknown; to?: unknown }
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : {}
}

function toSeconds(time: number): number {
  return Math.min(2 ** 32 - 1, Math.max(1, Math.floor(time / 1_000)))
}
