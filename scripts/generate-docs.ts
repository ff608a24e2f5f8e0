/** Writes `docs/fields.md` from the definition: every setting, preset, action and field of the destination. */
import { join } from 'node:path'
import type { InputField } from '@segment/actions-core'
import { format, resolveConfig } from 'prettier'
import topsort from '../src/destinations/topsort'
import { updateFiles } from './generated-file'

const FILE = join(__dirname, '../docs/fields.md')

function toTable(head: string[], rows: string[][]): string {
  const toLine = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`
  return [toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine)].join('\n')
}

function describeType({ type, multiple }: Pick<InputField, 'type' | 'multiple'>): string {
  return multiple ? `list of ${type}s` : type
}

/** The directives of the defaults, with the type of each argument. */
type Directives = {
  '@path': string
  '@arrayPath': [list: string, item: unknown]
  '@merge': { objects: unknown[] }
}

const DIRECTIVES = ['@path', '@arrayPath', '@merge']

/** A field or a property. `default` is its value in a new mapping. */
type Field = Omit<InputField, 'description' | 'default'> & { description?: string; default?: unknown }

/** Returns the row of a field, followed by the rows of its properties. */
function toRows(key: string, field: Field): string[][] {
  const properties = Object.entries(field.properties ?? {})
  const list = readDirective(field.default, '@arrayPath')
  const source = list ? `each of ${describeDefault({ '@path': list[0] })}` : describeDefault(field.default)
  return [
    [
      `\`${key}\``,
      describeType(field),
      field.required === true ? 'yes' : '',
      field.description ?? '',
      properties.length > 0 && !list ? '' : source
    ],
    ...properties.flatMap(([name, property]) =>
      toRows(`${key}${field.multiple ? '[]' : ''}.${name}`, {
        ...property,
        default: findInDefault(list ? list[1] : field.default, name)
      })
    )
  ]
}

/** Returns the part of an object's default that fills one of its properties. */
function findInDefault(value: unknown, name: string): unknown {
  if (value === undefined) return undefined
  const path = readDirective(value, '@path')
  if (path !== undefined) return { '@path': `${path}.${name}` }
  // The last object of a merge wins, so its value comes first.
  const merge = readDirective(value, '@merge')
  if (merge) return [...merge.objects].reverse().flatMap((object) => findInDefault(object, name) ?? [])
  return (value as Record<string, unknown>)[name]
}

/** Describes a default by the paths that it reads. The first one with a value counts. */
function describeDefault(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value !== 'object' || value === null) return `\`${JSON.stringify(value)}\``
  if (Array.isArray(value)) return value.map(describeDefault).join(', else ')
  const path = readDirective(value, '@path')
  if (path !== undefined) return `\`${path.replace(/^\$\.?/, '')}\``
  const merge = readDirective(value, '@merge')
  if (merge) return describeDefault([...merge.objects].reverse())
  const parts = Object.entries(value).map(([key, part]) => `${key}: ${describeDefault(part)}`)
  return `{ ${parts.join('; ')} }`
}

/** Returns the argument of a directive if the value is this directive. */
function readDirective<Name extends keyof Directives>(value: unknown, name: Name): Directives[Name] | undefined {
  const [key = ''] = typeof value === 'object' && value !== null ? Object.keys(value) : []
  if (key.startsWith('@') && !DIRECTIVES.includes(key)) throw new Error(`generate-docs.ts does not support ${key} yet.`)
  return key === name ? (value as Directives)[name] : undefined
}

const FIELDS = ['Field', 'Type', 'Required', 'Meaning', 'Default']

const actions = Object.entries(topsort.actions).map(([key, { title, description, fields }]) =>
  [
    `## ${title} (\`${key}\`)`,
    description,
    toTable(
      FIELDS,
      Object.entries(fields).flatMap(([name, field]) => toRows(name, field))
    )
  ].join('\n\n')
)

const page = [
  '# Settings, presets and fields',
  '<!-- Written from the definition by `npm run docs`. -->',
  'The default is where a new mapping finds the value in a Segment event. If there are several places, the first one with a value counts. Only required fields have to be mapped. [Odd values](guide.md#odd-values) says what happens to values that Topsort would reject.',
  '## Settings',
  toTable(
    ['Setting', 'Type', 'Required', 'Meaning'],
    Object.entries(topsort.authentication?.fields ?? {}).map(([key, { type, required, description }]) => [
      `\`${key}\``,
      type,
      required ? 'yes' : '',
      description
    ])
  ),
  '## Presets',
  toTable(
    ['Preset', 'Action', 'Events'],
    (topsort.presets ?? []).map((preset) => [
      preset.name ?? '',
      `\`${preset.partnerAction}\``,
      'subscribe' in preset ? `\`${preset.subscribe}\`` : ''
    ])
  ),
  ...actions
].join('\n\n')

async function main(): Promise<void> {
  const config = await resolveConfig(FILE)
  updateFiles(new Map([[FILE, await format(page, { ...config, parser: 'markdown' })]]), 'npm run docs')
}

void main()
