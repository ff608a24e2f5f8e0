import { compareSamples, createIdSample, type IdSample } from '../checks'
import { createIdTable, isObject, SECOND, toUtc } from '../core'
import type { TakenEvent } from '../pipeline'
import { addValue, createEventSample, type EventSample, PathNode } from './paths'

/** What is known of the track calls of one name, in bounded memory. */
export type NameProfile = ReturnType<typeof createProfile>

/** What is known of all events. */
export type Profile = {
  events: number
  /** Some of the page and screen calls. */
  pages: EventSample<TakenEvent>
  /** By name, the most frequent first. */
  names: NameProfile[]
  /** Whether there were too many names or paths to keep them all. */
  isCut: boolean
}

/** A shop has a few dozen names. The limit is for names that contain an id. */
const MAX_NAMES = 200

/** All paths of all names. Each takes up to 20 KB. */
const MAX_PATHS = 6_000

/** Enough to see which prices add up to a total. */
const MAX_SAMPLES = 60

/** Enough to see which mappings take them. */
const MAX_PAGES = 20

const MOMENT = 10 * SECOND

const MAX_IDS = 1_000_000

/** What Segment's SDKs put into the context. It says nothing about products. */
const STANDARD_CONTEXT =
  /^(active|app|campaign|device|ip|library|locale|network|os|page|referrer|screen|timezone|userAgent|userAgentData)$/

/** Creates an empty profile of events. It is the same whatever the order of the events. */
export function createProfiler() {
  let names = new Map<string, NameProfile>()
  const seen = createSeen(MAX_IDS)
  const pages = createEventSample<TakenEvent>(MAX_PAGES)
  const counts = { events: 0, paths: 0, isCut: false }

  function mayAdd(): boolean {
    counts.isCut ||= counts.paths >= MAX_PATHS
    if (counts.isCut) return false
    counts.paths += 1
    return true
  }

  function find(name: string): NameProfile {
    const known = names.get(name)
    if (known) return known
    if (names.size === MAX_NAMES) dropRarest()
    const profile = createProfile(name)
    names.set(name, profile)
    return profile
  }

  function dropRarest(): void {
    counts.isCut = true
    names = new Map([...names].sort(([, one], [, other]) => other.count - one.count).slice(0, MAX_NAMES / 2))
  }

  return {
    observe: (event: TakenEvent): void => {
      if (seen(event.messageId)) return
      counts.events += 1
      if (event.type === 'page' || event.type === 'screen') pages.add(event.messageId, event)
      if (event.type === 'track' && typeof event.event === 'string') addEvent(find(event.event), event, mayAdd)
    },
    profile(): Profile {
      const { events, isCut } = counts
      const sorted = [...names.values()].sort(
        (one, other) => other.count - one.count || (one.name < other.name ? -1 : 1)
      )
      return { events, pages, names: sorted, isCut }
    }
  }
}

/** Creates a function that remembers an id, and returns whether it came before. An id takes about 20 bytes. */
export function createSeen(max: number): (id: string) => boolean {
  const ids = createIdTable(1, max)
  return (id) => {
    if (ids.find(id) !== -1) return true
    ids.add(id)
    return false
  }
}

function createProfile(name: string) {
  const [root, properties] = [new PathNode([]), new PathNode(['properties'])]
  root.children.set('properties', properties)
  return {
    name,
    count: 0,
    /** The paths of the event, and those below its properties. */
    root,
    properties,
    samples: createEventSample<TakenEvent>(MAX_SAMPLES),
    /** The users as new mappings find them. */
    users: createIdSample(),
    /** The users together with the product and the time, in steps of 10 seconds. Two events of one tap have the same. */
    moments: createIdSample()
  }
}

function addEvent(profile: NameProfile, event: TakenEvent, mayAdd: () => boolean): void {
  const { root, count, samples, users, moments } = profile
  profile.count += 1
  samples.add(event.messageId, event)
  const { anonymousId, userId, properties, context } = event
  const own = isObject(context)
    ? Object.fromEntries(Object.entries(context).filter(([key]) => !STANDARD_CONTEXT.test(key)))
    : {}
  const ids: string[] = []
  addValue(root, { anonymousId, userId, properties, context: own }, { event: count, mayAdd, ids })
  const user = properties?.opaqueUserId ?? anonymousId ?? userId
  if (typeof user !== 'string' && typeof user !== 'number') return
  users.add(String(user))
  const moment = Math.floor(toUtc(event.timestamp) / MOMENT)
  for (const id of ids.length > 0 ? new Set(ids) : ['']) moments.add(`${user}\n${moment}\n${id}`)
}

/** Fewer ids may meet by chance. */
const ENOUGH_IDS = 5

/** Returns the larger share of a set of ids that is in the other one. 0 if there are too few to tell. */
export function meet(one: IdSample, other: IdSample): number {
  const shares = [compareSamples(one, other), compareSamples(other, one)].map(({ count, of }) =>
    of < ENOUGH_IDS ? 0 : count / of
  )
  return Math.max(...shares)
}
