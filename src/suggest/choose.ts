import { compareSamples, type IdSample, sayShare } from '../checks'
import { comparePaths, keysInItem, listUserIds, type ProductList, USUAL } from './candidates'
import type { Classified } from './classify'
import { ITEMS, type PathNode, sayPath } from './paths'
import { meet, type NameProfile } from './profile'

/** A path that could be mapped to a field. */
export type Candidate = {
  path: string
  /** The share of the events, or of the lines of lists, that have a value. */
  coverage: number
  /** The share of its values that meet those of other events. Undefined if there is nothing to compare with. */
  meets?: number
}

/** Which paths a field gets, and why. */
export type Choice = {
  /** The paths as they are mapped. The first one that has a value counts. */
  nodes: readonly PathNode[]
  /** Whether a new mapping reads the same values anyway. */
  isDefault: boolean
  candidates: Candidate[]
}

/** The product ids of orders, or of other events. */
export type ProductSide = {
  profile: NameProfile
  isOrder: boolean
  /** How much it counts that the ids of orders meet those of these events. */
  weight: number
  nodes: readonly PathNode[]
  /** The keys at which a new mapping looks for the product, in its order. */
  defaults: readonly PathNode[]
  /** How many events there are, or how many lines. */
  of: number
}

const MAX_CANDIDATES = 6

/** A path has to be better than the ones before it by this much. */
const CLEARLY = 0.05

/** If ids meet nowhere, their coverage still counts. */
const BASE = 0.2

/** Two paths complement each other if their events add up to all events, and no more. */
const ALL = 1.02

/** The keys of a product in new mappings, in their order. */
const DEFAULT_KEYS = ['product_id', 'productId', 'sku', 'id']

/** Returns the nodes below a node at which a new mapping looks for the product, in its order. */
export function listDefaults(level: PathNode): PathNode[] {
  return DEFAULT_KEYS.flatMap((key) => level.children.get(key) ?? []).filter(({ ids }) => ids > 0)
}

/** Returns how many lines the lists of a name have. */
export function countLines({ items }: ProductList): number {
  return Math.max(0, ...[...items.children.values()].map(({ values }) => values))
}

/**
 * Chooses the product ids of all events together: the same product must have the same id in clicks, views and orders.
 * Ids that meet count more than names, and clicks count more than views.
 */
export function chooseProducts(sides: readonly ProductSide[]): Map<NameProfile, Choice> {
  const shown = sides.filter(({ isOrder }) => !isOrder)
  const orders = sides.filter(({ isOrder }) => isOrder)
  const weights = shown.reduce((sum, { weight }) => sum + weight, 0)
  const rateOrder = (node: PathNode): number =>
    shown.reduce(
      (sum, { nodes, weight }) => sum + weight * Math.max(0, ...nodes.map((other) => meetNodes(node, other))),
      0
    ) / Math.max(1, weights)
  const chosen = new Map<NameProfile, Choice>()
  for (const side of orders) chosen.set(side.profile, chooseProduct(side, shown.length > 0 ? rateOrder : undefined))
  const ordered = orders.flatMap(({ profile }) => chosen.get(profile)?.nodes[0] ?? [])
  const rateShown = (node: PathNode): number => Math.max(0, ...ordered.map((other) => meetNodes(other, node)))
  for (const side of shown) chosen.set(side.profile, chooseProduct(side, ordered.length > 0 ? rateShown : undefined))
  return chosen
}

function meetNodes(one: PathNode, other: PathNode): number {
  return one.sample && other.sample ? meet(one.sample, other.sample) : 0
}

function chooseProduct(side: ProductSide, rate: ((node: PathNode) => number) | undefined): Choice {
  const { nodes, defaults, of } = side
  const first = nodes.filter((node) => defaults[0] === node)
  const ordered = [...first, ...nodes.filter((node) => defaults[0] !== node)].slice(0, MAX_CANDIDATES)
  const rated = ordered.map((node) => {
    const meets = rate?.(node)
    const coverage = Math.min(1, node.values / of)
    return { node, meets, coverage, score: coverage * (BASE + (meets ?? 0)) }
  })
  // If no id meets another one, there are too few to tell, or they are of other products.
  const doMeet = rated.some(({ meets = 0 }) => meets > 0)
  const candidates = rated.map(({ node, coverage, meets }) => ({
    path: sayPath(node.keys),
    coverage,
    ...(doMeet && { meets })
  }))
  if (rated.length === 0) return { nodes: [], isDefault: true, candidates }
  const best = rated.reduce((one, other) => (other.score > one.score + CLEARLY ? other : one))
  const chosen = [best.node, ...complement(best.node, ordered, of)]
  const isDefault = best.node === defaults[0] && chosen.every((node) => defaults.includes(node))
  return { nodes: chosen, isDefault, candidates }
}

/** Returns paths that have a value where the best one has none. */
function complement(best: PathNode, nodes: readonly PathNode[], of: number): PathNode[] {
  const others: PathNode[] = []
  let covered = best.values
  for (const node of nodes) {
    if (node === best || covered + node.values > of * ALL) continue
    others.push(node)
    covered += node.values
  }
  return others.slice(0, 2)
}

/**
 * Describes the choice of a field: `items[].product_id has a value in 100.0 % of the lines, and 97.0 % of its ids are in other
 * events too.`
 */
export function sayChoice({ nodes, candidates }: Choice, noun: string): string {
  const chosen = nodes.map(({ keys }) => sayPath(keys))
  const say = ({ path, coverage, meets }: Candidate): string =>
    `${path} has a value in ${sayShare(coverage)} of the ${noun}${meets === undefined ? '' : `, and ${sayShare(meets)} of its ids are in other events too`}.`
  const others = candidates.filter(({ path, coverage }) => !chosen.includes(path) && coverage >= USUAL).slice(0, 2)
  return [
    ...candidates.filter(({ path }) => path === chosen[0]).map(say),
    ...(chosen.length > 1 ? [`Where it has none, ${chosen.slice(1).join(' or ')} may have one.`] : []),
    ...others.map((other) => `Less fitting: ${say(other)}`)
  ].join(' ')
}

/** Returns the keys of a path below the item of a list, or from the event on. */
export function keysFor(node: PathNode, list: ProductList | undefined): readonly string[] {
  return list && node.keys.includes(ITEMS) && startsWith(node.keys, list.items.keys) ? keysInItem(node) : node.keys
}

function startsWith(keys: readonly string[], start: readonly string[]): boolean {
  return start.every((key, index) => keys[index] === key)
}

/** Where the id of the user is, if it is not where new mappings look for it. */
export type UserChoice = {
  /** By the name of the event. Empty if new mappings find the right one. */
  nodes: Map<NameProfile, PathNode>
  sentence: string
  /** The share of the users of orders that other events have too. Undefined if there is too little to tell. */
  meets: number | undefined
}

/** Another id has to meet this much more often. The id must be that of the shop's auctions, which nobody can see here. */
const CLEARLY_MORE = 0.2

/** Fewer users may meet by chance. */
const ENOUGH_USERS = 10

type Pair = { order: PathNode; shown: PathNode; share: number }

/** Chooses the user ids that orders share with clicks and views. Topsort credits nothing without a shared id. */
export function chooseUsers(found: readonly Classified[]): UserChoice {
  const orders = found.filter(({ kind }) => kind === 'purchase').map(({ profile }) => profile)
  const shown = found.filter(({ kind }) => kind !== 'purchase' && kind !== 'pageView').map(({ profile }) => profile)
  const shares = orders.flatMap(({ users }) => shown.map((other) => shareOf(users, other.users)))
  const known = shares.filter((share) => share !== undefined)
  const meets = known.length === 0 ? undefined : Math.max(...known)
  const none: UserChoice = { nodes: new Map(), sentence: '', meets }
  if (meets === undefined) return none
  const pairs = orders.flatMap((order) => shown.flatMap((other) => listPairs(order, other)))
  const best = pairs.sort((one, other) => other.share - one.share || comparePaths(one.order, other.order)).at(0)
  if (!best || best.share < meets + CLEARLY_MORE) return none
  const nodes = new Map<NameProfile, PathNode>()
  for (const profile of orders) {
    const pair = shown
      .flatMap((other) => listPairs(profile, other))
      .sort(byShare)
      .at(0)
    if (pair) nodes.set(profile, pair.order)
  }
  for (const profile of shown) {
    const pair = orders
      .flatMap((order) => listPairs(order, profile))
      .sort(byShare)
      .at(0)
    if (pair && pair.share >= meets + CLEARLY_MORE) nodes.set(profile, pair.shown)
  }
  return {
    nodes,
    sentence: `${sayShare(best.share)} of the users of orders are in other events too, by ${sayPath(best.order.keys)}. By the ids that a new mapping reads, it is ${sayShare(meets)}. Send the same id with your auctions.`,
    meets: best.share
  }
}

function listPairs(order: NameProfile, other: NameProfile): Pair[] {
  return listUserIds(order)
    .filter(({ events }) => events >= order.count * USUAL)
    .flatMap((node) =>
      listUserIds(other).flatMap((shown) => {
        const share = node.sample && shown.sample ? shareOf(node.sample, shown.sample) : undefined
        return share === undefined ? [] : [{ order: node, shown, share }]
      })
    )
}

function byShare(one: Pair, other: Pair): number {
  return other.share - one.share || comparePaths(one.order, other.order) || comparePaths(one.shown, other.shown)
}

function shareOf(users: IdSample, others: IdSample): number | undefined {
  const { count, of } = compareSamples(users, others)
  return of < ENOUGH_USERS ? undefined : count / of
}
