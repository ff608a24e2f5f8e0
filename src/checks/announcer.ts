import { SECOND } from '../core'
import type { FindingTally } from './tally'

/**
 * How long to wait before showing a finding that a later observation can remove. Each mapping delivers its own batches,
 * so an order can arrive before the click that led to it.
 */
const WAIT = 5 * SECOND

/**
 * Decides when the terminal shows the finding of a check: for the first case, and when the count reaches a power of ten.
 *
 * @returns a function that returns whether to show the finding now. It takes the newest time of receipt, in milliseconds
 *   since 1970, and whether all pending events are delivered
 */
export function createAnnouncer({ check, count }: Pick<FindingTally, 'check' | 'count'>) {
  let level = 1
  let since: number | undefined

  return (now: number, isQuiet: boolean): boolean => {
    if (count() < level) {
      since = undefined
      return false
    }
    since ??= now
    if (check.canBeTakenBack && !isQuiet && now - since < WAIT) return false
    since = undefined
    while (level <= count()) level *= 10
    return true
  }
}
