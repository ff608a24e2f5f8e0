/**
 * The names that shop systems and specs give to events and properties, as data. A new system is an entry
 * in `systems.ts`.
 */
import { simplify } from '../core'
import { type EventKind, type PropertyRole, SHOP_SYSTEMS } from './systems'

export { type EventKind, type PropertyRole, SHOP_SYSTEMS } from './systems'

/** An event that a system knows. */
type KnownEvent = { kind: EventKind; system: string }

const EVENTS = new Map<string, KnownEvent>()
for (const { name: system, events } of SHOP_SYSTEMS) {
  for (const [kind, names] of Object.entries(events)) {
    for (const name of names.map(simplify)) {
      if (!EVENTS.has(name)) EVENTS.set(name, { kind: kind as EventKind, system })
    }
  }
}

/** Returns what an event of this name is, in whatever spelling, and the system that calls it so. */
export function findKnownEvent(name: string): KnownEvent | undefined {
  return EVENTS.get(simplify(name))
}

const NAMES = new Map<PropertyRole, string[]>()
for (const { properties } of SHOP_SYSTEMS) {
  for (const [role, names] of Object.entries(properties)) {
    const known = NAMES.get(role as PropertyRole) ?? []
    NAMES.set(role as PropertyRole, [...new Set([...known, ...names.map(toPath)])])
  }
}

/**
 * Returns how sure the last keys of a path are a name for this role: 0 for the surest, and Infinity for an unknown name.
 *
 * @param keys the keys of a path, without the marks of lists
 */
export function rankName(keys: readonly string[], role: PropertyRole): number {
  const path = `.${toPath(keys.join('.'))}`
  const names = NAMES.get(role) ?? []
  const matches = names.filter((name) => path.endsWith(`.${name}`))
  if (matches.length === 0) return Infinity
  // `variant.id` says more than `id`.
  return names.indexOf(matches.reduce((one, other) => (other.length > one.length ? other : one)))
}

function toPath(name: string): string {
  return name.split('.').map(simplify).join('.')
}
