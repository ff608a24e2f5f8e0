import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode, Tree } from '@lezer/common'
import type { FieldEntry } from '../../workbench/api'

/** A position in JSON. */
type PositionInJson = {
  /** `key` for the name of a property, `value` for what follows it. */
  kind: 'key' | 'value'
  /** The keys and indexes that lead to the object around a key, or to a value. */
  path: (string | number)[]
  /** The text at the position, with its quotes. */
  from: number
  to: number
}

/** A mapping is parsed in a moment. On a machine that is very busy, what is parsed by then has to do. Milliseconds. */
const LONGEST_PARSE = 1_000

/** Returns the tree of the whole text. The editor's own one may end early, because it is made while the page is idle. */
export function treeOf(state: EditorState): Tree {
  return ensureSyntaxTree(state, state.doc.length, LONGEST_PARSE) ?? syntaxTree(state)
}

/** Finds the key or value at a position, or the one that could be typed there. */
export function findPosition(state: EditorState, at: number): PositionInJson | undefined {
  const node = treeOf(state).resolveInner(at, -1)
  if (node.name === 'PropertyName') return { kind: 'key', path: pathOf(state, node.parent?.parent), ...spanOf(node) }
  if (node.name === 'String') return { kind: 'value', path: pathOf(state, node), ...spanOf(node) }
  const object = node.name === 'Object' ? node : node.parent
  if (object?.name === 'Object' && (node.name === 'Object' || node.name === '{' || node.type.isError)) {
    return { kind: 'key', path: pathOf(state, object), from: at, to: at }
  }
  return undefined
}

/** Returns the keys and indexes that lead to a node, from the outside to the inside. */
export function pathOf(state: EditorState, node: SyntaxNode | null | undefined): (string | number)[] {
  const path: (string | number)[] = []
  for (let current = node; current; current = current.parent) {
    const { parent } = current
    if (parent?.name === 'Array') path.unshift(indexIn(parent, current))
    if (current.name === 'Property') {
      const name = current.getChild('PropertyName')
      if (name) path.unshift(readKey(state, name))
    }
  }
  return path
}

/** Reads the key of a property. */
export function readKey(state: EditorState, name: SyntaxNode): string {
  return state.sliceDoc(name.from, name.to).replace(/^"|"$/g, '')
}

function spanOf({ from, to }: SyntaxNode): { from: number; to: number } {
  return { from, to }
}

function indexIn(list: SyntaxNode, item: SyntaxNode): number {
  let index = 0
  for (let child = list.firstChild; child && child.from < item.from; child = child.nextSibling) {
    if (!['[', ']', ',', '⚠'].includes(child.name)) index += 1
  }
  return index
}

/** Keys inside of directives. They are not fields. */
const WORDS_OF_DIRECTIVES = ['exists', 'blank', 'then', 'else', 'objects', 'direction']

/**
 * Finds the fields that an object of a mapping can have.
 *
 * @param path the keys and indexes from the mapping to the object. Directives are skipped: an object in
 *   `{"@arrayPath": ["$.properties.products", {…}]}` has the fields of the list's items
 * @returns undefined if the object is not the value of a field
 */
export function fieldsAt(
  path: readonly (string | number)[],
  fields: readonly FieldEntry[]
): readonly FieldEntry[] | undefined {
  let current = fields
  let isInDirective = false
  for (const step of path) {
    if (typeof step === 'number') continue
    if (step.startsWith('@')) {
      isInDirective = true
      continue
    }
    if (isInDirective && WORDS_OF_DIRECTIVES.includes(step)) continue
    isInDirective = false
    const properties = current.find(({ key }) => key === step)?.properties
    if (!properties) return undefined
    current = properties
  }
  return current
}
