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
}

/** Splits a value into the lines that `JSON.stringify(value, null, 2)` has. */
export function toJsonLines(value: unknown): JsonLine[] {
  const lines: JsonLine[] = []
  addLines(lines, value, { depth: 0, path: '', comma: false })
  return lines
}

/** A line of which a part may be folded. */
export type FoldedLine = JsonLine & {
  /** The number of hidden lines, for an object that can be folded. 0 if it is not folded. */
  folded?: number
}

/**
 * Hides the lines inside of folded objects and lists, which become one line: `"context": {…}`.
 *
 * @param paths the paths of what can be folded
 */
export function foldLines(
  lines: readonly JsonLine[],
  paths: readonly string[],
  isFolded: (path: string) => boolean
): readonly FoldedLine[] {
  if (paths.length === 0) return lines
  const shown: FoldedLine[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]
    const isStart =
      paths.includes(line.path) && line.kind === 'bracket' && line.key !== undefined && line.text.length === 1
    if (!isStart) {
      shown.push(line)
      continue
    }
    if (!isFolded(line.path)) {
      shown.push({ ...line, folded: 0 })
      continue
    }
    const end = lines.findIndex(({ path }, other) => other > index && path === line.path)
    shown.push({ ...line, text: `${line.text}…${lines[end].text}`, comma: lines[end].comma, folded: end - index - 1 })
    index = end
  }
  return shown
}

type Start = Pick<JsonLine, 'depth' | 'path' | 'key' | 'comma'>

function addLines(lines: JsonLine[], value: unknown, start: Start): void {
  if (typeof value !== 'object' || value === null) {
    lines.push({ ...start, text: JSON.stringify(value), kind: kindOf(value) })
    return
  }
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  if (entries.length === 0) {
    lines.push({ ...start, text: open + close, kind: 'bracket' })
    return
  }
  lines.push({ ...start, text: open, kind: 'bracket', comma: false })
  entries.forEach(([key, child], index) => {
    addLines(lines, child, {
      depth: start.depth + 1,
      path: isList ? `${start.path}[${key}]` : joinPath(start.path, key),
      ...(!isList && { key }),
      comma: index < entries.length - 1
    })
  })
  lines.push({ depth: start.depth, path: start.path, text: close, kind: 'bracket', comma: start.comma })
}

function joinPath(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`
}

function kindOf(value: unknown): JsonLine['kind'] {
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'number' : 'word'
}
