import { SECOND } from '../core'
import type { FindingTally } from './tally'

/** Decides when the terminal shows a finding: for the first case, and when the count reaches a power of ten. */
export type Announcer = {
  /**
   * @param now the newest time of receipt, in milliseconds since 1970
   * @param isQuiet whether all pending events are delivered
   * @returns whether to show the finding now
   */
  isDue: (now: number, isQuiet: boolean) => boolean
}

/**
 * How long to wait before showing a finding that a later observation can remove. Each mapping delivers its own batches,
 * so an order can arrive before the click that led to it.
 */
const WAIT = 5 * SECOND

/** Creates the announcer of one check. */
export function createAnnouncer({ check, count }: Pick<FindingTally, 'check' | 'count'>): Announcer {
  let level = 1
  let since: number | undefined

  return {
    isDue(now, isQuiet) {
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
}
