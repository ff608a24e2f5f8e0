import type { Tally } from './tally'
import { SECOND } from './times'

/** Decides when a terminal hears of a finding: the first time, and at each power of ten. */
export type Announcer = {
  /**
   * @param now the newest time of receipt
   * @param isQuiet whether nothing more is on its way
   * @returns whether to announce the finding as it is now
   */
  isDue: (now: number, isQuiet: boolean) => boolean
}

/**
 * How long a finding waits that a later observation can take back. The events of one visit are delivered in batches of
 * each mapping, so an order can arrive before the click that led to it.
 */
const WAIT = 5 * SECOND

export function createAnnouncer({ check, count }: Pick<Tally, 'check' | 'count'>): Announcer {
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
