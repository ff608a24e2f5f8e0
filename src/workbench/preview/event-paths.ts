import { isObject } from '../../core'

/** Paths that every Segment call may have. */
const USUAL = [
  '$.anonymousId',
  '$.userId',
  '$.messageId',
  '$.timestamp',
  '$.event',
  '$.name',
  '$.properties',
  '$.context.page.path',
  '$.context.page.title',
  '$.context.userAgent',
  '$.context.device.type'
]

/** Deeper values, and later items of a list, are rarely mapped. */
const MAX_DEPTH = 5
const MAX_PATHS = 400

/** Lists the paths of all values in Segment calls, such as `$.properties.products[0].price`. */
export function listPaths(calls: readonly unknown[]): string[] {
  const paths = new Set(USUAL)
  for (const call of calls) addPaths(paths, call, '$', 0)
  return [...paths].sort()
}

/** Lists the paths of the values in the items of lists, as `@arrayPath` needs them: `$.price`. */
export function listItemPaths(calls: readonly unknown[]): string[] {
  const paths = new Set<string>()
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value))
      value.slice(0, 3).forEach((item) => {
        addPaths(paths, item, '$', 0)
      })
    else if (isObject(value) && depth < MAX_DEPTH)
      Object.values(value).forEach((child) => {
        visit(child, depth + 1)
      })
  }
  calls.forEach((call) => {
    visit(call, 0)
  })
  return [...paths].sort()
}

function addPaths(paths: Set<string>, value: unknown, path: string, depth: number): void {
  if (paths.size >= MAX_PATHS) return
  if (depth > 0) paths.add(path)
  if (depth >= MAX_DEPTH) return
  if (Array.isArray(value)) {
    if (value.length > 0) addPaths(paths, value[0], `${path}[0]`, depth + 1)
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) addPaths(paths, child, joinPath(path, key), depth + 1)
  }
}

function joinPath(path: string, key: string): string {
  return /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}['${key}']`
}
