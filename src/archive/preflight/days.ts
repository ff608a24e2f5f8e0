import { DAY } from '../../core'
import { emptyDay } from './empty'
import type { Day } from './report'

/** Times that are wrong may be of any day. */
const MAX_DAYS = 5_000

const UNKNOWN = 'unknown'

/** Counts by day. */
export function createDays() {
  const byNumber = new Map<number, Day>()
  let last = { number: NaN, day: emptyDay(UNKNOWN) }

  return {
    /** Returns the counts of the day of a time in epoch milliseconds. Counts of no readable time are those of `unknown`. */
    of(time: number): Day {
      const number = Math.floor(time / DAY)
      if (number === last.number) return last.day
      let day = byNumber.get(number)
      if (!day) {
        const isKept = byNumber.size < MAX_DAYS && Math.abs(number) < 100_000_000
        const key = isKept ? number : Infinity
        day = byNumber.get(key) ?? emptyDay(isKept ? new Date(number * DAY).toISOString().slice(0, 10) : UNKNOWN)
        byNumber.set(key, day)
      }
      last = { number, day }
      return day
    },
    /** Returns all days, oldest first. */
    list: () => [...byNumber.entries()].sort(([one], [other]) => one - other).map(([, day]) => day)
  }
}
