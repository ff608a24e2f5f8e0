import { isObject, listProblems, listReasons, type Reason } from '../core'
import { isSame, textOfScalar } from './same'

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
