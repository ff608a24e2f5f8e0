import { explainTrigger, writeTrigger } from '../pipeline'
import { sayList } from '../checks'
import { listScalars, namesOf, type PathNode, sayPath } from './paths'
import type { NameProfile } from './profile'

/** Events of a name that are no orders of the web shop: where they differ, and why. */
export type Exception = { keys: readonly string[]; value: string; count: number; why: string }

const PLACE =
  /^(channel|saleschannel|orderchannel|source|sourcename|ordersource|origin|store|storetype|location|platform)$/
const STATE = /^(status|orderstatus|state|financialstatus|paymentstatus|type|ordertype)$/
const POINT_OF_SALE = /^(pos|pointofsale|till|register|instore|retail|offline|kasse|filiale|tienda|caixa|caisse)$/
const UNDONE = /^(cancel|refund|void|fail|declin|reject|abandon|draft|storn|return|reembols|annul)/

/** Finds orders of the till, and orders that were cancelled or paid back, by the values of a property. */
export function findExceptions({ properties }: NameProfile): Exception[] {
  return listScalars(properties).flatMap((node) => {
    const { counts, keys, values } = node
    if (!counts) return []
    const exceptions = [...counts].flatMap(([value, count]): Exception[] => {
      const why = whyExcept(node, value)
      return why === undefined ? [] : [{ keys, value, count, why }]
    })
    // If all events are such, the name means it.
    const all = exceptions.reduce((sum, { count }) => sum + count, 0)
    return all < values ? exceptions.sort((one, other) => (one.value < other.value ? -1 : 1)) : []
  })
}

/** Returns why all events of a name are no orders of the web shop, if a property says so. */
export function whyNone({ properties, count }: NameProfile): string | undefined {
  for (const node of listScalars(properties)) {
    const reasons = [...(node.counts?.keys() ?? [])].map((value) => whyExcept(node, value))
    if (node.values === count && reasons.length > 0 && reasons.every((why) => why !== undefined)) {
      return `All of these orders are ${reasons[0] ?? ''}, by ${sayPath(node.keys)}.`
    }
  }
  return undefined
}

function whyExcept(node: PathNode, value: string): string | undefined {
  const name = namesOf(node).at(-1) ?? ''
  const text = value.toLowerCase().replace(/[^a-z]/g, '')
  if (PLACE.test(name) && POINT_OF_SALE.test(text)) return 'of the point of sale'
  return STATE.test(name) && UNDONE.test(text) ? 'cancelled, refunded or not placed' : undefined
}

/** Describes exceptions: `channel is "pos" (120 events of the point of sale)`. */
export function sayExceptions(exceptions: readonly Exception[]): string {
  return sayList(
    exceptions.map(
      ({ keys, value, count, why }) => `${sayPath(keys)} is "${value}" (${count.toLocaleString('en')} ${why})`
    )
  )
}

/**
 * Writes the trigger of a mapping.
 *
 * @returns undefined if there is none that Segment's parser takes as it is meant
 */
export function toTrigger(names: readonly string[], exceptions: readonly Exception[]): string | undefined {
  const events = [...names].sort().map((value) => test(['event'], value))
  const trigger = writeTrigger({
    kind: 'and',
    parts: [
      test(['type'], 'track'),
      events.length === 1 ? events[0] : { kind: 'or', parts: events },
      ...exceptions.map(({ keys, value }) => ({ ...test(keys, value), isNegated: true }))
    ]
  })
  return trigger !== undefined && explainTrigger(trigger).length === 0 ? trigger : undefined
}

function test(path: readonly string[], value: string) {
  return { kind: 'test' as const, path, test: 'equals' as const, value, isNegated: false }
}
