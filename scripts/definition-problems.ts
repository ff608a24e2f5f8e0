import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { fieldsToJsonSchema, validateSchema } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'

/** The names, types and required fields that saved settings and mappings depend on. */
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

/** The parts of a field, a property or a setting that are checked. */
type Field = Pick<
  InputField,
  'label' | 'type' | 'multiple' | 'required' | 'default' | 'choices' | 'minimum' | 'maximum' | 'format'
> & {
  description?: string
  properties?: Record<string, Field>
}

/** For each type, the types that it may change to. The framework converts the values of saved mappings to them. */
const WIDENINGS: Partial<Record<string, string[]>> = {
  integer: ['number', 'string'],
  number: ['string'],
  boolean: ['string']
}

/**
 * The keys that Topsort accepts in fields of the type object that had no properties. Saved mappings may have any key
 * there, but the code sends only these. If such a field gets properties, the framework drops all other keys, so it
 * needs these.
 */
const SENT_KEYS: Partial<Record<string, string[]>> = {
  additionalAttribution: ['id', 'type']
}

/**
 * Finds changes that break saved settings and mappings: settings, actions, fields and presets that are gone or renamed,
 * fields that are newly required, and types that no longer fit. New optional fields are allowed.
 */
export function findBrokenPromises(definition: DestinationDefinition<never>, surface: Surface): string[] {
  const { name, slug = '', mode, actions, presets = [] } = definition
  const settings: Record<string, Field> = definition.authentication?.fields ?? {}
  return [
    ...(['name', 'slug', 'mode'] as const)
      .filter((key) => ({ name, slug, mode })[key] !== surface[key])
      .map((key) => `the ${key} is no longer ${surface[key]}`),
    ...findBrokenFields('setting ', settings, surface.settings),
    ...Object.entries(surface.actions).flatMap(([key, { fields }]) =>
      key in actions ? findBrokenFields(`${key}: `, actions[key].fields, fields) : `action ${key} is gone`
    ),
    ...surface.presets
      .filter(
        (saved) =>
          !presets.some((preset) => Object.entries(saved).every(([key, value]) => Reflect.get(preset, key) === value))
      )
      .map(({ name }) => `preset ${name} is gone or has changed`)
  ]
}

function findBrokenFields(
  where: string,
  fields: Record<string, Field>,
  surface: Record<string, SurfaceField>
): string[] {
  const lost = Object.entries(surface).flatMap(([key, saved]) => {
    const name = `${where}${key}`
    if (!(key in fields)) return [`${name} is gone`]
    const field = fields[key]
    const retyped = field.type !== saved.type && !WIDENINGS[saved.type]?.includes(field.type)
    return [
      ...(retyped ? [`${name} changed its type from ${saved.type} to ${field.type}`] : []),
      ...(saved.multiple && !field.multiple ? [`${name} no longer takes a list`] : []),
      ...(isRestricted(field) ? [`${name} takes fewer values than before`] : []),
      ...(!saved.required && field.required ? [`${name} is newly required`] : []),
      ...(saved.properties && field.properties ? findBrokenFields(`${name}.`, field.properties, saved.properties) : []),
      ...(!saved.properties && field.properties ? findDroppedKeys(name, key, field.properties) : [])
    ]
  })
  const added = Object.entries(fields)
    .filter(([key, field]) => !(key in surface) && field.required)
    .map(([key]) => `${where}${key} is new and required`)
  return [...lost, ...added]
}

/** Finds the keys that Topsort accepts and that the new properties of a field drop. */
function findDroppedKeys(name: string, key: string, properties: Record<string, Field>): string[] {
  const sent = SENT_KEYS[key]
  if (!sent) return [`${name} drops unknown keys, because it has properties now`]
  return sent.filter((each) => !(each in properties)).map((each) => `${name} drops the key ${each}`)
}

/** Returns whether a field rejects some values of its type. No field of the live destination does. */
function isRestricted({ choices, minimum, maximum, format }: Field): boolean {
  return [choices, minimum, maximum, format].some((restriction) => restriction !== undefined)
}

/**
 * Finds mistakes that Segment's validation or its reviewers would reject. They expect valid subscriptions, presets with
 * actions and fields that exist, descriptions for everything, different labels, defaults of the right type, and the
 * type `password` for secrets.
 */
export function findMistakes(definition: DestinationDefinition<never>): string[] {
  const settings: Record<string, Field> = definition.authentication?.fields ?? {}
  return [
    ...Object.entries(settings).flatMap(([key, setting]) => [
      ...findFieldMistakes(`setting ${key}`, setting),
      ...(/key|token|secret|password|code/i.test(key) && setting.type !== 'password'
        ? [`setting ${key} is a secret, but its type is not password`]
        : [])
    ]),
    ...findRepeated(Object.values(definition.actions).map(({ title }) => title)).map(
      (title) => `two actions have the title ${title}`
    ),
    ...Object.entries(definition.actions).flatMap(([key, action]) => [
      ...(action.description ? [] : [`action ${key} has no description`]),
      ...(action.defaultSubscription === undefined
        ? []
        : findSubscriptionMistakes(`action ${key}`, action.defaultSubscription)),
      ...Object.entries(action.fields).flatMap(([name, field]) => findFieldMistakes(`${key}: ${name}`, field)),
      ...findRepeatedLabels(action.fields).map((label) => `${key}: two fields have the label ${label}`)
    ]),
    ...(definition.presets ?? []).flatMap((preset) => {
      const where = `preset ${preset.name ?? '(without a name)'}`
      const action = definition.actions[preset.partnerAction] as { fields: object } | undefined
      const unknown = Object.keys(preset.mapping ?? {}).filter((key) => action && !(key in action.fields))
      return [
        ...(action ? [] : [`${where} is for the action ${preset.partnerAction}, which does not exist`]),
        ...unknown.map((key) => `${where} maps the field ${key}, which does not exist`),
        ...('subscribe' in preset ? findSubscriptionMistakes(where, preset.subscribe) : [])
      ]
    })
  ]
}

/**
 * Finds labels that two fields or properties of an action share. A customer could not tell them apart. The properties
 * of two different lists may share a label.
 */
function findRepeatedLabels(fields: Record<string, Field>, outer: string[] = []): string[] {
  const { labels, lists } = collectLabels(fields)
  const known = [...outer, ...labels]
  return [
    ...findRepeated(known).filter((label) => labels.includes(label)),
    ...lists.flatMap((properties) => findRepeatedLabels(properties, known))
  ]
}

/** Collects the labels of fields and of the properties of objects, and separately the properties of lists. */
function collectLabels(fields: Record<string, Field>) {
  const labels: string[] = []
  const lists: Record<string, Field>[] = []
  for (const { label, multiple, properties } of Object.values(fields)) {
    labels.push(label)
    if (!properties) continue
    if (multiple) {
      lists.push(properties)
    } else {
      const inner = collectLabels(properties)
      labels.push(...inner.labels)
      lists.push(...inner.lists)
    }
  }
  return { labels, lists }
}

function findRepeated(names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

function findSubscriptionMistakes(where: string, subscription: string): string[] {
  const parsed = parseFql(subscription)
  return 'error' in parsed ? [`${where} has a subscription that does not parse: ${parsed.error.message}`] : []
}

function findFieldMistakes(where: string, field: Field): string[] {
  const properties = Object.entries(field.properties ?? {})
  return [
    ...(field.label ? [] : [`${where} has no label`]),
    ...(field.description ? [] : [`${where} has no description`]),
    ...(isLiteral(field.default) && !isOfItsType(field) ? [`${where} has a default of another type`] : []),
    ...properties.flatMap(([key, property]) => findFieldMistakes(`${where}.${key}`, property))
  ]
}

/** Returns whether a default is a value and not a directive. */
function isLiteral(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null)
}

/** Returns whether the default of a field has the type of the field. */
function isOfItsType(field: Field): boolean {
  const { default: value, ...bare } = field
  const schema = fieldsToJsonSchema({ value: { description: '', ...bare } as InputField })
  const before = { value }
  return validateSchema(before, schema, { throwIfInvalid: false }) && before.value === value
}
