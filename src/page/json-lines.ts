/** A line of formatted JSON. */
export type JsonLine = {
  /** The depth of the line, from 0. */
  depth: number
  /** The path of the value: `placement.position`, `items[1].quantity`. The empty string is the whole value. */
  path: string
  /** The property's name. Absent in lists, and at the end of an object or list. */
  key?: string
  /** A bracket, an empty object or list, or a value as JSON. */
  text: string
  kind: 'bracket' | 'string' | 'number' | 'word'
  /** Whether a comma follows. */
  comma: boolean
  /** The number of hidden lines, for an object that can be folded. 0 if it is not folded. */
  folded?: number
}

/** Returns whether an object is folded. Undefined if it cannot be folded. */
type IsFolded = (path: string) => boolean | undefined

/**
 * Splits a value into the lines that `JSON.stringify(value, null, 2)` has. A folded object or list is one line:
 * `"context": {…}`.
 */
export function toJsonLines(value: unknown, isFolded: IsFolded = () => undefined): JsonLine[] {
  return toLines(value, { depth: 0, path: '', comma: false }, isFolded)
}

type Start = Pick<JsonLine, 'depth' | 'path' | 'key' | 'comma'>

function toLines(value: unknown, start: Start, isFolded: IsFolded): JsonLine[] {
  if (typeof value !== 'object' || value === null) {
    return [{ ...start, text: JSON.stringify(value), kind: kindOf(value) }]
  }
  const { depth, path, key: ownKey, comma } = start
  const isList = Array.isArray(value)
  const [open, close] = isList ? '[]' : '{}'
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  if (entries.length === 0) return [{ ...start, text: open + close, kind: 'bracket' }]
  const inner = entries.flatMap(([key, child], index) => {
    const childPath = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    const place = { depth: depth + 1, path: childPath, comma: index < entries.length - 1 }
    return toLines(child, isList ? place : { ...place, key }, isFolded)
  })
  const fold = ownKey === undefined ? undefined : isFolded(path)
  if (fold) return [{ ...start, text: `${open}…${close}`, kind: 'bracket', folded: inner.length }]
  return [
    { ...start, text: open, kind: 'bracket', comma: false, ...(fold === false && { folded: 0 }) },
    ...inner,
    { depth, path, text: close, kind: 'bracket', comma }
  ]
}

function kindOf(value: unknown): JsonLine['kind'] {
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'number' : 'word'
}
