import { compareSamples, type IdSample, sayShare } from '../checks'
import { comparePaths, listUserIds, USUAL } from './candidates'
import type { Classified } from './classify'
import { type PathNode, sayPath } from './paths'
import type { NameProfile } from './profile'

/** Where the id of the user is, if it is not where new mappings look for it. */
export type UserChoice = {
  /** By the name of the event. Empty if new mappings find the right one. */
  nodes: Map<NameProfile, PathNode>
  sentence: string
  /** The share of the users of orders that other events have too. Undefined if there is too little to tell. */
  meets: number | undefined
}

/** Another id has to meet this much more often. The id must be that of the shop's auctions, which nobody can see here. */
const CLEARLY = 0.2

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
  const [best] = pairs.sort((one, other) => other.share - one.share || comparePaths(one.order, other.order))
  if ((best as Pair | undefined) === undefined || best.share < meets + CLEARLY) return none
  const nodes = new Map<NameProfile, PathNode>()
  for (const profile of orders) {
    const [pair] = shown.flatMap((other) => listPairs(profile, other)).sort(byShare)
    if ((pair as Pair | undefined) !== undefined) nodes.set(profile, pair.order)
  }
  for (const profile of shown) {
    const [pair] = orders.flatMap((order) => listPairs(order, profile)).sort(byShare)
    if ((pair as Pair | undefined) !== undefined && pair.share >= meets + CLEARLY) nodes.set(profile, pair.shown)
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
