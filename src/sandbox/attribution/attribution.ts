import { compareText, getOrCreate } from '../../core'
import type { EventsByType, EventsRequest, LinkUsersRequest } from '../contract'
import { explainCredit, findCredit } from './credit'
import { explainNoCredit, type NoCreditCode } from './explain-no-credit'
import { addToHistory, createInteractionHistory, type InteractionHistory } from './history'
import { type AuctionFacts, type AdInteraction, toAdInteraction } from './interaction'
import { addUp, type OrderLine, toOrderLines } from './order-line'
import { createPeople } from './people'
import type { AttributionSettings } from './settings'

/** The credit for one line of an order. */
export type AttributedLine = Pick<OrderLine, 'purchaseId' | 'line' | 'productId' | 'opaqueUserId' | 'revenue'> & {
  /** The interaction that gets the credit. `id` is the id of its event. */
  credited: { type: AdInteraction['type']; id: string; resolvedBidId: string } | null
  /** Why this interaction gets the credit, or why no interaction does. */
  reason: string
  /** The reason as data. Only of lines without credit. */
  code?: NoCreditCode
  /** The interaction that the reason is about. Only of lines without credit. */
  related?: Pick<AdInteraction, 'type' | 'id'>
}

/** What the sandbox knows about one person. */
export type PersonTrace = {
  /** The user id, and those that are linked with it. */
  ids: string[]
  interactions: readonly AdInteraction[]
  /** The order lines and their credit, oldest order first. */
  lines: (AttributedLine & Pick<OrderLine, 'orderedAt'>)[]
}

/** The credit for all order lines of the ledger. */
export type Attribution = {
  /** Says that Topsort's own engine decides in production. */
  note: string
  settings: AttributionSettings
  /** Oldest order first. */
  lines: AttributedLine[]
  totals: { lines: number; creditedLines: number; revenue: number; creditedRevenue: number }
}

/** Keeps an index of interactions, so that the credit for an order line takes only a few look-ups. */
export type AttributionIndex = ReturnType<typeof createAttributionIndex>

const NOTE =
  "This is an explanation by Topsort's published rules. In production, Topsort's own attribution engine decides."

type UserLink = LinkUsersRequest & { type: 'link'; id: string }

type Entry = AdInteraction | UserLink

/**
 * Creates an empty index.
 *
 * @param keep How many impressions, clicks, orders and links to keep, the newest of each. The index is rebuilt to drop
 * old interactions and links, so it drops them in large groups. It may hold a quarter more for a while.
 */
export function createAttributionIndex(facts: AuctionFacts, keep: number) {
  /** By id, oldest first. */
  const orders = new Map<string, OrderLine[]>()
  const entries: Record<Entry['type'], Map<string, Entry>> = {
    impression: new Map(),
    click: new Map(),
    link: new Map()
  }
  let index = createIndex()

  const add = (entry: Entry): void => {
    const known = entries[entry.type]
    if (known.has(entry.id)) return
    known.set(entry.id, entry)
    index.add(entry)
    if (known.size > keep * 1.25) dropOldest()
  }

  const dropOldest = (): void => {
    index = createIndex()
    for (const known of Object.values(entries)) {
      for (const [id, entry] of known) {
        if (known.size > keep) known.delete(id)
        else index.add(entry)
      }
    }
  }

  const addOrder = (event: EventsByType['purchases']): void => {
    if (!orders.has(event.id)) orders.set(event.id, toOrderLines(event))
    const [oldest] = orders.keys()
    if (orders.size > keep) orders.delete(oldest)
  }

  const listLines = (): OrderLine[] => [...orders.values()].flat().sort(compareLines)

  return {
    /** Adds the events of a request. Ignores events with a known id. */
    add: ({ impressions = [], clicks = [], purchases = [] }: EventsRequest): void => {
      for (const event of impressions) add(toAdInteraction('impression', event, facts))
      for (const event of clicks) add(toAdInteraction('click', event, facts))
      purchases.forEach(addOrder)
    },
    link: ({ from, to }: LinkUsersRequest): void => {
      add({ type: 'link', id: JSON.stringify([from, to]), from, to })
    },
    attribute: (settings: AttributionSettings): Attribution => {
      const lines = listLines().map((line) => attributeLine(line, index, settings))
      return toAttribution(lines, settings)
    },
    /** Returns the lines of one order, without working out the credit for any other. Empty if the order is not known. */
    attributeOrder: (purchaseId: string, settings: AttributionSettings): AttributedLine[] =>
      (orders.get(purchaseId) ?? []).map((line) => attributeLine(line, index, settings)),
    trace: (opaqueUserId: string, settings: AttributionSettings): PersonTrace => {
      const { ids = [opaqueUserId], interactions = [] } = index.people.find(opaqueUserId) ?? {}
      const lines = listLines()
        .filter((line) => ids.includes(line.opaqueUserId))
        .map((line) => ({ ...attributeLine(line, index, settings), orderedAt: line.orderedAt }))
      return { ids, interactions, lines }
    },
    clear: (): void => {
      for (const known of [orders, ...Object.values(entries)]) known.clear()
      index = createIndex()
    }
  }
}

type Index = ReturnType<typeof createIndex>

function createIndex() {
  const people = createPeople()
  const everyone = createInteractionHistory()
  /** Interactions whose user id differs from that of their auction, by the user id of the auction. */
  const byAuctionUser = new Map<string, InteractionHistory>()

  const addInteraction = (interaction: AdInteraction): void => {
    const { auctionUserId, opaqueUserId } = interaction
    people.add(interaction)
    addToHistory(everyone, interaction)
    if (auctionUserId === undefined || auctionUserId === opaqueUserId) return
    addToHistory(getOrCreate(byAuctionUser, auctionUserId, createInteractionHistory), interaction)
  }

  return {
    people,
    everyone,
    byAuctionUser,
    add: (entry: Entry): void => {
      if (entry.type === 'link') people.link(entry.from, entry.to)
      else addInteraction(entry)
    }
  }
}

const NOTHING = createInteractionHistory()

function attributeLine(
  line: OrderLine,
  { people, everyone, byAuctionUser }: Index,
  settings: AttributionSettings
): AttributedLine {
  const { purchaseId, productId, opaqueUserId, revenue } = line
  const history = people.find(opaqueUserId)?.history ?? NOTHING
  const shown = { purchaseId, line: line.line, productId, opaqueUserId, revenue }

  const credit = findCredit(line, history, settings)
  if (!credit) {
    const byOthers = byAuctionUser.get(opaqueUserId) ?? NOTHING
    const { reason, code, related } = explainNoCredit({ line, settings, history, byOthers, everyone })
    return {
      ...shown,
      credited: null,
      reason,
      code,
      ...(related && { related: { type: related.type, id: related.id } })
    }
  }
  const { type, id, resolvedBidId } = credit.interaction
  return { ...shown, credited: { type, id, resolvedBidId }, reason: explainCredit(line, credit) }
}

/** Compares by time. Orders of the same time are sorted by id, so that the order of arrival does not matter. */
function compareLines(one: OrderLine, other: OrderLine): number {
  return one.orderedAt - other.orderedAt || compareText(one.purchaseId, other.purchaseId) || one.line - other.line
}

function toAttribution(lines: AttributedLine[], settings: AttributionSettings): Attribution {
  const credited = lines.filter((line) => line.credited !== null)
  return {
    note: NOTE,
    settings: structuredClone(settings),
    lines,
    totals: {
      lines: lines.length,
      creditedLines: credited.length,
      revenue: addUp(lines.map(({ revenue }) => revenue)),
      creditedRevenue: addUp(credited.map(({ revenue }) => revenue))
    }
  }
}
