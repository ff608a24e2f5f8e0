import { sayCount, sayList } from '../checks'
import type { ProductList } from './candidates'
import type { Classified } from './classify'
import { type Kind, KINDS } from './kinds'
import { type PathNode, sayPath } from './paths'
import type { NameProfile, Profile } from './profile'
import type { UserChoice } from './choose'

/** What only the shop's code can put right. */
export type Need = {
  code: 'no-events' | 'no-bid' | 'list-unreadable' | 'cents' | 'key-with-dot' | 'no-shared-user' | 'fails'
  sentence: string
  /** The name of the events. Absent if it is about all of them. */
  name?: string
}

/** Below this share, hardly any user of an order is known from a click. */
const HARDLY = 0.05

/** The kinds that Topsort needs: orders, and something that leads to them. */
const NEEDED: readonly Kind[] = ['purchase', 'click']

const ENOUGH_EVENTS = 100

/** Lists what the events lack as a whole. */
export function listNeeds(
  found: readonly Classified[],
  reads: readonly (Classified & { bids: readonly PathNode[] })[],
  { meets }: UserChoice,
  profile: Profile
): Need[] {
  const needs: Need[] = []
  const missing = NEEDED.filter((kind) => !found.some((each) => each.kind === kind))
  if (missing.length > 0 && profile.events >= ENOUGH_EVENTS) {
    const nouns = sayList(missing.map((kind) => KINDS[kind].noun))
    needs.push({
      code: 'no-events',
      sentence: `No event looks like ${nouns}. Send them as the guide says, such as "Product Clicked" and "Order Completed".`
    })
  }
  const ads = reads.filter(({ kind }) => kind !== 'purchase' && kind !== 'pageView')
  if (ads.length > 0 && ads.every(({ bids }) => bids.length === 0)) {
    const names = sayNames(ads.map(({ profile: each }) => each))
    needs.push({
      code: 'no-bid',
      sentence: `No event has the bid of an ad, so nothing is billed or credited. Keep the resolvedBidId of the auction's winner with the product, and send it as a property of ${names}.`
    })
  }
  if (meets !== undefined && meets < HARDLY) {
    needs.push({
      code: 'no-shared-user',
      sentence:
        'Hardly any user of an order is in another event, so Topsort could credit nothing. Send one id of the user with auctions, views, clicks and orders, such as the anonymousId.'
    })
  }
  return needs
}

/** Says that most events of a name fail with every mapping. */
export function toFailureNeed(name: string, failed: number, taken: number, message: string): Need {
  return {
    code: 'fails',
    name,
    sentence: `${sayCount(failed, 'event')} of ${taken.toLocaleString('en')} of "${name}" would fail: ${message}`
  }
}

/** Says that a list cannot be read as a list. */
export function toListNeed(name: string, { node, is }: { node: PathNode; is: 'object' | 'text' }): Need {
  const path = sayPath(node.keys)
  const sentence =
    is === 'object'
      ? `${path} of "${name}" is an object with numbers or ids as keys, which no mapping can read as a list. Send a list: Object.values(${path}) in JavaScript, or array_values($${node.keys.at(-1) ?? 'products'}) in PHP.`
      : `${path} of "${name}" is a list that was written as text, which no mapping can read. Send the list itself, without JSON.stringify or json_encode.`
  return { code: 'list-unreadable', name, sentence }
}

/** Says that prices are in cents. */
export function toUnitNeed(name: string, { prices, lineTotals }: ProductList): Need {
  const [price] = [...prices, ...lineTotals]
  return {
    code: 'cents',
    name,
    sentence: `${sayPath(price.keys)} of "${name}" is in cents, and a mapping cannot divide. Send the price in the unit of the total: divide it by 100.`
  }
}

/** Says that no path can reach a key. */
export function toDotNeed(name: string, { keys }: PathNode): Need {
  return {
    code: 'key-with-dot',
    name,
    sentence: `The property "${keys.at(-1) ?? ''}" of "${name}" has a dot, bracket or quote in its name, which the path of a mapping cannot reach. Send it under another name.`
  }
}

function sayNames(profiles: readonly NameProfile[]): string {
  const shown = profiles.slice(0, 3).map(({ name }) => `"${name}"`)
  const more = profiles.length - shown.length
  return sayList([...shown, ...(more > 0 ? [sayCount(more, 'more name')] : [])])
}
