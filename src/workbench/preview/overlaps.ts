import type { SegmentEvent } from '@segment/actions-core'
import { filterOf, listTests, type Mapping, type TakenEvent } from '../../pipeline'
import type { MappingOverlap } from '../api'

/**
 * Returns the other mappings that are switched on and take events of an edited mapping.
 *
 * @param events the newest events that the edited mapping takes. Events that its trigger describes are tried besides,
 *   so that an overlap is found before any event has arrived
 */
export function findOverlaps(
  edited: Mapping,
  mappings: readonly Mapping[],
  events: readonly TakenEvent[]
): MappingOverlap[] {
  const examples = describedEvents(edited)
  return mappings.flatMap((mapping) => {
    if (!mapping.enabled || mapping.name === edited.name) return []
    const takes = filterOf(mapping)
    const count = events.filter(takes).length
    return count > 0 || examples.some(takes) ? { name: mapping.name, action: mapping.partnerAction, events: count } : []
  })
}

/** Returns one event for each name in a trigger. It has the values that the trigger asks for. */
function describedEvents(mapping: Mapping): SegmentEvent[] {
  const tests = listTests(mapping.subscribe).filter(({ test, isNegated }) => test === 'equals' && !isNegated)
  const names = tests.flatMap(({ path: [root], value }) => (root === 'event' ? [String(value)] : []))
  const common = {}
  for (const { path, value } of tests) if (path[0] !== 'event') setAt(common, path, value)
  const takes = filterOf(mapping)
  return [undefined, ...names]
    .map((event) => ({ ...common, ...(event !== undefined && { event }) }) as SegmentEvent)
    .filter(takes)
}

function setAt(object: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    object[key] = value
    return
  }
  const inner = Object(object[key] ?? {}) as Record<string, unknown>
  object[key] = inner
  setAt(inner, rest, value)
}
