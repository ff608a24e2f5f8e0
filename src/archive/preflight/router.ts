import { parseFql } from '@segment/destination-subscriptions'
import { filterOf } from '../../pipeline'
import type { Mapping, TakenEvent } from '../../pipeline'

/** Returns the indexes of the mappings that take an event. */
export type Router = (event: TakenEvent) => readonly number[]

/** A shop has a few dozen events. Names that hold an id would be without end. */
const MAX_KNOWN = 1_000

/**
 * Creates a router. Most triggers ask for nothing but the type and the name of an event, so the answer for those is
 * remembered.
 *
 * @throws Error if a trigger cannot be parsed
 */
export function createRouter(mappings: readonly Mapping[]): Router {
  const filters = mappings.map(filterOf)
  const find: Router = (event) => filters.flatMap((takes, index) => (takes(event) ? index : []))
  if (!mappings.every(({ subscribe }) => asksForNameOnly(parseFql(subscribe)))) return find

  const known = new Map<string, readonly number[]>()
  return (event) => {
    const { type, event: name, name: title } = event
    if (!isText(name) || !isText(title)) return find(event)
    const key = `${type}\n${name ?? ''}\n${title ?? ''}`
    const taken = known.get(key)
    if (taken) return taken
    const found = find(event)
    if (known.size < MAX_KNOWN) known.set(key, found)
    return found
  }
}

/** Parsed filters are groups of groups and conditions. */
function asksForNameOnly(condition: object): boolean {
  const { type, children } = condition as { type?: string; children?: object[] }
  if (children) return children.every(asksForNameOnly)
  return type === 'event-type' || type === 'event' || type === 'name'
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
