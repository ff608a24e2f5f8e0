import type { Cost } from '../finding'
import type { WholeCheck, WholeResult } from '../model'
import { createSums, lineRevenue } from '../money'
import { readProductIds, readProducts } from '../properties'
import type { SentClick } from '../call'
import type { SentOrder } from '../orders/sent-orders'
import { compareSamples, createIdSample, type IdSample } from '../sketches/id-sample'
import { createNamed } from '../sketches/keyed'
import { createPeriod, joinSketches } from '../sketches/sketch'
import type { CallSource } from '../source'
import type { ClickMemory } from './click-memory'
import { cutId, describeTransform, transformLine } from './id-transforms'
import { sayCount, sayList, sayShare, saySource } from '../say'

/** Ids of fewer products show nothing. In one version of an app, fewer do, if the other versions have the ids that meet. */
const ENOUGH_IDS = 20
const ENOUGH_OF_VERSION = 10

/** Below this share, ordered ids hardly meet those that are clicked or viewed. */
const HARDLY = 0.05

/** A transformation that makes at least this share meet explains it. */
const MOST = 0.5
const MOST_OF_VERSION = 0.8

/** A transformation that makes few ids of many would let them meet by chance. */
const MIN_KEPT = 0.3

const MAX_TRANSFORMS = 40

/** The versions of apps that are told apart, and the ids that are kept of each. */
const MAX_VERSIONS = 20
const SAMPLE_OF_VERSION = 256

/** The start of the keys of transformations of clicked or viewed ids. The others are of ordered ids. */
const SHOWN = 'shown '

/** Products that are clicked or viewed have other ids than those that are ordered, and a transformation joins them. */
export const idSpaceMismatch: WholeCheck<Seen> = {
  code: 'id-space-mismatch',
  severity: 'loses money',
  costs: ['uncredited'],
  title: 'Orders have other product ids than clicks and views',
  why: 'Topsort credits an order line to a click on the same product id. If orders have the ids of variants, or of another system, nothing matches and nothing is credited.',
  cure: 'Send the same product id in views, clicks and orders: the one that is in your catalog at Topsort.',
  start,
  observe(seen, { deliveries }, { time, source, clicks, orders }) {
    for (const { ok, sent } of deliveries) {
      if (!ok || !sent?.impressions) continue
      for (const { entity } of sent.impressions) if (entity?.type === 'product') show(seen, entity.id)
    }
    for (const click of clicks) addClick(seen, click, time, source)
    for (const order of orders) addOrder(seen, order, findVersion(seen, source))
  },
  result: toResult
}

type Seen = ReturnType<typeof start>

function start(memory: ClickMemory) {
  const sketches = joinSketches({
    shown: createIdSample(),
    /** The orders of the whole shop. Also has the transformations of clicked ids. */
    all: createOrdered(),
    /** The orders of each version of an app, by its name. */
    versions: createNamed(MAX_VERSIONS, () => createOrdered(SAMPLE_OF_VERSION))
  })
  return {
    ...sketches,
    /** Also has the transformations of clicked ids, as products. */
    memory,
    /** Ids that were shown lately. Most events are about popular products. */
    lately: new Set<string>()
  }
}

const MAX_LATELY = 10_000

type Ordered = ReturnType<typeof createOrdered>

/** The ids of orders, and what transformations would give. */
function createOrdered(limit?: number) {
  return joinSketches({
    ids: createIdSample(limit),
    tried: createNamed(MAX_TRANSFORMS, () => createTried(limit)),
    orders: createPeriod()
  })
}

type Tried = ReturnType<typeof createTried>

/** What a transformation of ids would give. */
function createTried(limit?: number) {
  return joinSketches({ ids: createIdSample(limit), revenue: createSums() })
}

/** Returns the orders of the version of an app. Undefined for other sources, or if there are too many versions. */
function findVersion({ versions }: Seen, source: CallSource): Ordered | undefined {
  return source.version === '' ? undefined : versions.find(saySource(source))
}

function show({ lately, shown, all }: Seen, id: string): void {
  if (lately.has(id)) return
  if (lately.size >= MAX_LATELY) lately.clear()
  lately.add(id)
  shown.add(id)
  for (const [way, part] of cutId(id)) all.tried.find(`${SHOWN}${way}`)?.ids.add(part)
}

function addClick(seen: Seen, click: SentClick, time: number, source: CallSource): void {
  const { opaqueUserId, product, hasBid } = click
  if (product === undefined) return
  show(seen, product)
  if (!hasBid) return
  for (const [way, part] of cutId(product)) seen.memory.add(opaqueUserId, `${way}\n${part}`, time, true, source)
}

function addOrder({ all, memory }: Seen, order: SentOrder, version: Ordered | undefined): void {
  const { time, user, revenue, lines, properties } = order
  const both = version ? [all, version] : [all]
  for (const { orders } of both) orders.add(time)
  const raw = readProducts(properties)
  const ofShown = all.tried.list().filter(([key]) => key.startsWith(SHOWN))
  for (const line of lines) {
    const product = line.productId
    const money = { amount: lineRevenue(line), currency: revenue.currency }
    const sent = raw.find((each) => readProductIds(each).includes(product))
    for (const { ids } of both) ids.add(product)
    for (const [key, id] of transformLine(product, sent)) {
      const isCredited = memory.find(user, id, time)?.hasBid
      for (const ordered of both) {
        const tried = ordered.tried.find(key)
        tried?.ids.add(id)
        if (isCredited) tried?.revenue.add(money)
      }
    }
    for (const [key, tried] of ofShown) {
      if (memory.find(user, `${key.slice(SHOWN.length)}\n${product}`, time)?.hasBid) tried.revenue.add(money)
    }
  }
}

function toResult({ shown, all, versions }: Seen): WholeResult | undefined {
  const ofAll = explain(all, shown, ENOUGH_IDS, MOST)
  if (ofAll) return describe([ofAll], sayCount(all.orders.value.count, 'order'))
  const sorted = versions.list().sort(([one], [other]) => (one < other ? -1 : 1))
  const found = sorted.flatMap(([name, ordered]) => {
    const explained = explain(ordered, shown, ENOUGH_OF_VERSION, MOST_OF_VERSION)
    return explained ? [{ ...explained, name }] : []
  })
  if (found.length === 0) return undefined
  const count = found.reduce((sum, { orders }) => sum + orders.count, 0)
  return describe(found, `${sayCount(count, 'order')} of ${sayList(found.map(({ name }) => name))}`)
}

/** Ids that hardly meet, and the transformation that explains it. */
type Explained = {
  orders: Ordered['orders']['value']
  /** How many of the ids meet, and how many of them would. From 0 to 1. */
  share: number
  best: { key: string; share: number; costs: Cost[] }
}

function explain(ordered: Ordered, shown: IdSample, enough: number, most: number): Explained | undefined {
  const { ids, tried, orders } = ordered
  const { count, of } = compareSamples(ids, shown)
  if (of < enough || shown.size() < ENOUGH_IDS || count > of * HARDLY) return undefined
  const best = tried
    .list()
    .flatMap(([key, each]) => {
      const share = meetingShare(key, each, shown, ids, enough)
      return share >= most ? [{ key, share, costs: each.revenue.costs('uncredited') }] : []
    })
    .sort(
      (one, other) =>
        amountOf(other.costs) - amountOf(one.costs) || other.share - one.share || (one.key < other.key ? -1 : 1)
    )
    .at(0)
  return best && { orders: orders.value, share: count / of, best }
}

/** @param whose the orders, in words */
function describe(found: readonly Explained[], whose: string): WholeResult {
  const [{ share, best }] = found
  const side = best.key.startsWith(SHOWN) ? 'clicked' : 'ordered'
  const how = describeTransform(best.key.replace(/^shown /, 'cut '), side)
  return {
    count: found.reduce((sum, { orders }) => sum + orders.count, 0),
    first: Math.min(...found.map(({ orders }) => orders.first)),
    last: Math.max(...found.map(({ orders }) => orders.last)),
    costs: createSums(found.flatMap((each) => each.best.costs)).costs('uncredited'),
    samples: [],
    sentence: `${sayShare(share)} of the product ids of ${whose} are ever clicked or viewed. They would meet in ${sayShare(best.share)} of all cases: ${how}.`
  }
}

function amountOf(costs: readonly Cost[]): number {
  return costs.at(0)?.amount ?? 0
}

/** Returns the share of ordered ids that a transformation makes meet those that are shown. */
function meetingShare(key: string, { ids }: Tried, shown: IdSample, ordered: IdSample, enough: number): number {
  const isOfShown = key.startsWith(SHOWN)
  const [from, set, other] = isOfShown ? [shown, ordered, ids] : [ordered, ids, shown]
  const { count, of } = compareSamples(set, other)
  const isCollapsed = ids.size() < Math.max(enough, Math.min(from.size(), set.size()) * MIN_KEPT)
  return of < enough || isCollapsed ? 0 : count / of
}
