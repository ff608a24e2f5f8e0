import { get } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { isObject } from '../../core'
import { listTests, type TakenEvent } from '../../pipeline'
import type { AbsentInTrigger } from '../api'

/** The paths in a template: `{{properties.brand}}`. */
const TEMPLATE_PATH = /\{\{\{?\s*([\w$.[\]'-]+)\s*\}?\}\}/g

/** Returns the paths of a mapping at which no event has a value, as the mapping writes them. */
export function findAbsentPaths(mapping: JSONObject, events: readonly object[]): string[] {
  if (events.length === 0) return []
  const absent = new Set<string>()
  visit(mapping, events)
  return [...absent]

  function look(path: string, roots: readonly object[]): void {
    if (path !== '' && roots.every((root) => readAt(root, path) === undefined)) absent.add(path)
  }

  function visit(value: unknown, roots: readonly object[]): void {
    if (Array.isArray(value)) {
      value.forEach((item) => {
        visit(item, roots)
      })
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) visitEntry(key, inner, roots)
    }
  }

  function visitEntry(key: string, value: unknown, roots: readonly object[]): void {
    // The inner mapping of @transform reads from an object that it makes itself.
    if (key === '@literal' || key === '@transform') return
    if (key === '@arrayPath' && Array.isArray(value) && typeof value[0] === 'string') {
      const [path, item] = value as [string, unknown]
      look(path, roots)
      visit(item, listItems(roots, path))
      return
    }
    if (key === '@path' && typeof value === 'string') look(value, roots)
    if (key === '@template' && typeof value === 'string') {
      for (const [, found] of value.matchAll(TEMPLATE_PATH)) look(found, roots)
    }
    visit(value, roots)
  }
}

/** Returns the objects in the lists at a path. */
function listItems(roots: readonly object[], path: string): object[] {
  return roots.flatMap((root) => [readAt(root, path)].flat().filter(isObject))
}

/** Returns the names and paths of a trigger that no kept event has. A comparison with null asks for a missing value. */
export function findAbsentInTrigger(trigger: string, calls: readonly TakenEvent[]): AbsentInTrigger[] {
  if (calls.length === 0) return []
  const found = listTests(trigger).flatMap(({ path, test, value }): AbsentInTrigger[] => {
    const at = path.join('.')
    if (path.length === 1) {
      const isName = at === 'event' && test === 'equals' && typeof value === 'string'
      return isName && calls.every(({ event }) => event !== value) ? [{ path: at, value }] : []
    }
    return value !== null && calls.every((call) => readAt(call, at) === undefined) ? [{ path: at }] : []
  })
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()]
}

function readAt(root: object, path: string): unknown {
  return get(root as JSONObject, path.replace('$.', ''))
}
