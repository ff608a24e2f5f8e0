import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { InputError } from '../core'
import type { DeliveryTarget } from './attempt'
import { readFilterJson, readFilters } from './filters'
import type { TakenEvent } from './intake'
import type { MappingQueue } from './mapping-queue'
import { type Mapping, presetMappings, type MappingSwitch } from './mappings'
import { createRouter, type LeftOut, type Router } from './route'

/** The customer's setup of a destination. Each change applies to events that come in later. */
type Setup = {
  mappings: () => Mapping[]
  /**
   * Switches mappings on or off. Mappings that are not named stay as they are.
   *
   * @throws InputError if there is no mapping with such a name. Then none is switched
   */
  switchMappings: (switches: MappingSwitch[]) => void
  /**
   * Replaces the mappings. Earlier events are delivered with the earlier mappings.
   *
   * @throws Error if the trigger of a mapping cannot be parsed. Then none is replaced
   */
  replaceMappings: (mappings: Mapping[]) => void
  settings: () => JSONObject
  /** Changes settings. Those that are not named stay as they are. */
  changeSettings: (changes: JSONObject) => void
  /** Returns the destination filters as they were given. */
  filters: () => unknown
  /**
   * Replaces the destination filters. `readFilters` says what it takes.
   *
   * @throws InputError if a filter cannot be read. Then none is replaced
   */
  replaceFilters: (filters: unknown) => void
}

type RouteOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  filters?: unknown
  isRepeat: (event: TakenEvent, isReplay: boolean) => boolean
  createQueue: (target: DeliveryTarget<Settings>) => MappingQueue
}

/**
 * Creates the routes to the presets of a destination. They lead events to the queues of their mappings, by the customer's
 * setup. Each change of the setup applies to events that come in later.
 *
 * @throws Error if the destination's presets do not fit its actions
 * @throws InputError if a filter cannot be read
 */
export function createRoutes<Settings extends JSONObject>(options: RouteOptions<Settings>) {
  const { definition, isRepeat, createQueue } = options
  const atStart = { settings: options.settings, filters: readFilterJson(options.filters ?? []) }
  let { settings, filters } = atStart
  let retired: MappingQueue[] = []
  let active: MappingQueue[] = []
  let route: Router<boolean>
  start(presetMappings(definition))

  function createRouteTo(mappings: Mapping[], newFilters = filters): Router<boolean> {
    return createRouter({ destination: definition.name, mappings, filters: readFilters(newFilters), isRepeat })
  }

  function start(mappings: Mapping[]): void {
    route = createRouteTo(mappings)
    retired = queues()
    active = mappings.map((mapping) => createQueue({ definition, settings, mapping }))
  }

  /** Returns the queues of all mappings, and of replaced mappings that still have events. */
  function queues(): MappingQueue[] {
    retired = retired.filter(({ unsettled }) => unsettled() > 0)
    return [...retired, ...active]
  }

  const mappings = (): Mapping[] => active.map(({ mapping }) => mapping)

  const setup: Setup = {
    mappings: () => mappings().map((mapping) => ({ ...mapping })),
    switchMappings(switches) {
      switchAll(mappings(), switches)
      route = createRouteTo(mappings())
    },
    replaceMappings(replacements) {
      start(replacements.map((mapping) => ({ ...mapping })))
    },
    settings: () => settings,
    changeSettings(changes) {
      settings = { ...settings, ...changes }
      start(mappings())
    },
    filters: () => filters,
    replaceFilters(replacements) {
      const read = readFilterJson(replacements)
      route = createRouteTo(mappings(), read)
      filters = read
    }
  }

  return {
    setup,
    queues,
    /** Finds the queues for an event, and remembers it. If it comes again, it is a repeat, unless it is replayed. */
    find: (event: TakenEvent, isReplay: boolean): { event: TakenEvent; queues: MappingQueue[] } | LeftOut => {
      const routed = route(event, isReplay)
      if ('leftOut' in routed) return routed
      return { event: routed.event, queues: routed.takers.map((index) => active[index]) }
    },
    /** Starts over with new queues, and returns the old ones. Resets the setup, unless it is to be kept. */
    reset: (keepSetup: boolean): MappingQueue[] => {
      const old = queues()
      const kept = keepSetup ? mappings() : presetMappings(definition)
      if (!keepSetup) ({ settings, filters } = atStart)
      ;[active, retired] = [[], []]
      start(kept)
      return old
    }
  }
}

function switchAll(mappings: Mapping[], switches: MappingSwitch[]): void {
  const names = mappings.map(({ name }) => name)
  const unknown = switches.find(({ name }) => !names.includes(name))
  if (unknown) throw new InputError(`There is no mapping "${unknown.name}". The mappings are: ${names.join(', ')}.`)
  for (const { name, enabled } of switches) {
    for (const mapping of mappings) if (mapping.name === name) mapping.enabled = enabled
  }
}
