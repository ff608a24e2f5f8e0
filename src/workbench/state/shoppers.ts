import { createNewestList, forEachInSlices } from '../../core'
import type { AttributedLine, Attribution, AuctionRun, Ledger, Sandbox } from '../../sandbox'
import type { Shopper, ShopperFigures, ShopperMoment, ShopperSummary } from '../api'

/** The auctions and events of each shopper that the sandbox knows. */
export type Shoppers = {
  onAuction: (auction: AuctionRun) => void
  /** Returns the shoppers who were seen last, newest last. */
  list: (sandbox: Sandbox, limit: number) => Promise<ShopperSummary[]>
  find: (sandbox: Sandbox, user: string) => Promise<Omit<Shopper, 'stories'> | undefined>
  auctions: () => AuctionRun[]
  /** Adds the auctions of an earlier run. */
  restore: (auctions: AuctionRun[]) => void
  forget: () => void
}

/** Creates an empty memory of auctions. @param keep the number of auctions that are kept */
export function createShoppers(keep: number): Shoppers {
  const auctions = createNewestList<AuctionRun>(keep)
  return {
    onAuction: auctions.add,
    async list(sandbox, limit) {
      const people = await groupByPerson(sandbox.view(), auctions.items(), sandbox.attribution())
      const summaries: ShopperSummary[] = []
      await forEachInSlices(people.values(), (person) => summaries.push(toSummary(person)))
      const newest = summaries.sort((one, other) => (one.last < other.last ? -1 : 1))
      return limit === 0 ? [] : newest.slice(-limit)
    },
    async find(sandbox, user) {
      const attribution = sandbox.attribution()
      const person = (await groupByPerson(sandbox.view(), auctions.items(), attribution)).get(user)
      return person && { ...toSummary(person, user), ...toDetails(person, attribution) }
    },
    auctions: auctions.items,
    restore(runs) {
      runs.forEach(auctions.add)
    },
    forget: auctions.clear
  }
}

/** The auctions and events of one person, who has several ids if they are linked. */
type Person = { ids: string[]; moments: ShopperMoment[]; lines: AttributedLine[] }

type Interaction = Ledger['impressions' | 'clicks'][number]

/** Groups auctions and events by person. Auctions without a user are omitted. */
async function groupByPerson(
  ledger: Readonly<Ledger>,
  auctions: AuctionRun[],
  { lines }: Attribution
): Promise<PeopleMap> {
  const people = createPeopleMap(ledger.links)
  const bids = new Map(auctions.flatMap(({ winners }) => winners).map((bid) => [bid.resolvedBidId, bid]))

  const toInteraction = (type: 'impression' | 'click', event: Interaction): ShopperMoment => {
    const { id, occurredAt, resolvedBidId, entity, additionalAttribution, object } = event
    const bid = resolvedBidId === undefined ? undefined : bids.get(resolvedBidId)
    const isBanner = object?.type === 'banner' || additionalAttribution !== undefined
    const about = additionalAttribution?.id ?? bid?.id ?? entity?.id
    return {
      type,
      at: toIso(occurredAt),
      id,
      ...(about !== undefined && { about }),
      ...(resolvedBidId !== undefined && { resolvedBidId }),
      format: bid?.format ?? (isBanner ? 'banners' : 'listings')
    }
  }

  await forEachInSlices(auctions, ({ at, opaqueUserId, request, winners }) => {
    if (opaqueUserId === undefined) return
    people.of(opaqueUserId).moments.push({
      type: 'auction',
      at: new Date(at).toISOString(),
      format: request.type === 'brand' ? 'sponsored brands' : request.type,
      winners: winners.map(({ id, type, resolvedBidId }) => ({ id, type, resolvedBidId }))
    })
  })
  await forEachInSlices(once(ledger.impressions), (event) => {
    people.of(event.opaqueUserId).moments.push(toInteraction('impression', event))
  })
  await forEachInSlices(once(ledger.clicks), (event) => {
    people.of(event.opaqueUserId).moments.push(toInteraction('click', event))
  })
  await forEachInSlices(once(ledger.purchases), ({ id, occurredAt, opaqueUserId, items }) => {
    const revenue = items.reduce((sum, { unitPrice, quantity = 1 }) => sum + unitPrice * quantity, 0)
    people.of(opaqueUserId).moments.push({
      type: 'order',
      at: toIso(occurredAt),
      id,
      revenue: round(revenue),
      lines: items.length
    })
  })
  for (const line of lines) people.of(line.opaqueUserId).lines.push(line)
  return people
}

type PeopleMap = {
  /** Finds or adds a person. */
  of: (user: string) => Person
  get: (user: string) => Person | undefined
  values: () => Person[]
}

/** Finds the person of each id. Linked ids are one person, and links are transitive. */
function createPeopleMap(links: Ledger['links']): PeopleMap {
  const people = new Map<string, Person>()
  const of = (user: string): Person => {
    const person = people.get(user) ?? { ids: [user], moments: [], lines: [] }
    people.set(user, person)
    return person
  }
  for (const { from, to } of links) {
    const [one, other] = [of(from), of(to)]
    if (one === other) continue
    for (const id of other.ids) {
      one.ids.push(id)
      people.set(id, one)
    }
  }
  return {
    of,
    get: (user) => people.get(user),
    values: () => [...new Set(people.values())].filter(({ moments }) => moments.length > 0)
  }
}

/** Removes repeats, because Topsort counts a repeated id once. */
function once<Event extends object>(events: readonly (Event & { repeat?: true })[]): Event[] {
  return events.filter(({ repeat }) => repeat !== true)
}

function toSummary(person: Person, user?: string | number): ShopperSummary {
  const { ids, moments } = person
  const shown = typeof user === 'string' ? user : ids[0]
  const times = moments.map(({ at }) => at).sort()
  return {
    user: shown,
    linked: ids.filter((id) => id !== shown),
    first: times.at(0) ?? '',
    last: times.at(-1) ?? '',
    ...toFigures(person)
  }
}

function toFigures({ moments, lines }: Person): ShopperFigures {
  const count = (type: ShopperMoment['type']): number => moments.filter((moment) => moment.type === type).length
  const sponsored = (type: 'impression' | 'click'): number =>
    moments.filter((moment) => moment.type === type && moment.resolvedBidId !== undefined).length
  const shown = sponsored('impression')
  const revenueOf = (some: AttributedLine[]): number => round(some.reduce((sum, { revenue }) => sum + revenue, 0))
  return {
    auctions: count('auction'),
    impressions: count('impression'),
    clicks: count('click'),
    orders: count('order'),
    clickThrough: shown === 0 ? null : round(sponsored('click') / shown),
    attributedRevenue: revenueOf(lines.filter(({ credited }) => credited !== null)),
    organicRevenue: revenueOf(lines.filter(({ credited }) => credited === null))
  }
}

function toDetails(
  { moments, lines }: Person,
  { settings, note }: Attribution
): Pick<Shopper, 'timeline' | 'lines' | 'settings' | 'note'> {
  return { timeline: [...moments].sort(compareMoments), lines, settings, note }
}

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

/** Rounds an amount, because binary fractions are not exact. */
function round(amount: number): number {
  return Number(amount.toFixed(6))
}
