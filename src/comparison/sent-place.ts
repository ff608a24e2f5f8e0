import { isObject, listProblems, listReasons, type Reason } from '../core'
import { EVENT_NAMES, LINE_NAMES, PRODUCT_NAMES, type SentNames } from './fields'
import { isSame, textOfScalar } from './same'

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

/** The code of the reason that names the lines of an order that are not sent. */
const LINES_LEFT_OUT = 'lines_left_out'

/** Returns the id of the event that is sent for a product of a list. `id` is that of the Segment event. */
export function productEventId(id: unknown, index: number): string {
  return `${textOfScalar(id)}-${index}`
}

/**
 * Returns the index that each line of an order has in what was sent, or -1 if the line was omitted. Lines keep their
 * order. If the reason does not say which ones were omitted, each line is the next one with its product.
 *
 * @param reason why the event failed, or which part of it was omitted
 */
export function matchLines(lines: readonly unknown[], sent: readonly unknown[], reason?: Reason): number[] {
  const omitted = findOmittedLines(reason)
  let next = 0
  if (lines.length - omitted.size === sent.length) return lines.map((_, index) => (omitted.has(index) ? -1 : next++))
  return lines.map((line) => {
    const product = productOf(line)
    const place = sent.findIndex((each, index) => index >= next && isSame(product, productOf(each)))
    if (place !== -1) next = place + 1
    return place
  })
}

/** Returns the indexes of the omitted lines. Reasons count lines from 1. */
function findOmittedLines(reason: Reason | undefined): Set<number> {
  const leftOut = listReasons(reason).find(({ code }) => code === LINES_LEFT_OUT)
  const problems = leftOut ? listProblems(leftOut) : []
  return new Set(problems.flatMap(({ places }) => places.map((place) => place - 1)))
}

function productOf(line: unknown): unknown {
  const id = isObject(line) && Object.hasOwn(line, 'productId') ? line.productId : undefined
  return typeof id === 'string' ? id.trim() : id
}
