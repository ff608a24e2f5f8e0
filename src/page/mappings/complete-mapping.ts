import { type Completion, type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete'
import type { DefinitionAnswer, FieldEntry, MappingProblem } from '../../workbench/api'
import { fieldsAt, findPosition } from './position-in-json'

/** The data for completions. */
export type MappingKnowledge = {
  fields: readonly FieldEntry[]
  directives: DefinitionAnswer['directives']
  /** Paths of values in recent events. */
  paths: readonly string[]
  /** Paths of values in the items of lists, for use inside of an `@arrayPath`. */
  itemPaths: readonly string[]
  /** The paths of the mapping at which none of these events has a value. */
  absentPaths?: readonly string[]
  /** The paths of the defaults, which look at several places. */
  usualPaths?: readonly string[]
  /** The number of events that the paths are from. */
  events?: number
  /** What the workbench says about the mapping. */
  problem?: MappingProblem
}

/** Directives whose value is a path. */
const TAKES_PATH = ['@path', '@arrayPath', 'exists', 'blank']

/** Completes the fields of the action, directives, and the paths of recent events. */
export function completeMapping(context: CompletionContext, know: () => MappingKnowledge): CompletionResult | null {
  const position = findPosition(context.state, context.pos)
  if (!position) return null
  const { kind, path, from, to } = position
  if (!context.explicit && to === from) return null
  const quotes = countQuotes(context.state.sliceDoc(from, to))
  const options = kind === 'key' ? toKeys(path, know(), isFollowedByColon(context, to)) : toValues(path, know())
  if (options.length === 0) return null
  // The typed text is compared without its quotes.
  return {
    from: from + quotes.before,
    to: to - quotes.after,
    options: options.map(({ template, ...completion }) => ({ ...completion, apply: insert(template, quotes) })),
    validFor: /^[\w@$.[\]' -]*$/
  }
}

/** Creates a completion that replaces the text and its quotes. `${}` marks the cursor. */
type Option = Completion & { template: string }

function toKeys(path: (string | number)[], { fields, directives }: MappingKnowledge, hasValue: boolean): Option[] {
  const known = fieldsAt(path, fields) ?? []
  const ofFields = known.map(({ key, label, type, description }) => ({
    ...{ label: key, type: 'property', detail: `${label} · ${type}`, info: description },
    template: hasValue ? `"${key}"` : `"${key}": {"@path": "$.\${}"}`
  }))
  // A mapping has only fields. A directive is the value of a field.
  const ofDirectives = path.length === 0 ? [] : directives
  return [
    ...ofFields,
    ...ofDirectives.map(({ key, description, example }) => ({
      ...{ label: key, type: 'keyword', info: description },
      template: hasValue ? `"${key}"` : `"${key}": ${toValue(example, key)}`
    }))
  ]
}

function toValues(path: (string | number)[], { paths, itemPaths }: MappingKnowledge): Option[] {
  const key = path.findLast((step) => typeof step === 'string')
  if (typeof key !== 'string' || !TAKES_PATH.includes(key)) return []
  const list = path.lastIndexOf('@arrayPath')
  const isOfItem = list >= 0 && typeof path.at(list + 1) === 'number' && path.at(list + 1) !== 0
  return (isOfItem ? itemPaths : paths).map((each) => ({
    label: each,
    type: 'variable',
    template: JSON.stringify(each)
  }))
}

/** Counts the quotes around a text. The last one may not be typed yet. */
function countQuotes(text: string): Quotes {
  return { before: text.startsWith('"') ? 1 : 0, after: text.length > 1 && text.endsWith('"') ? 1 : 0 }
}

type Quotes = { before: number; after: number }

function insert(template: string, quotes: Quotes): NonNullable<Completion['apply']> {
  const put = snippet(template)
  return (view, completion, from, to) => put(view, completion, from - quotes.before, to + quotes.after)
}

/** Writes the value of a directive's example. */
function toValue(example: unknown, key: string): string {
  return JSON.stringify((Object(example) as Record<string, unknown>)[key] ?? example)
}

function isFollowedByColon({ state }: CompletionContext, at: number): boolean {
  return /^\s*:/.test(state.sliceDoc(at, at + 20))
}
