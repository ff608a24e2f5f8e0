import { isDeepStrictEqual } from 'node:util'
import type { DestinationDefinition, InputField, Preset } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { describeCondition, describeDefault, findInDefault } from './describe-default'
import { toTable } from './table'

/** Returns the page about every setting, preset, action and field of a destination, as Markdown. */
export function toFieldsPage(destination: DestinationDefinition<never>): string {
  const { authentication, presets = [], actions } = destination
  return [
    '# Settings, presets and fields',
    '<!-- Written from the definition by `npm run docs`. -->',
    'The default is where a new mapping finds the value in a Segment event. If there are several places, the first one that exists counts, also if it is empty text. Only required fields have to be mapped. [Odd values](guide.md#odd-values) says what happens to values that Topsort would reject.',
    '## Settings',
    toTable(
      ['Setting', 'Type', 'Required', 'Meaning'],
      Object.entries(authentication?.fields ?? {}).map(([key, { type, required, description }]) => [
        `\`${key}\``,
        type,
        required ? 'yes' : '',
        description
      ])
    ),
    '## Presets',
    'A preset is an action with a trigger and a mapping. The mapping has the defaults of the action, except for the fields in the last column.',
    toTable(
      ['Preset', 'Action', 'Events', 'Other than the action'],
      presets.map((preset) => [
        preset.name ?? '',
        `\`${preset.partnerAction}\``,
        'subscribe' in preset ? `\`${preset.subscribe}\`` : '',
        describeDifferences(preset, actions[preset.partnerAction].fields)
      ])
    ),
    ...Object.entries(actions).map(([key, { title, description, fields }]) =>
      [
        `## ${title} (\`${key}\`)`,
        description,
        toTable(
          ['Field', 'Type', 'Required', 'Meaning', 'Default'],
          Object.entries(fields).flatMap(([name, field]) => toRows(name, field))
        )
      ].join('\n\n')
    )
  ].join('\n\n')
}

/** Describes the fields that have another value in a preset than by default in its action. */
function describeDifferences({ mapping = {} }: Preset, fields: Record<string, InputField>): string {
  const defaults = defaultValues(fields)
  const keys = [...new Set([...Object.keys(defaults), ...Object.keys(mapping)])]
  return keys
    .filter((key) => !isDeepStrictEqual(mapping[key], defaults[key]))
    .map((key) => (key in mapping ? `\`${key}\`: ${describeDefault(mapping[key])}` : `no \`${key}\``))
    .join(', ')
}

/** A field or a property. `default` is its value in a new mapping. */
type Field = Omit<InputField, 'description' | 'default'> & { description?: string; default?: unknown }

/** Returns the row of a field, followed by the rows of its properties. */
function toRows(key: string, field: Field): string[][] {
  const { multiple, required, description = '' } = field
  const properties = Object.entries(field.properties ?? {})
  const source = properties.length > 0 && !multiple ? describeCondition : describeDefault
  return [
    [`\`${key}\``, describeType(field), required === true ? 'yes' : '', description, source(field.default)],
    ...properties.flatMap(([name, property]) =>
      toRows(`${key}${multiple ? '[]' : ''}.${name}`, { ...property, default: findInDefault(field.default, name) })
    )
  ]
}

function describeType({ type, multiple }: Pick<InputField, 'type' | 'multiple'>): string {
  return multiple ? `list of ${type}s` : type
}
