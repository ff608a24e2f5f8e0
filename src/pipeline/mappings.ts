import { defaultValues } from '@segment/actions-core'
import type { BaseDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'

/** Which events go to which action of the destination, and how the action's fields are filled from them. */
export type Mapping = {
  /** Unique among the mappings of a destination. */
  name: string
  /** The key of the action in the destination's definition. */
  partnerAction: string
  /** Which events the mapping takes, in Segment's filter language: `type = "track" and event = "Product Clicked"`. */
  subscribe: string
  /** For each field of the action a value, or a directive that finds it in the event. */
  mapping: JSONObject
  enabled: boolean
}

/** A mapping that is to be switched on or off. */
export type Switch = Pick<Mapping, 'name' | 'enabled'>

/**
 * The mappings that a customer gets with a new destination: one for each preset that names its events, all switched on.
 * A field that the preset leaves out has the action's default.
 *
 * @throws Error when a preset names an action that the destination does not have
 */
export function presetMappings({ actions, presets = [] }: Pick<BaseDefinition, 'actions' | 'presets'>): Mapping[] {
  return presets.flatMap((preset) => {
    if (preset.type !== 'automatic') return []
    const { partnerAction, subscribe } = preset
    const action = new Map(Object.entries(actions)).get(partnerAction)
    if (!action) throw new Error(`A preset names the action "${partnerAction}", which the destination does not have.`)
    const name = preset.name ?? action.title
    const mapping = { ...defaultValues(action.fields), ...preset.mapping }
    return [{ name, partnerAction, subscribe, mapping, enabled: true }]
  })
}

/**
 * @returns whether an event is one that the mapping takes
 * @throws Error when the filter cannot be parsed
 */
export function filterOf({ name, subscribe }: Mapping): (event: SegmentEvent) => boolean {
  const condition = parseFql(subscribe)
  if ('error' in condition) {
    throw new Error(`The filter of the mapping "${name}" cannot be parsed: ${subscribe}`, { cause: condition.error })
  }
  return (event) => validate(condition, event)
}

/**
 * @returns whether the event's own `integrations` let it through to the destination with this name
 * Source: https://segment.com/docs/guides/filtering-data/#filtering-with-the-integrations-object
 */
export function isMeantFor(destination: string, { integrations = {} }: SegmentEvent): boolean {
  return (integrations[destination] ?? integrations.All) !== false
}
