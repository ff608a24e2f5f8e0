/** How many events each day has, and how many of them are of a kind. */
export type DayShares = ReturnType<typeof createDayShares>

type DayCount = [day: number, all: number, ofKind: number]

/** Creates the shares of no days. @param maxDays further days are not counted */
export function createDayShares(maxDays: number) {
  const days = new Map<number, DayCount>()

  function addUp(day: number, all: number, ofKind: number): void {
    const known = days.get(day)
    if (known) {
      known[1] += all
      known[2] += ofKind
    } else if (days.size < maxDays) days.set(day, [day, all, ofKind])
  }

  /** Returns the counts of each day, the oldest first. */
  const list = (): DayCount[] => [...days.values()].sort(([one], [other]) => one - other)

  return {
    add(day: number, isOfKind: boolean): void {
      addUp(day, 1, isOfKind ? 1 : 0)
    },
    list,
    save: list,
    merge: (saved: unknown): void => {
      for (const day of saved as DayCount[]) addUp(...day)
    }
  }
}
