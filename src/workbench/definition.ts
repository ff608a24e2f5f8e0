import { defaultValues } from '@segment/actions-core'
import type { DestinationDefinition, InputField, JSONObject } from '@segment/actions-core'
import { InputError, isObject } from '../core'
import topsort from '../destinations/topsort'
import { type Mapping, type MappingSwitch, presetMappings } from '../pipeline'
import type { DefinitionAnswer, FieldEntry, MappingEntry, SettingEntry } from './api'

/** The destination that the workbench runs. Its type takes any settings. The routes check them. */
export const definition = topsort as unknown as DestinationDefinition<JSONObject>

/** The type of settings that are secret. */
const SECRET = 'password'

/** The directives of Segment's mappings, for the completion of mappings. */
const DIRECTIVES: DefinitionAnswer['directives'] = [
  {
    key: '@path',
    description: 'A value of the event.',
    example: { '@path': '$.properties.product_id' }
  },
  {
    key: '@template',
    description: 'Text that contains values of the event.',
    example: { '@template': '{{properties.brand}} {{properties.name}}' }
  },
  {
    key: '@if',
    description:
      'One of two values. A third one decides which: whether it exists, or whether it is more than blank (`blank`).',
    example: {
      '@if': { exists: { '@path': '$.userId' }, then: { '@path': '$.userId' }, else: { '@path': '$.anonymousId' } }
    }
  },
  {
    key: '@arrayPath',
    description: 'A list of objects, one for each entry of a list of the event. Paths start at the entry.',
    example: { '@arrayPath': ['$.properties.products', { productId: { '@path': '$.product_id' } }] }
  },
  {
    key: '@merge',
    description: 'One object made of several. The last one wins if the direction is right.',
    example: { '@merge': { direction: 'right', objects: [{ path: '/' }, { '@path': '$.properties.placement' }] } }
  },
  {
    key: '@case',
    description: 'Text in lower or upper case.',
    example: { '@case': { operator: 'lower', value: { '@path': '$.properties.channel' } } }
  },
  {
    key: '@replace',
    description: 'Text in which a pattern is replaced.',
    example: { '@replace': { pattern: ',', replacement: '.', value: { '@path': '$.properties.price' }, global: true } }
  },
  {
    key: '@json',
    description: 'A value written as JSON, or read from JSON.',
    example: { '@json': { mode: 'decode', value: { '@path': '$.properties.products' } } }
  },
  {
    key: '@flatten',
    description: 'An object without inner objects. Their keys are joined.',
    example: { '@flatten': { separator: '.', value: { '@path': '$.properties' } } }
  },
  {
    key: '@transform',
    description: 'Two mappings: the first one makes an object, and the second one reads from it.',
    example: { '@transform': { apply: { id: { '@path': '$.messageId' } }, mapping: { '@path': '$.id' } } }
  },
  {
    key: '@excludeWhenNull',
    description: 'A value that is omitted if it is null.',
    example: { '@excludeWhenNull': { '@path': '$.properties.channel' } }
  },
  { key: '@literal', description: 'A value as it is.', example: { '@literal': 'onsite' } }
]

/** Describes the actions of a destination, for people who edit mappings. */
export function describeDefinition({ name, actions, presets }: DestinationDefinition<JSONObject>): DefinitionAnswer {
  return {
    name,
    actions: Object.entries(actions).map(([key, { title, description, defaultSubscription = '', fields }]) => ({
      key,
      title,
      description,
      trigger: defaultSubscription,
      fields: describeFields(fields),
      mapping: defaultValues(fields)
    })),
    presets: toMappingEntries(presetMappings({ actions, presets })),
    directives: DIRECTIVES
  }
}

/** Lists the settings of a destination with their values. Secrets are omitted. */
export function describeSettings(
  { authentication }: DestinationDefinition<JSONObject>,
  settings: JSONObject
): SettingEntry[] {
  return Object.entries(authentication?.fields ?? {}).flatMap(([key, field]): SettingEntry[] => {
    if (field.type === SECRET) return []
    const { label, description, type } = field
    const value = settings[key] ?? field.default ?? null
    return [{ key, label, description, type, value, ...(field.default !== undefined && { default: field.default }) }]
  })
}

function describeFields(fields: Record<string, InputField>): FieldEntry[] {
  return Object.entries(fields).map(([key, field]) => {
    const { label, description, type, required, multiple = false, choices, default: value, properties } = field
    return {
      key,
      label,
      description,
      type,
      required: required === true,
      multiple,
      ...(Array.isArray(choices) && {
        choices: choices.map((choice) => (typeof choice === 'object' ? choice : { label: choice, value: choice }))
      }),
      ...(value !== undefined && { default: value }),
      ...(properties && { properties: describeFields(properties as Record<string, InputField>) })
    }
  })
}

/**
 * Reads new values of settings. A secret cannot be set.
 *
 * @throws InputError that names the setting
 */
export function readSettings(input: unknown, definition: DestinationDefinition<JSONObject>): JSONObject {
  if (!isObject(input)) {
    throw new InputError('The body must be an object with a value for each setting: {"skipZeroPricePurchases": false}.')
  }
  const known = describeSettings(definition, {})
  for (const [key, value] of Object.entries(input as JSONObject)) {
    const setting = known.find((candidate) => candidate.key === key)
    if (!setting) {
      throw new InputError(
        `There is no setting "${key}" that can be changed here. The settings are: ${known.map((other) => other.key).join(', ')}.`
      )
    }
    if (typeof value !== setting.type) throw new InputError(`The setting "${key}" must be a ${setting.type}.`)
  }
  return input as JSONObject
}

/** Converts mappings to entries with the names that customers know: action and trigger. */
export function toMappingEntries(mappings: readonly Mapping[]): MappingEntry[] {
  return mappings.map(({ name, partnerAction, subscribe, enabled, mapping }) => ({
    name,
    action: partnerAction,
    trigger: subscribe,
    enabled,
    mapping
  }))
}

/** Returns the switches if the value is a list of `{name, enabled}` and nothing else. */
export function readSwitches(value: unknown): MappingSwitch[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const switches = value as unknown[]
  if (!switches.every(isOnlySwitch)) return undefined
  const wrong = switches.findIndex((item) => typeof item.name !== 'string' || typeof item.enabled !== 'boolean')
  if (wrong === -1) return switches as MappingSwitch[]
  throw new InputError(
    `The switch mappings[${wrong}] is not {"name": "...", "enabled": true or false}. To replace the mappings, each needs "action" and "trigger" as well.`
  )
}

function isOnlySwitch(item: unknown): item is Record<string, unknown> {
  if (typeof item !== 'object' || item === null) return false
  const keys = Object.keys(item)
  return keys.length > 0 && keys.every((key) => key === 'name' || key === 'enabled')
}
