import { isDeepStrictEqual } from 'node:util'
import type { Difference } from './differences'

/**
 * Lists the values that differ between two sent events, by their path: `clicks[0].placement.path`.
 *
 * @example
 * compareSent({ clicks: [{ id: 'a' }] }, { clicks: [{ id: 'b' }] }) // [{ path: 'clicks[0].id', from: 'a', to: 'b' }]
 */
export function compareSent(from: unknown, to: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(from, to)) return []
  if (!isContainer(from) || !isContainer(to) || Array.isArray(from) !== Array.isArray(to)) {
    return [{ path, from, ...(to !== undefined && { to }) }]
  }
  const keys = new Set([...Object.keys(from), ...Object.keys(to)])
  return [...keys].flatMap((key) => {
    const place = Array.isArray(from) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    return compareSent(from[key], to[key], place)
  })
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
