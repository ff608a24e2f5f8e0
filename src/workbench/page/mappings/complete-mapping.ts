import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { snippetCompletion } from '@codemirror/autocomplete'
import type { DefinitionAnswer, FieldEntry } from '../../api'
import { fieldsAt } from './fields-at'
import { findPosition } from './position-in-json'

/** What the completion of a mapping knows. */
export type MappingKnowledge = {
  fields: readonly FieldEntry[]
  directives: DefinitionAnswer['directives']
  /** Paths of values in recent events. */
  paths: readonly string[]
  /** Paths of values in the items of their lists, for what stands in an `@arrayPath`. */
  itemPaths: readonly string[]
}

/** Directives whose value is a path. */
const TAKES_PATH = ['@path', '@arrayPath', 'exists', 'blank']

/** Completes the fields of the action, directives, and the paths of recent events. */
export function completeMapping(context: CompletionContext, know: () => MappingKnowledge): CompletionResult | null {
  const position = findPosition(context.state, context.pos)
  if (!position) return null
  const { kind, path, from, to } = position
  const isTyped = to > from
  if (!context.explicit && !isTyped) return null
  const options =
    kind === 'key' ? toKeys(path, know(), to > from && isFollowedByColon(context, to)) : toValues(path, know())
  return options.length === 0 ? null : { from, to, options, validFor: /^"?[\w@$.[\]' -]*"?$/ }
}

function toKeys(path: (string | number)[], { fields, directives }: MappingKnowledge, hasValue: boolean): Completion[] {
  const known = fieldsAt(path, fields) ?? []
  const ofFields = known.map(({ key, label, type, description }) =>
    complete(
      { label: `"${key}"`, type: 'property', detail: `${label} · ${type}`, info: description, boost: 1 },
      hasValue,
      '{"@path": "$.${}"}'
    )
  )
  // A mapping itself has fields only. A directive stands for the value of one.
  const ofDirectives =
    path.length === 0
      ? []
      : directives.map(({ key, description, example }) =>
          complete({ label: `"${key}"`, type: 'keyword', info: description }, hasValue, toTemplate(example, key))
        )
  return [...ofFields, ...ofDirectives]
}

function toValues(path: (string | number)[], { paths, itemPaths }: MappingKnowledge): Completion[] {
  const key = path.findLast((step) => typeof step === 'string')
  if (typeof key !== 'string' || !TAKES_PATH.includes(key)) return []
  const list = path.lastIndexOf('@arrayPath')
  const isOfItem = list >= 0 && typeof path.at(list + 1) === 'number' && path.at(list + 1) !== 0
  return (isOfItem ? itemPaths : paths).map((each) => ({ label: JSON.stringify(each), type: 'variable' }))
}

function complete(completion: Completion, hasValue: boolean, template: string): Completion {
  return hasValue ? completion : snippetCompletion(`${completion.label}: ${template}`, completion)
}

/** Writes the value of a directive's example. */
function toTemplate(example: unknown, key: string): string {
  return JSON.stringify((Object(example) as Record<string, unknown>)[key] ?? example)
}

function isFollowedByColon({ state }: CompletionContext, at: number): boolean {
  return /^\s*:/.test(state.sliceDoc(at, at + 20))
}
