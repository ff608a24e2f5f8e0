import { parseFql } from '@segment/destination-subscriptions'
import { labelOf } from './delivery'
import { applyFilters, type Filter } from './filters'
import type { TakenEvent } from './intake'
import { filterOf, isMeantFor, type Mapping } from './mappings'

/** Options that decide which mappings get an event. */
type RouterOptions<Place> = {
  /** The name of the destination. */
  destination: string
  mappings: readonly Mapping[]
  /** The customer's destination filters. */
  filters?: readonly Filter[]
  /** Treats the events as Segment's Replay does: meant for this destination only, and not filtered. */
  asSegmentReplay?: boolean
  /** Remembers an event, and returns whether it came before. Default: no event is a repeat. */
  isRepeat?: (event: TakenEvent, place: Place) => boolean
}

/** Why an event reaches no mapping. */
export type LeftOut = { leftOut: 'repeats' | 'excluded' | 'unmapped' } | { leftOut: 'filtered'; reason: string }

/** An event as the mappings see it, with the indexes of the mappings that take it. */
export type Taken = { event: TakenEvent; takers: readonly number[] }

export type Routed = Taken | LeftOut

/** Decides which mappings get an event. Hands `place` to `isRepeat`. */
export type Router<Place = void> = (event: TakenEvent, place: Place) => Routed

/** A shop has a few dozen names of events. The limit is for names that contain an id. */
const MAX_KNOWN = 1_000

/**
 * Creates a router. It does what Segment does before the mappings, in this order: drops repeats, obeys the `integrations`
 * of the event, applies the destination filters, and looks for mappings that are switched on and whose trigger fits.
 *
 * @example
 * const route = createRouter({ destination: 'Topsort', mappings, filters: readFilters(text) })
 * const routed = route(event)
 * if ('takers' in routed) deliver(routed.event, routed.takers)
 * @throws Error if a trigger cannot be parsed
 */
export function createRouter<Place = void>(options: RouterOptions<Place>): Router<Place> {
  const { destination, mappings, filters = [], asSegmentReplay = false, isRepeat = () => false } = options
  const findTakers = createTakers(mappings)

  const toTaken = (event: TakenEvent): Routed => {
    const takers = findTakers(event)
    return takers.length === 0 ? { leftOut: 'unmapped' } : { event, takers }
  }

  return (event, place) => {
    if (isRepeat(event, place)) return { leftOut: 'repeats' }
    if (asSegmentReplay) return toTaken({ ...event, integrations: { All: false, [destination]: true } })
    if (!isMeantFor(destination, event)) return { leftOut: 'excluded' }
    const filtered = applyFilters(filters, event)
    return filtered.ok ? toTaken(filtered.event) : { leftOut: 'filtered', reason: filtered.reason }
  }
}

/** Returns a sentence that says why an event reaches no mapping. */
export function explainLeftOut(routed: LeftOut, event: TakenEvent, destination: string): string {
  const { name, type } = labelOf(event)
  const title = name ? `"${name}"` : `this ${type} call`
  switch (routed.leftOut) {
    case 'repeats':
      return `Dropped ${title}, whose messageId came before.`
    case 'excluded':
      return `The "integrations" of ${title} keep it from ${destination}.`
    case 'filtered':
      return `Filtered ${title}. ${routed.reason}`
    case 'unmapped':
      return `No mapping that is switched on takes ${title}.`
  }
}

/**
 * Creates a function that finds the mappings that take an event. Most triggers need only the type and the name of an
 * event. For those, it remembers what it found.
 */
function createTakers(mappings: readonly Mapping[]): (event: TakenEvent) => readonly number[] {
  const triggers = mappings.map(filterOf)
  const find = (event: TakenEvent): number[] =>
    triggers.flatMap((takes, index) => (mappings[index].enabled && takes(event) ? index : []))
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

/** Returns whether a parsed trigger needs only the type and the name. It consists of groups and conditions. */
function asksForNameOnly(condition: object): boolean {
  const { type, children } = condition as { type?: string; children?: object[] }
  if (children) return children.every(asksForNameOnly)
  return type === 'event-type' || type === 'event' || type === 'name'
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
