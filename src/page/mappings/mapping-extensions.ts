import { autocompletion } from '@codemirror/autocomplete'
import { jsonParseLinter } from '@codemirror/lang-json'
import { type Diagnostic, linter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { SyntaxNode } from '@lezer/common'
import { completeMapping, type MappingKnowledge } from './complete-mapping'
import { fieldsAt, pathOf, readKey, treeOf } from './position-in-json'
import { sayAbsent } from './say-failure'

/** Completes and checks the JSON of a mapping. @param know returns the newest data */
export function createMappingExtensions(know: () => MappingKnowledge): Extension {
  return [
    autocompletion({ override: [(context) => completeMapping(context, know)] }),
    linter((shown) => jsonParseLinter()(shown)),
    linter((shown) => lintMapping(shown, know()))
  ]
}

/**
 * Marks properties that are neither a field of the action nor a directive, required fields that are missing, the field
 * that the workbench refuses, and paths that no event has.
 */
export function lintMapping({ state }: EditorView, knowledge: MappingKnowledge): Diagnostic[] {
  const { fields, directives, absentPaths = [], usualPaths = [], events = 0, problem } = knowledge
  const diagnostics: Diagnostic[] = []
  const present = new Set<string>()
  treeOf(state).iterate({
    enter({ name, node }) {
      if (name === 'String') markPath(node)
      if (name !== 'PropertyName') return
      const key = readKey(state, node)
      const path = pathOf(state, node.parent?.parent)
      if (path.length === 0) present.add(key)
      const message = whyUnknown(key, path)
      if (message !== undefined) mark(node, 'warning', message)
      else if (path.length === 0 && problem?.field === key) mark(node, 'error', problem.problem)
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

  function mark({ from, to }: SyntaxNode, severity: Diagnostic['severity'], message: string): void {
    diagnostics.push({ from, to, severity, message })
  }

  function markPath(node: SyntaxNode): void {
    const path = readKey(state, node)
    if (!absentPaths.includes(path) || usualPaths.includes(path)) return
    mark(node, 'info', `${sayAbsent(events)}.`)
  }

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
