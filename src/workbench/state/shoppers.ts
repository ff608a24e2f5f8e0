import { roundAmount } from '../../checks'
import { createNewestList, forEachInSlices, getOrCreate, groupBy } from '../../core'
import { addUp, type Attribution, type AuctionRun, type Ledger, type Sandbox } from '../../sandbox'
import type { LostRevenue, Shopper, ShopperLine, ShopperMoment, ShopperSummary, ShopperTab, Worklist } from '../api'
import { isOrganic, sumMoney } from './credits'
import { findLinkedPeople, findPeople, type IdsOf } from './people'
import { currencyOf, findEntry, readOrderStories, type StoryParts } from './story'

/** Which shoppers to list. */
export type ShopperQuery = {
  /** The largest number of shoppers. */
  limit: number
  /** Words that all have to be in an id of the shopper, a product, an order or the code of a reason. Default: none. */
  find?: string
  /** Default: all shoppers. */
  tab?: ShopperTab
}

/** The parts that shoppers are read from. */
export type ShopperParts = StoryParts & { sandbox: Sandbox }

/** The auctions and events of each shopper that the sandbox knows. */
export type Shoppers = ReturnType<typeof createShoppers>

/** A shopper that matches a search, and the tabs that show it. */
type Listed = { summary: ShopperSummary; tabs: ShopperTab[] }

/** Creates an empty memory of auctions. @param keep the number of auctions that are kept */
export function createShoppers(keep: number) {
  const auctions = createNewestList<AuctionRun>(keep)
  return {
    onAuction: auctions.add,
    /** Returns the shoppers who were seen last, newest last. */
    list: async ({ limit, find = '', tab }: ShopperQuery, parts: ShopperParts): Promise<Worklist> => {
      const { persons, linked } = await groupByPerson(auctions.items(), parts)
      const words = find.toLowerCase().split(/\s+/).filter(Boolean)
      const matching: Listed[] = []
      await forEachInSlices(persons, (person) => {
        if (!words.every((word) => toSearchText(person).includes(word))) return
        const summary = toSummary(person, linked)
        matching.push({ summary, tabs: toTabs(summary) })
      })
      const shown = matching.filter(({ tabs }) => tab === undefined || tabs.includes(tab))
      const newest = shown.map(({ summary }) => summary).sort((one, other) => (one.last < other.last ? -1 : 1))
      const countIn = (each: ShopperTab): number => matching.filter(({ tabs }) => tabs.includes(each)).length
      return {
        shoppers: limit === 0 ? [] : newest.slice(-limit),
        total: matching.length,
        tabs: { lost: countIn('lost'), credited: countIn('credited'), 'no-order': countIn('no-order') },
        lost: sumLost(persons)
      }
    },
    find: async (user: string, parts: ShopperParts): Promise<Shopper | undefined> => {
      const { persons, linked, attribution } = await groupByPerson(auctions.items(), parts)
      const person = persons.find(({ ids }) => ids.includes(user))
      return person && { ...toSummary(person, linked, user), ...toDetails(person, attribution, parts) }
    },
    auctions: auctions.items,
    /** Adds the auctions of an earlier run. */
    restore: (runs: AuctionRun[]): void => {
      runs.forEach(auctions.add)
    },
    forget: auctions.clear
  }
}

/** The auctions and events of one person, who may have several ids. */
type Person = {
  ids: readonly string[]
  /** The first id with an auction or event. */
  user: string
  moments: ShopperMoment[]
  lines: ShopperLine[]
  /** The products that won the auctions of the person. */
  won: Set<string>
}

type Persons = { persons: Person[]; linked: IdsOf; attribution: Attribution }

type Interaction = Ledger['impressions' | 'clicks'][number]

/** Groups auctions and events by person. Auctions without a user are omitted. */
async function groupByPerson(auctions: AuctionRun[], parts: ShopperParts): Promise<Persons> {
  const { sandbox, history } = parts
  const ledger = sandbox.view()
  const attribution = sandbox.attribution()
  const idsOf = findPeople(ledger.links, history.entries())
  const byIds = new Map<readonly string[], Person>()
  const personOf = (user: string): Person => {
    const ids = idsOf(user)
    return getOrCreate(byIds, ids, () => ({ ids, user, moments: [], lines: [], won: new Set() }))
  }

  await forEachInSlices(auctions, ({ at, opaqueUserId, request, winners }) => {
    if (opaqueUserId === undefined) return
    const person = personOf(opaqueUserId)
    for (const { id } of winners) person.won.add(id)
    person.moments.push({
      type: 'auction',
      at: new Date(at).toISOString(),
      format: request.type === 'brand' ? 'sponsored brands' : request.type,
      winners: winners.map(({ id, type, resolvedBidId }) => ({ id, type, resolvedBidId }))
    })
  })
  await forEachInSlices(once(ledger.impressions), (event) => {
    personOf(event.opaqueUserId).moments.push(toMoment('impression', event, sandbox))
  })
  await forEachInSlices(once(ledger.clicks), (event) => {
    personOf(event.opaqueUserId).moments.push(toMoment('click', event, sandbox))
  })
  await forEachInSlices(once(ledger.purchases), ({ id, occurredAt, opaqueUserId, items }) => {
    const revenue = addUp(items.map(({ unitPrice, quantity = 1 }) => unitPrice * quantity))
    personOf(opaqueUserId).moments.push({
      type: 'order',
      at: toIso(occurredAt),
      id,
      revenue,
      currency: currencyOf(id, parts),
      lines: items.length
    })
  })
  await forEachInSlices(attribution.lines, (line) => {
    const person = personOf(line.opaqueUserId)
    const organic = isOrganic(line, person.won) && { isOrganic: true as const }
    person.lines.push({ ...line, currency: currencyOf(line.purchaseId, parts), ...organic })
  })
  const persons = [...byIds.values()].filter(({ moments }) => moments.length > 0)
  return { persons, linked: findLinkedPeople(ledger.links), attribution }
}

/** Describes a view or a click, with the ad that its bid belongs to. */
function toMoment(type: 'impression' | 'click', event: Interaction, { findBid }: Sandbox): ShopperMoment {
  const { id, occurredAt, resolvedBidId, entity, additionalAttribution, object } = event
  const bid = findBid(resolvedBidId ?? '')
  const isBanner = object?.type === 'banner' || additionalAttribution !== undefined
  const about = additionalAttribution?.id ?? bid?.id ?? entity?.id
  return {
    type,
    at: toIso(occurredAt),
    id,
    about,
    resolvedBidId,
    format: bid?.format ?? (isBanner ? 'banners' : 'listings')
  }
}

/** Removes repeats, because Topsort counts a repeated id once. */
function once<Event extends object>(events: readonly (Event & { repeat?: true })[]): Event[] {
  return events.filter(({ repeat }) => repeat !== true)
}

function toSummary({ ids, moments, lines, ...person }: Person, linked: IdsOf, user = person.user): ShopperSummary {
  const links = linked(user)
  const times = moments.map(({ at }) => at).sort()
  const count = (type: ShopperMoment['type']): number => moments.filter((moment) => moment.type === type).length
  return {
    user,
    linked: links.filter((id) => id !== user),
    together: ids.filter((id) => !links.includes(id)),
    first: times.at(0) ?? '',
    last: times.at(-1) ?? '',
    auctions: count('auction'),
    impressions: count('impression'),
    clicks: count('click'),
    orders: count('order'),
    clickThrough: toClickThrough(moments),
    credited: sumMoney(lines.filter(({ credited }) => credited !== null)),
    uncredited: sumMoney(lines.filter(isUncredited)),
    organic: sumMoney(lines.filter((line) => line.isOrganic === true))
  }
}

/** Counts ads, not events. A view may be clicked twice, and a click may come without a view: neither makes it more than 1. */
function toClickThrough(moments: ShopperMoment[]): number | null {
  const bidsOf = (type: 'impression' | 'click'): Set<string> =>
    new Set(moments.flatMap((moment) => (moment.type === type ? (moment.resolvedBidId ?? []) : [])))
  const seen = bidsOf('impression')
  const clicked = bidsOf('click')
  return seen.size === 0 ? null : roundAmount([...seen].filter((bid) => clicked.has(bid)).length / seen.size)
}

function isUncredited({ credited, isOrganic: organic }: ShopperLine): boolean {
  return credited === null && organic !== true
}

function toTabs({ orders, credited, uncredited }: ShopperSummary): ShopperTab[] {
  if (orders === 0) return ['no-order']
  return [
    ...(uncredited.length > 0 ? (['lost'] as const) : []),
    ...(credited.length > 0 ? (['credited'] as const) : [])
  ]
}

function toSearchText({ ids, lines, moments }: Person): string {
  const codes = lines.filter(isUncredited).map(({ code }) => code)
  const abouts = moments.map((moment) => ('about' in moment ? moment.about : undefined))
  const texts = [...ids, ...lines.flatMap(({ productId, purchaseId }) => [productId, purchaseId]), ...codes, ...abouts]
  return texts.join('\n').toLowerCase()
}

/** Adds up the uncredited revenue as a whole, and of each reason. */
function sumLost(persons: Person[]): Worklist['lost'] {
  const uncredited = persons.flatMap((person) => person.lines.filter(isUncredited).map((line) => ({ person, line })))
  const reasons = [...groupBy(uncredited, ({ line }) => line.code)]
    .flatMap(([code, found]) => {
      if (code === undefined) return []
      const revenue = sumMoney(found.map(({ line }) => line))
      const orders = new Set(found.map(({ line }) => line.purchaseId)).size
      return [{ code, revenue, orders, shoppers: new Set(found.map(({ person }) => person)).size }]
    })
    .sort((one, other) => largestOf(other) - largestOf(one))
  return { total: sumMoney(uncredited.map(({ line }) => line)), reasons }
}

function largestOf({ revenue }: LostRevenue): number {
  return revenue.at(0)?.amount ?? 0
}

function toDetails(
  { ids, moments, lines }: Person,
  { settings, note }: Attribution,
  parts: ShopperParts
): Omit<Shopper, keyof ShopperSummary> {
  const uncredited = new Set(lines.filter(isUncredited).map(({ purchaseId }) => purchaseId))
  const timeline = moments.map((moment) => ({
    ...moment,
    ...('id' in moment && { sequence: findEntry(moment.id, moment.type, parts)?.sequence })
  }))
  return {
    timeline: timeline.sort(compareMoments),
    lines,
    settings,
    stories: readOrderStories(ids, { first: uncredited, limit: MAX_STORIES }, parts),
    note
  }
}

/** The number of orders whose stories are told. */
const MAX_STORIES = 20

/** The order of moments with the same time: the usual order in a shop. */
const ORDER: ShopperMoment['type'][] = ['auction', 'impression', 'click', 'order']

function compareMoments(one: ShopperMoment, other: ShopperMoment): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1
  return ORDER.indexOf(one.type) - ORDER.indexOf(other.type)
}

/** Formats a time. Times are compared as text, so all need the same format. */
function toIso(time: string): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? time : date.toISOString()
}
