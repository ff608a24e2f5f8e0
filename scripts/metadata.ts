/**
 * Creates a destination's `metadata.json` as the generator of Segment's repository does. That generator is not
 * published. The order of the keys below is their order in the file.
 *
 * Supports only the features of this destination: cloud mode, without audiences, hooks, sync modes and dynamic fields.
 */
import type { DestinationDefinition, GlobalSetting, InputField, Preset } from '@segment/actions-core'

type Definition = DestinationDefinition<never>
type Action = Definition['actions'][string]
type Field = Omit<InputField, 'description' | 'dynamic'> & { description?: string; dynamic?: unknown }

/** Returns the text of `metadata.json`: two-space JSON and a newline. */
export function toMetadataFile(definition: Definition): string {
  return `${JSON.stringify(toMetadata(definition), null, 2)}\n`
}

function toMetadata({ slug, name, mode, description, authentication, actions, presets = [] }: Definition) {
  return {
    slug,
    name,
    mode,
    description,
    authentication: authentication
      ? { scheme: authentication.scheme, fields: mapValues(authentication.fields, describeSetting) }
      : null,
    audienceConfig: null,
    actions: mapValues(actions, describeAction),
    presets: presets.map(describePreset)
  }
}

function describeSetting({ label, description, type, required, multiple, choices, ...setting }: GlobalSetting) {
  return {
    label,
    description,
    type,
    required: required ?? false,
    multiple: multiple ?? false,
    choices: toChoices(choices),
    default: setting.default ?? null,
    depends_on: setting.depends_on ?? null
  }
}

function describeAction({ title, description, platform, defaultSubscription, hidden, performBatch, fields }: Action) {
  return {
    title,
    description,
    platform: platform ?? 'cloud',
    defaultSubscription: defaultSubscription ?? null,
    hidden: hidden ?? false,
    hasPerformBatch: performBatch !== undefined,
    syncMode: null,
    hooks: null,
    dynamicFields: null,
    fields: mapValues(fields, describeField)
  }
}

function describeField(field: Field): object {
  const { type, properties } = field
  return {
    label: field.label,
    description: field.description,
    type,
    required: field.required ?? false,
    multiple: field.multiple ?? false,
    allowNull: field.allowNull ?? false,
    dynamic: field.dynamic ?? false,
    default: field.default ?? null,
    choices: toChoices(field.choices),
    placeholder: field.placeholder ?? null,
    properties: type === 'object' && properties ? mapValues(properties, describeField) : null,
    category: field.category ?? null,
    depends_on: field.depends_on ?? null,
    readOnly: field.readOnly ?? null,
    hidden: field.unsafe_hidden ?? null,
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
    defaultObjectUI: field.defaultObjectUI ?? null,
    disabledInputMethods: field.disabledInputMethods ?? null,
    displayMode: field.displayMode ?? null,
    format: field.format ?? null,
    additionalProperties: field.additionalProperties ?? false
  }
}

function describePreset(preset: Preset) {
  const { name, type, partnerAction, mapping } = preset
  return {
    name,
    type,
    partnerAction,
    subscribe: 'subscribe' in preset ? preset.subscribe : undefined,
    mapping: mapping ?? {},
    eventSlug: 'eventSlug' in preset ? preset.eventSlug : null
  }
}

function toChoices(choices: Field['choices']) {
  if (!choices || choices.length === 0) return null
  return choices.map((choice) => (typeof choice === 'object' ? choice : { label: choice, value: choice }))
}

function mapValues<Value, Result>(values: Record<string, Value>, map: (value: Value) => Result) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))
}
