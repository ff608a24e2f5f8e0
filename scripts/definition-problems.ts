import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { fieldsToJsonSchema, validateSchema } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'

/** What customers have saved settings and mappings for: names, types, and what is required. */
export type Surface = {
  name: string
  slug: string
  mode: string
  settings: Record<string, SurfaceField>
  actions: Record<string, { fields: Record<string, SurfaceField> }>
  presets: { name: string; partnerAction: string; subscribe: string; type: string }[]
}

type SurfaceField = {
  type: string
  required: boolean
  multiple?: boolean
  properties?: Record<string, SurfaceField>
}

/** A field of an action, a property of one, or a setting: what is checked of it. */
type Field = Pick<
  InputField,
  'label' | 'type' | 'multiple' | 'required' | 'default' | 'choices' | 'minimum' | 'maximum' | 'format'
> & {
  description?: string
  properties?: Record<string, Field>
}

/** Retyping that a saved mapping survives, because the framework turns each such value into the new type. */
const WIDENINGS: Partial<Record<string, string[]>> = {
  integer: ['number', 'string'],
  number: ['string'],
  boolean: ['string']
}

/**
 * What a change has broken for customers: settings, actions, fields and presets that are lost, renamed, newly required,
 * or retyped so that a saved mapping does not fit any more. What is new or no longer required breaks nothing.
 */
export function brokenPromises(definition: DestinationDefinition<never>, surface: Surface): string[] {
  const { name, slug = '', mode, actions, presets = [] } = definition
  const settings: Record<string, Field> = definition.authentication?.fields ?? {}
  return [
    ...(['name', 'slug', 'mode'] as const)
      .filter((key) => ({ name, slug, mode })[key] !== surface[key])
      .map((key) => `the ${key} is no longer ${surface[key]}`),
    ...brokenFields('setting', settings, surface.settings),
    ...Object.entries(surface.actions).flatMap(([key, { fields }]) =>
      key in actions ? brokenFields(`${key}:`, actions[key].fields, fields) : `the action ${key} is gone`
    ),
    ...surface.presets
      .filter(
        (saved) =>
          !presets.some((preset) => Object.entries(saved).every(([key, value]) => Reflect.get(preset, key) === value))
      )
      .map((preset) => `the preset ${preset.name} is gone, or is another`)
  ]
}

function brokenFields(where: string, fields: Record<string, Field>, surface: Record<string, SurfaceField>): string[] {
  const lost = Object.entries(surface).flatMap(([key, saved]) => {
    const name = `${where} ${key}`
    if (!(key in fields)) return [`${name} is gone`]
    const field = fields[key]
    const retyped = field.type !== saved.type && !WIDENINGS[saved.type]?.includes(field.type)
    return [
      ...(retyped ? [`${name} was a ${saved.type} and is a ${field.type}`] : []),
      ...(saved.multiple && !field.multiple ? [`${name} takes no list any more`] : []),
      ...(isRestricted(field) ? [`${name} takes fewer values now`] : []),
      ...(!saved.required && field.required ? [`${name} is newly required`] : []),
      ...(saved.properties && field.properties ? brokenFields(`${name}.`, field.properties, saved.properties) : []),
      ...(!saved.properties && field.properties ? [`${name} drops unknown keys now`] : [])
    ]
  })
  const added = Object.entries(fields)
    .filter(([key, field]) => !(key in surface) && field.required)
    .map(([key]) => `${where} ${key} is new and required`)
  return [...lost, ...added]
}

/** Whether a field refuses values that its type alone would take. Nothing that customers have saved did so. */
function isRestricted({ choices, minimum, maximum, format }: Field): boolean {
  return [choices, minimum, maximum, format].some((restriction) => restriction !== undefined)
}

/**
 * What Segment's own validation finds wrong with a definition, and its reviewers ask for: subscriptions that parse,
 * presets whose action and fields exist, descriptions everywhere, defaults of the right type, secrets kept as passwords.
 */
export function mistakes(definition: DestinationDefinition<never>): string[] {
  const settings: Record<string, Field> = definition.authentication?.fields ?? {}
  const titles = Object.values(definition.actions).map(({ title }) => title)
  return [
    ...Object.entries(settings).flatMap(([key, setting]) => [
      ...fieldMistakes(`setting ${key}`, setting),
      ...(/key|token|secret|password/i.test(key) && setting.type !== 'password'
        ? [`setting ${key} is no password`]
        : [])
    ]),
    ...titles
      .filter((title, index) => titles.indexOf(title) !== index)
      .map((title) => `two actions are titled ${title}`),
    ...Object.entries(definition.actions).flatMap(([key, action]) => [
      ...(action.description ? [] : [`action ${key} has no description`]),
      ...(action.defaultSubscription === undefined
        ? []
        : subscriptionMistakes(`action ${key}`, action.defaultSubscription)),
      ...Object.entries(action.fields).flatMap(([name, field]) => fieldMistakes(`${key}: ${name}`, field))
    ]),
    ...(definition.presets ?? []).flatMap((preset) => {
      const where = `preset ${preset.name ?? '(without a name)'}`
      const action = definition.actions[preset.partnerAction] as { fields: object } | undefined
      const unknown = Object.keys(preset.mapping ?? {}).filter((key) => action && !(key in action.fields))
      return [
        ...(action ? [] : [`${where} is for ${preset.partnerAction}, which is no action`]),
        ...unknown.map((key) => `${where} maps ${key}, which is no field`),
        ...('subscribe' in preset ? subscriptionMistakes(where, preset.subscribe) : [])
      ]
    })
  ]
}

function subscriptionMistakes(where: string, subscription: string): string[] {
  const parsed = parseFql(subscription)
  return 'error' in parsed ? [`${where} has a subscription that does not parse: ${parsed.error.message}`] : []
}

function fieldMistakes(where: string, field: Field): string[] {
  const properties = Object.entries(field.properties ?? {})
  return [
    ...(field.label ? [] : [`${where} has no label`]),
    ...(field.description ? [] : [`${where} has no description`]),
    ...(isLiteral(field.default) && !fits(field) ? [`${where} has a default of another type`] : []),
    ...properties.flatMap(([key, property]) => fieldMistakes(`${where}.${key}`, property))
  ]
}

/** Whether a default is a value itself, and no directive that finds one. */
function isLiteral(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null)
}

function fits(field: Field): boolean {
  const { default: value, ...bare } = field
  const schema = fieldsToJsonSchema({ value: { description: '', ...bare } as InputField })
  const before = { value }
  return validateSchema(before, schema, { throwIfInvalid: false }) && before.value === value
}
