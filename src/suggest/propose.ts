import type { Mapping } from '../pipeline'
import { type Amounts, createOwnTotals, findAmounts } from './amounts'
import {
  listBids,
  listOrderIds,
  listProductIds,
  listProductLists,
  listUnreadableLists,
  type ProductList
} from './candidates'
import { chooseProducts, chooseUsers, countLines, listDefaults, type ProductSide } from './choose'
import { type Classified, classify, type NotReported } from './classify'
import { dropDuplicates } from './duplicates'
import { type Definition, type Kind, KINDS, takersOf } from './kinds'
import { listNeeds, type Need, toDotNeed, toListNeed, toUnitNeed } from './needs'
import { isReachable, ITEMS, type PathNode, readScalar } from './paths'
import type { NameProfile, Profile } from './profile'
import { whyNone } from './triggers'
import { toUnit, type Unit } from './unit'

/** What the events suggest, before it is tried. */
export type Proposal = {
  units: Unit[]
  /** How to read orders, by the name of the event. */
  orders: Map<string, ReturnType<typeof toOrderReader>>
  left: NotReported[]
  /** Events that may be of a kind. This is not certain. */
  unsure: Classified[]
  needs: Need[]
}

/** The kinds whose events are about products. */
const ABOUT_PRODUCTS: readonly Kind[] = ['purchase', 'list', 'impression', 'click']

/** Proposes a mapping for each name of events that is of a kind. */
export function propose(profile: Profile, definition: Definition, current: readonly Mapping[]): Proposal {
  const classes = classify(profile)
  const takers = new Map(profile.names.map((name) => [name.name, takersOf(current, name.samples)]))
  const isTaken = (name: string): boolean => (takers.get(name)?.length ?? 0) > 0
  const isDone = classes.found.filter(({ isSure }) => isSure)
  const unwanted = isDone.flatMap(({ kind, profile: each }): NotReported[] => {
    const why = kind === 'purchase' ? whyNone(each) : undefined
    return why === undefined ? [] : [{ profile: each, why }]
  })
  const { found, left } = dropDuplicates(
    isDone.filter((each) => !unwanted.some((other) => other.profile === each.profile)),
    isTaken
  )
  const needs: Need[] = []
  const reads = found.flatMap((each) => readEvents(each, needs) ?? [])
  const users = chooseUsers(found)
  const choices = chooseProducts(reads.filter(({ kind }) => ABOUT_PRODUCTS.includes(kind)).map(toSide))
  needs.push(...listNeeds(found, reads, users, profile))
  return {
    units: reads.flatMap((read): Unit[] => {
      const others = takers.get(read.profile.name) ?? []
      const own = others.find(({ partnerAction }) => partnerAction === KINDS[read.kind].action)
      // A customer who has mapped these events to another action knows why.
      if (others.length > 0 && !own) return []
      return [toUnit(read, choices.get(read.profile), { users, definition }, own)]
    }),
    orders: new Map(
      found.flatMap((each) => (each.kind === 'purchase' ? [[each.profile.name, toOrderReader(each.profile)]] : []))
    ),
    left: [...classes.left, ...unwanted, ...left],
    unsure: classes.found.filter(({ isSure, profile: each }) => !isSure && !isTaken(each.name)),
    needs
  }
}

/** Creates a reader of what an order says of itself. */
function toOrderReader(profile: NameProfile) {
  const id = listOrderIds(profile).at(0)
  return { ...createOwnTotals(profile), idOf: (event: object) => id && readScalar(event, id.keys) }
}

/** What the events of a name have, before the ids of all names are compared. */
export type Read = Classified & { list?: ProductList; amounts?: Amounts; products: PathNode[]; bids: PathNode[] }

/** Reads what the events of a name have. Returns undefined, and adds a need, if no mapping can read it. */
export function readEvents(found: Classified, needs: Need[]): Read | undefined {
  const { profile, kind } = found
  if (kind === 'purchase') return readOrders(found, needs)
  if (kind === 'list') {
    const list = listProductLists(profile).find(({ node }) => node.maxItems > 1 && isReachable(node.keys))
    return list && { ...found, list, products: reachable(list.productIds), bids: reachable(listBids(list.items)) }
  }
  const products = kind === 'impression' || kind === 'click' ? listProductIds(profile) : []
  const bids = reachable(listBids(profile.root)).filter(({ keys }) => isSingle(profile, keys))
  if (products.length > 0 && reachable(products).length === 0) needs.push(toDotNeed(profile.name, products[0]))
  return { ...found, products: reachable(products), bids }
}

function readOrders(found: Classified, needs: Need[]): Read | undefined {
  const { profile } = found
  const lists = listProductLists(profile).flatMap((list) => {
    const amounts = isReachable(list.node.keys) ? findAmounts(profile, list) : undefined
    return amounts === undefined ? [] : [{ list, amounts }]
  })
  const readable = lists.flatMap(({ list, amounts }) => (amounts === 'cents' ? [] : [{ list, amounts }]))
  if (readable.length === 0) {
    const unreadable = listUnreadableLists(profile).at(0)
    if (unreadable) needs.push(toListNeed(profile.name, unreadable))
    else if (lists.length > 0) needs.push(toUnitNeed(profile.name, lists[0].list))
    return undefined
  }
  const best = readable.reduce((one, other) =>
    (other.amounts.agreement ?? 0) > (one.amounts.agreement ?? 0) + 0.1 ? other : one
  )
  return { ...found, ...best, products: reachable(best.list.productIds), bids: [] }
}

function reachable(nodes: readonly PathNode[]): PathNode[] {
  return nodes.filter(({ keys }) => isReachable(keys))
}

/** Returns whether all lists on the way to these keys have one item. */
function isSingle({ root }: NameProfile, keys: readonly string[]): boolean {
  let node: PathNode | undefined = root
  return keys.every((key) => {
    if (key === ITEMS && node?.maxItems !== 1) return false
    node = node?.children.get(key)
    return true
  })
}

/** Returns the product ids of events, to compare them with those of other events. */
export function toSide({ profile, kind, list, products }: Read): ProductSide {
  return {
    profile,
    isOrder: kind === 'purchase',
    weight: kind === 'click' ? 3 : 1,
    nodes: products,
    defaults: listDefaults(list ? list.items : profile.properties),
    of: list ? countLines(list) : profile.count
  }
}
