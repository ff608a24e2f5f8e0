import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import topsort from '../../src/destinations/topsort'
import { describeDefault, findInDefault } from '../../scripts/docs/describe-default'
import surface from './live-surface.json'

const PAGE = readFileSync(join(__dirname, '../../docs/pull-request.md'), 'utf8')

type Field = {
  type: string
  required?: unknown
  multiple?: boolean
  properties?: Fields
}
type Fields = Record<string, Field>

/** Describes a field as the page does. */
function describeType({ type, multiple, required, properties }: Field): string {
  const kind = multiple ? `list of ${type}s` : type
  const keys = type === 'object' && !properties ? ' with any keys' : ''
  return `${required ? 'required ' : ''}${kind}${keys}`
}

/** Lists the fields and properties of an action by their paths. */
function listTypes(fields: Fields, prefix = ''): [path: string, type: string][] {
  return Object.entries(fields).flatMap(([key, field]) => [
    [`${prefix}${key}`, describeType(field)] as [string, string],
    ...listTypes(field.properties ?? {}, `${prefix}${key}.`)
  ])
}

const lines = { changed: [] as string[], added: [] as string[] }
for (const [action, { fields }] of Object.entries(surface.actions)) {
  const live = new Map(listTypes(fields))
  for (const [path, now] of listTypes(topsort.actions[action].fields)) {
    const before = live.get(path)
    if (before === undefined) lines.added.push(`${action}: ${path}: ${now}`)
    else if (before !== now) lines.changed.push(`${action}: ${path}: ${before}, ${now}`)
  }
}

/** Reads the rows of the table below a heading. */
function readRows(heading: string): string[][] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(heading)) ?? ''
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  )
}

/** Lists the fields of a row, each with its action. */
function listFields([paths, actions]: string[]): { action: string; path: string }[] {
  const named = actions === 'all' ? Object.keys(surface.actions) : actions.split(', ')
  return named.flatMap((action) => paths.split(', ').map((path) => ({ action, path: path.replaceAll('`', '') })))
}

/** Reads the table below a heading. Returns a line for each field and action, without the last column, the reason. */
function readTable(heading: string): string[] {
  return readRows(heading).flatMap((row) =>
    listFields(row).map(({ action, path }) => `${action}: ${path}: ${row.slice(2, -1).join(', ')}`)
  )
}

/** Describes the default of a field, or of a property of a list. */
function describeDefaultOf(action: string, path: string): string {
  const [key, property] = path.split('.') as [string, string?]
  const { default: value } = topsort.actions[action].fields[key]
  return describeDefault(property ? findInDefault(value, property) : value)
}

test('the page lists each field whose type differs from the live one', () => {
  expect(readTable('Fields whose type changes').sort()).toEqual(lines.changed.sort())
})

test('the page lists each field that the live destination does not have', () => {
  expect(readTable('New fields').sort()).toEqual(lines.added.sort())
})

test('the page has the defaults of the definition', () => {
  const rows = readRows('Defaults that change').flatMap((row) => listFields(row).map((field) => ({ ...field, row })))
  expect(rows).not.toEqual([])
  expect(rows.map(({ action, path, row }) => [action, path, row[3]])).toEqual(
    rows.map(({ action, path }) => [action, path, describeDefaultOf(action, path)])
  )
})

test('the page lists each action that the live destination does not have', () => {
  const added = Object.keys(topsort.actions).filter((action) => !(action in surface.actions))
  const section = PAGE.split(/^## /m).find((text) => text.startsWith('New actions')) ?? ''
  expect([...section.matchAll(/^- `(\w+)`/gm)].map(([, action]) => action)).toEqual(added)
})
