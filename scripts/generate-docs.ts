/** Writes `docs/fields.md`: every setting, preset, action and field of the destination, from the definition itself. */
import { join } from 'node:path'
import type { InputField } from '@segment/actions-core'
import { format, resolveConfig } from 'prettier'
import topsort from '../src/destinations/topsort'
import { updateFiles } from './generated-file'

const FILE = join(__dirname, '../docs/fields.md')

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function typeOf({ type, multiple }: Pick<InputField, 'type' | 'multiple'>): string {
  return multiple ? `list of ${type}s` : type
}

/** A field, and below it the properties that it has. */
function rowsOf(key: string, field: Omit<InputField, 'description'> & { description?: string }): string[][] {
  const nested = Object.entries(field.properties ?? {}).flatMap(([name, property]) =>
    rowsOf(`${key}${field.multiple ? '[]' : ''}.${name}`, { ...property, default: defaultOf(field.default, name) })
  )
  const own = nested.length > 0 ? sourceOf(field.default) : valueOf(field.default)
  return [[`\`${key}\``, typeOf(field), field.required === true ? 'yes' : '', field.description ?? '', own], ...nested]
}

/** The default of a property, inside the default of its field. */
function defaultOf(value: unknown, name: string): InputField['default'] {
  const shape = arrayPath(value)?.[1] ?? value
  return shape === undefined ? undefined : ((shape as Record<string, unknown>)[name] as InputField['default'])
}

function arrayPath(value: unknown): [string, unknown] | undefined {
  return (value as { '@arrayPath'?: [string, unknown] } | undefined)?.['@arrayPath']
}

/** For a field whose properties have rows of their own: only the list that it is made of. */
function sourceOf(value: unknown): string {
  const list = arrayPath(value)
  if (list) return `each of \`${pathOf(list[0])}\``
  return isDirective(value) ? valueOf(value) : ''
}

function isDirective(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.startsWith('@'))
}

/** A default in words: the paths that it reads, in their order. */
function valueOf(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value !== 'object' || value === null) return `\`${JSON.stringify(value)}\``
  const directive = value as Record<string, unknown>
  if ('@path' in directive) return `\`${pathOf(String(directive['@path']))}\``
  if ('@replace' in directive) return valueOf((directive['@replace'] as { value: unknown }).value)
  if ('@json' in directive) return valueOf((directive['@json'] as { value: unknown }).value)
  if ('@merge' in directive) return valueOf((directive['@merge'] as { objects: unknown }).objects)
  if ('@if' in directive) {
    const { then, else: otherwise } = directive['@if'] as { then: unknown; else?: unknown }
    return [then, otherwise].map(valueOf).filter(Boolean).join(', else ')
  }
  if (Array.isArray(value)) return value.map(valueOf).join(', else ')
  const parts = Object.entries(directive).map(([key, part]) => `${key}: ${valueOf(part)}`)
  return `{ ${parts.join('; ')} }`
}

function pathOf(path: string): string {
  return path.replace(/^\$\.?/, '')
}

const FIELDS = ['Field', 'Type', 'Required', 'What it is', 'Default']

const actions = Object.entries(topsort.actions).map(([key, { title, description, fields }]) =>
  [
    `## ${title} (\`${key}\`)`,
    description,
    table(
      FIELDS,
      Object.entries(fields).flatMap(([name, field]) => rowsOf(name, field))
    )
  ].join('\n\n')
)

const page = [
  '# Settings, presets and fields',
  '<!-- Written from the definition by `npm run docs`. -->',
  'A default is where the value comes from in a Segment event; of several, the first that is there and not blank counts. Only the fields marked as required have to be mapped. What happens to values that Topsort would not take is in the [README](../README.md).',
  '## Settings',
  table(
    ['Setting', 'Type', 'Required', 'What it is'],
    Object.entries(topsort.authentication?.fields ?? {}).map(([key, { type, required, description }]) => [
      `\`${key}\``,
      type,
      required ? 'yes' : '',
      description
    ])
  ),
  '## Presets',
  table(
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
