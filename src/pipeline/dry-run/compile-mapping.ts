import { get, transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { isObject } from '../../core'

/**
 * Reads a value from an event, as the framework does before it removes empty values. The value may be a part of the event
 * itself.
 *
 * @throws Error if a directive cannot be applied to this event
 */
type ReadValue = (event: object) => unknown

/**
 * Compiles a mapping, because the framework looks up its directives for every event.
 *
 * Compiles `@path`, `@merge`, `@arrayPath`, `@if` and `@literal`, which nearly all mappings consist of. The framework
 * applies all other directives itself.
 *
 * @returns undefined for a mapping that only the framework as a whole can apply
 */
export function compileMapping(mapping: JSONObject): ReadValue | undefined {
  if (Object.keys(mapping).some((key) => key.startsWith('@') || key === ROOT_DIRECTIVE)) return undefined
  try {
    // The framework checks the whole mapping before it applies it.
    transform(mapping, {})
    return compileObject(mapping, compile)
  } catch {
    return undefined
  }
}

/** The key that makes the whole mapping a directive. */
const ROOT_DIRECTIVE = '__segment_internal_directive'

type Compile = (node: unknown) => ReadValue

/** Thrown for a mapping that cannot be compiled. The framework applies it as a whole. */
class NotCompiled extends Error {}

function compile(node: unknown): ReadValue {
  return compileNode(node, compile, (directive) => {
    const whole = { value: directive } as JSONObject
    return (event) => transform(whole, event as JSONObject).value
  })
}

/** Compiles a value inside `@arrayPath`. The framework cannot apply a directive there, because it needs the event. */
function compileInItem(node: unknown): ReadValue {
  return compileNode(node, compileInItem, () => {
    throw new NotCompiled()
  })
}

function compileNode(node: unknown, inner: Compile, other: (directive: object) => ReadValue): ReadValue {
  if (Array.isArray(node)) {
    const items = node.map(inner)
    return (event) => items.map((read) => read(event))
  }
  if (!isObject(node)) return () => node
  if (!isDirective(node)) return compileObject(node, inner)
  const name = Object.keys(node).find((key) => key.startsWith('@')) ?? ''
  const value = node[name]
  if (name === '@path') return compilePath(value, inner)
  if (name === '@literal') return inner(value)
  if (name === '@merge' && isObject(value)) return compileMerge(value, inner)
  if (name === '@if' && isObject(value)) return compileIf(value, inner)
  if (name === '@arrayPath' && Array.isArray(value)) return compileArrayPath(value, inner)
  return other(node)
}

function compileObject(node: { [key: string]: unknown }, inner: Compile): ReadValue {
  const fields = Object.entries(node).map(([key, value]) => ({ key, read: inner(value) }))
  return (event) => {
    const values: { [key: string]: unknown } = {}
    for (const { key, read } of fields) values[key] = read(event)
    return values
  }
}

function compilePath(path: unknown, inner: Compile): ReadValue {
  if (typeof path === 'string') return readPath(path)
  const read = inner(path)
  return (event) => {
    const text = read(event)
    if (typeof text !== 'string') throw new Error(`@path: expected string, got ${typeof text}`)
    return get(event as JSONObject, text.replace('$.', ''))
  }
}

/** Splits a path as the framework does, but only once. */
function readPath(path: string): ReadValue {
  const inside = path.replace('$.', '')
  if (inside === '' || inside === '.') return (event) => event
  const keys = inside
    .split(/\[(?="|'|\d)|\.|(?<="|'|\d)]+/g)
    .filter((key) => key !== '')
    .map((key) => key.replace(/'|"/g, ''))
  return (event) => {
    let value: unknown = event
    for (const key of keys) {
      if (!value) return value
      value = (value as { [key: string]: unknown })[key]
    }
    return value
  }
}

/** Compiles objects whose values make one object. Values of later objects win. */
function compileMerge({ objects: nodes, direction }: { [key: string]: unknown }, inner: Compile): ReadValue {
  if (!Array.isArray(nodes) || typeof direction !== 'string') throw new NotCompiled()
  const objects = nodes.map(inner)
  if (direction === 'left') objects.reverse()
  return (event) => {
    const merged = {}
    for (const read of objects) Object.assign(merged, read(event))
    return merged
  }
}

function compileIf(options: { [key: string]: unknown }, inner: Compile): ReadValue {
  const { exists, blank, then, else: otherwise } = options
  if (!exists && !blank) throw new NotCompiled()
  const read = inner(exists === undefined ? blank : exists)
  const isBlankRefused = exists === undefined
  const yes = then === undefined ? undefined : inner(then)
  const no = otherwise ? inner(otherwise) : undefined
  return (event) => {
    const value = read(event)
    // The framework compares loosely: 0 and [] are blank, too.
    const holds = value !== undefined && value !== null && !(isBlankRefused && value == '')
    return (holds ? yes : no)?.(event)
  }
}

/** Compiles a list with an item for each item of another list. The items are read from those instead of the event. */
function compileArrayPath([path, shape]: unknown[], inner: Compile): ReadValue {
  const readRoot = typeof path === 'string' ? readPath(path) : inner(path)
  if (!isObject(shape) || Object.keys(shape).length === 0) return readRoot
  const readItem = compileInItem(shape)
  return (event) => {
    const root = readRoot(event)
    if (typeof root !== 'object' || root === null) return root
    return (Array.isArray(root) ? root : [root]).map((each: unknown) => readItem(each as object))
  }
}

/** Tells whether an object is a directive, as the framework does. The mapping editor may add `_metadata` to it. */
function isDirective(node: { [key: string]: unknown }): boolean {
  const keys = Object.keys(node)
  return keys.some((key) => key.startsWith('@')) && keys.every((key) => key.startsWith('@') || key === '_metadata')
}
