import { isObject } from '../core'
import type { Reason } from '../core'
import { EVENT_NAMES, LINE_NAMES, PRODUCT_NAMES, type SentNames } from './fields'
import { matchLines, productEventId } from './match-parts'

/**
 * Returns where a value of the payload is in what was sent, such as `clicks[0].placement.position`.
 *
 * @param path the place of the value in the payload
 * @param reason why the event failed, or which part of it was omitted
 * @returns undefined if nothing was sent for this part of the payload
 */
export function findSentPlace(path: string, payload: unknown, sent: unknown, reason?: Reason): string | undefined {
  const [type, list] = isObject(sent) ? (Object.entries(sent).at(0) ?? []) : []
  if (type === undefined || !Array.isArray(list) || !isObject(payload)) return undefined
  const events = list.filter(isObject)
  const [first, ...rest] = path.split('.')
  const [, parent, index] = /^(products|items)\[(\d+)\]$/.exec(first) ?? []
  if (parent === 'products') {
    const place = events.findIndex(({ id }) => id === productEventId(payload.id, Number(index)))
    if (place === -1 || rest.length === 0) return undefined
    return [`${type}[${place}]`, ...rename(rest, PRODUCT_NAMES)].join('.')
  }
  if (parent === 'items' && Array.isArray(payload.items)) {
    const lines = events.at(0)?.items
    const place = matchLines(payload.items, Array.isArray(lines) ? lines : [], reason)[Number(index)] ?? -1
    return place === -1 ? undefined : [`${type}[0]`, `items[${place}]`, ...rename(rest, LINE_NAMES)].join('.')
  }
  return [`${type}[0]`, ...rename([first, ...rest], EVENT_NAMES)].join('.')
}

function rename(names: string[], sentNames: SentNames): string[] {
  return names.flatMap((name, index) => (index === 0 && sentNames.get(name)) || name)
}
