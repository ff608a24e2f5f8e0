import type { Cost, Money } from '../finding'
import type { WholeCheck, WholeResult, WholeWatch } from '../model'
import { createSums } from '../money'
import { readProducts, readProductIds } from '../properties'
import { lineRevenue } from '../order-revenue'
import type { SentClick } from '../call'
import type { SentOrder } from '../orders/sent-orders'
import { compareSamples, createIdSample, type IdSample } from '../sketches/id-sample'
import type { CallSource } from '../source'
import type { ClickMemory } from './click-memory'
import { cutId, describeTransform, transformLine } from './id-transforms'
import { sayCount, sayShare } from '../say'

/** Ids of fewer products show nothing. */
const ENOUGH_IDS = 20

/** Below this share, ordered ids hardly meet those that are clicked or viewed. */
const HARDLY = 0.05

/** A transformation that makes at least this share meet explains it. */
const MOST = 0.5

/** A transformation that makes few ids of many would let them meet by chance. */
const MIN_KEPT = 0.3

const MAX_TRANSFORMS = 40

/** The start of the keys of transformations of clicked or viewed ids. The others are of ordered ids. */
const SHOWN = 'shown '

/** Products that are clicked or viewed have other ids than those that are ordered, and a transformation joins them. */
export const idSpaceMismatch: WholeCheck = {
  code: 'id-space-mismatch',
  severity: 'loses money',
  title: 'Orders have other product ids than clicks and views',
  why: 'Topsort credits an order line to a click on the same product id. If orders have the ids of variants, or of another system, nothing matches and nothing is credited.',
  cure: 'Send the same product id in views, clicks and orders: the one that is in your catalog at Topsort.',
  start
}

/** What a transformation of ordered or clicked ids would give. */
type Tried = { ids: IdSample; revenue: ReturnType<typeof createSums> }

type SavedTried = { ids: unknown; revenue: Money[] }

type Saved = {
  shown: unknown
  ordered: unknown
  orders: number
  first: number | null
  last: number | null
  tried: Record<string, SavedTried>
}

/** The sketches of the check. */
type State = {
  shown: IdSample
  ordered: IdSample
  tried: Map<string, Tried>
  /** Also has the transformations of clicked ids, as products. */
  memory: ClickMemory
  /** Ids that were shown lately. Most events are about popular products. */
  lately: Set<string>
  orders: Orders
}

type Orders = { count: number; first: number; last: number }

const MAX_LATELY = 10_000

function start(memory: ClickMemory): WholeWatch {
  const state: State = {
    shown: createIdSample(),
    ordered: createIdSample(),
    tried: new Map(),
    memory,
    lately: new Set(),
    orders: { count: 0, first: Infinity, last: -Infinity }
  }
  return {
    observe({ deliveries }, { time, source, clicks, orders }) {
      for (const { ok, sent } of deliveries) {
        if (!ok || !sent?.impressions) continue
        for (const { entity } of sent.impressions) if (entity?.type === 'product') show(state, entity.id)
      }
      for (const click of clicks) addClick(state, click, time, source)
      for (const order of orders) addOrder(state, order)
    },
    result: () => toResult(state),
    save: () => save(state),
    merge(saved) {
      merge(state, saved as Saved)
    }
  }
}

function findTried({ tried }: State, key: string): Tried | undefined {
  let found = tried.get(key)
  if (!found && tried.size < MAX_TRANSFORMS) {
    found = { ids: createIdSample(), revenue: createSums() }
    tried.set(key, found)
  }
  return found
}

function show(state: State, id: string): void {
  const { lately, shown } = state
  if (lately.has(id)) return
  if (lately.size >= MAX_LATELY) lately.clear()
  lately.add(id)
  shown.add(id)
  for (const [way, part] of cutId(id)) findTried(state, `${SHOWN}${way}`)?.ids.add(part)
}

function addClick(state: State, click: SentClick, time: number, source: CallSource): void {
  const { opaqueUserId, product, hasBid } = click
  if (product === undefined) return
  show(state, product)
  if (!hasBid) return
  for (const [way, part] of cutId(product)) state.memory.add(opaqueUserId, `${way}\n${part}`, time, true, source)
}

function addOrder(state: State, { time, user, revenue, lines, properties }: SentOrder): void {
  const { ordered, tried, memory, orders } = state
  orders.count += 1
  orders.first = Math.min(orders.first, time)
  orders.last = Math.max(orders.last, time)
  const raw = readProducts(properties)
  for (const line of lines) {
    const product = line.productId
    ordered.add(product)
    const money = { amount: lineRevenue(line), currency: revenue.currency }
    const sent = raw.find((each) => readProductIds(each).includes(product))
    for (const [key, id] of transformLine(product, sent)) {
      const known = findTried(state, key)
      known?.ids.add(id)
      if (memory.find(user, id, time)?.hasBid) known?.revenue.add(money)
    }
    for (const [key, known] of tried) {
      if (!key.startsWith(SHOWN)) continue
      if (memory.find(user, `${key.slice(SHOWN.length)}\n${product}`, time)?.hasBid) known.revenue.add(money)
    }
  }
}

function save({ shown, ordered, tried, orders }: State): Saved {
  const sorted = [...tried].sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    shown: shown.save(),
    ordered: ordered.save(),
    orders: orders.count,
    first: orders.count > 0 ? orders.first : null,
    last: orders.count > 0 ? orders.last : null,
    tried: Object.fromEntries(
      sorted.map(([key, { ids, revenue }]) => [key, { ids: ids.save(), revenue: revenue.list() }])
    )
  }
}

function merge(state: State, saved: Saved): void {
  const { shown, ordered, orders } = state
  shown.merge(saved.shown)
  ordered.merge(saved.ordered)
  orders.count += saved.orders
  orders.first = Math.min(orders.first, saved.first ?? Infinity)
  orders.last = Math.max(orders.last, saved.last ?? -Infinity)
  for (const [key, { ids, revenue }] of Object.entries(saved.tried)) {
    const known = findTried(state, key)
    known?.ids.merge(ids)
    if (known) revenue.forEach(known.revenue.add)
  }
}

function toResult({ shown, ordered, tried, orders }: State): WholeResult | undefined {
  const { count, of } = compareSamples(ordered, shown)
  if (of < ENOUGH_IDS || shown.size() < ENOUGH_IDS || count > of * HARDLY) return undefined
  const best = [...tried]
    .flatMap(([key, each]) => {
      const share = meetingShare(key, each, shown, ordered)
      return share >= MOST ? [{ key, share, costs: each.revenue.costs('uncredited') }] : []
    })
    .sort(
      (one, other) =>
        amountOf(other.costs) - amountOf(one.costs) || other.share - one.share || (one.key < other.key ? -1 : 1)
    )
    .at(0)
  if (!best) return undefined
  const side = best.key.startsWith(SHOWN) ? 'clicked' : 'ordered'
  const how = describeTransform(best.key.replace(/^shown /, 'cut '), side)
  return {
    ...orders,
    costs: best.costs,
    samples: [],
    sentence: `${sayShare(count / of)} of the product ids of ${sayCount(orders.count, 'order')} are ever clicked or viewed. They would meet in ${sayShare(best.share)} of all cases: ${how}.`
  }
}

function amountOf(costs: readonly Cost[]): number {
  return costs.at(0)?.amount ?? 0
}

/** Returns the share of ordered ids that a transformation makes meet those that are shown. */
function meetingShare(key: string, { ids }: Tried, shown: IdSample, ordered: IdSample): number {
  const isOfShown = key.startsWith(SHOWN)
  const [from, set, other] = isOfShown ? [shown, ordered, ids] : [ordered, ids, shown]
  const { count, of } = compareSamples(set, other)
  const isCollapsed = ids.size() < Math.max(ENOUGH_IDS, Math.min(from.size(), set.size()) * MIN_KEPT)
  return of < ENOUGH_IDS || isCollapsed ? 0 : count / of
}
