import type { Sketch } from './sketch'

/** How many events each day has, and how many of them are of a kind. */
export type DayShares = Sketch & {
  add: (day: number, isOfKind: boolean) => void
  /** Returns the counts of each day, the oldest first. */
  list: () => DayCount[]
}

type DayCount = [day: number, all: number, ofKind: number]

/** Creates the shares of no days. @param maxDays further days are not counted */
export function createDayShares(maxDays: number): DayShares {
  const days = new Map<number, DayCount>()

  function addUp(day: number, all: number, ofKind: number): void {
    const known = days.get(day)
    if (known) {
      known[1] += all
      known[2] += ofKind
    } else if (days.size < maxDays) days.set(day, [day, all, ofKind])
  }

  const list = (): DayCount[] => [...days.values()].sort(([one], [other]) => one - other)

  return {
    add(day, isOfKind) {
      addUp(day, 1, isOfKind ? 1 : 0)
    },
    list,
    save: list,
    merge(saved) {
      for (const day of saved as DayCount[]) addUp(...day)
    }
  }
}
