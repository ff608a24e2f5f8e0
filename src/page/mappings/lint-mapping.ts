import { syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import type { MappingKnowledge } from './complete-mapping'
import { fieldsAt } from './fields-at'
import { pathOf, readKey } from './position-in-json'

/** Marks properties that are neither a field of the action nor a directive, and required fields that are missing. */
export function lintMapping({ state }: EditorView, { fields, directives }: MappingKnowledge): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const present = new Set<string>()
  syntaxTree(state).iterate({
    enter({ name, node }) {
      if (name !== 'PropertyName') return
      const key = readKey(state, node)
      const path = pathOf(state, node.parent?.parent)
      if (path.length === 0) present.add(key)
      const message = whyUnknown(key, path)
      if (message !== undefined) diagnostics.push({ from: node.from, to: node.to, severity: 'warning', message })
    }
  })
  for (const { key, label, required } of fields) {
    if (!required || present.has(key)) continue
    diagnostics.push({
      from: 0,
      to: Math.min(1, state.doc.length),
      severity: 'warning',
      message: `The required field ${label} ("${key}") is missing.`
    })
  }
  return diagnostics

  function whyUnknown(key: string, path: (string | number)[]): string | undefined {
    if (key.startsWith('@')) {
      if (directives.length === 0 || directives.some((directive) => directive.key === key)) return undefined
      return `There is no directive ${key}. There are ${directives.map((directive) => directive.key).join(', ')}.`
    }
    // Objects inside of a directive may be anything.
    if (path.some((step) => typeof step === 'string' && step.startsWith('@'))) return undefined
    const known = fieldsAt(path, fields)
    if (!known || known.some((field) => field.key === key)) return undefined
    return `There is no field "${key}" here. There are ${known.map((field) => field.key).join(', ')}.`
  }
}
