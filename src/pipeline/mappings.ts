import type { BaseDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'

/** Decides which events an action of the destination gets, and with which payload. */
export type Mapping = {
  /** Unique among the mappings of a destination. */
  name: string
  /** The key of the action in the destination's definition. */
  partnerAction: string
  /** The trigger: which events the mapping takes, in Segment's filter language, such as `type = "track" and event = "Product Clicked"`. */
  subscribe: string
  /** A value for each field of the action, or a directive that finds it in the event. */
  mapping: JSONObject
  enabled: boolean
}

/** Switches a mapping on or off. */
export type MappingSwitch = Pick<Mapping, 'name' | 'enabled'>

/**
 * Returns the mappings that a customer gets with a new destination: one for each preset that names its events, all
 * switched on. A field that the preset omits is not mapped.
 *
 * @throws Error if a preset names an action that the destination does not have
 */
export function presetMappings({ actions, presets = [] }: Pick<BaseDefinition, 'actions' | 'presets'>): Mapping[] {
  return presets.flatMap((preset) => {
    if (preset.type !== 'automatic') return []
    const { partnerAction, subscribe } = preset
    const action = new Map(Object.entries(actions)).get(partnerAction)
    if (!action) throw new Error(`A preset names the action "${partnerAction}", which the destination does not have.`)
    const name = preset.name ?? action.title
    return [{ name, partnerAction, subscribe, mapping: { ...preset.mapping }, enabled: true }]
  })
}

/**
 * Returns a function that tells whether the mapping takes an event. It does not look at `enabled`.
 *
 * @throws Error if the trigger cannot be parsed
 */
export function filterOf({ name, subscribe }: Mapping): (event: SegmentEvent) => boolean {
  const condition = parseFql(subscribe)
  if ('error' in condition) {
    throw new Error(`The filter of the mapping "${name}" cannot be parsed: ${subscribe}`, { cause: condition.error })
  }
  return (event) => validate(condition, event)
}

/**
 * Tells whether the event's own `integrations` let it through to the destination with this name.
 *
 * Source: https://segment.com/docs/guides/filtering-data/#filtering-with-the-integrations-object
 */
export function isMeantFor(destination: string, { integrations = {} }: SegmentEvent): boolean {
  return (integrations[destination] ?? integrations.All) !== false
}
