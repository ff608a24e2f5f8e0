import type { CostKind, Money, Sighting } from '../finding'
import { createSums } from '../money'
import type { WholeResult } from '../model'
import { removeEmpty } from '../sighting'

/** Cases of a mistake: their number, their times, what they cost, and the newest ones. */
export type Cases = ReturnType<typeof createCases>

type KeptCase = Pick<Sighting, 'key' | 'time' | 'sample'>

type SavedCases = { count: number; first: number; last: number; sums: Money[]; newest: KeptCase[] }

const MAX_SAMPLES = 10

/** Creates an empty list of cases. It takes about 3 KB. */
export function createCases() {
  const newest: KeptCase[] = []
  const sums = createSums()
  let count = 0
  let first = Infinity
  let last = -Infinity

  function addNewest({ key, time, sample }: KeptCase): void {
    let place = newest.length
    while (place > 0 && isNewer(newest[place - 1], { key, time, sample })) place -= 1
    if (place === 0 && newest.length === MAX_SAMPLES) return
    newest.splice(place, 0, { key, time, sample: removeEmpty(sample) })
    if (newest.length > MAX_SAMPLES) newest.shift()
  }

  return {
    add(sighting: Sighting): void {
      count += 1
      first = Math.min(first, sighting.time)
      last = Math.max(last, sighting.time)
      sums.add(sighting.revenue)
      addNewest(sighting)
    },
    count: (): number => count,
    /** Returns the newest cases, the newest last. */
    newest: (): readonly KeptCase[] => newest,
    /**
     * Returns the figures of the cases.
     *
     * @param of what happens to the revenue of the cases. Absent if they cost none
     */
    figures: (of?: CostKind): WholeResult => ({
      count,
      first,
      last,
      costs: of ? sums.costs(of) : [],
      samples: newest.map(({ sample }) => sample)
    }),
    save: (): SavedCases => ({ count, first, last, sums: sums.list(), newest }),
    merge: (saved: unknown): void => {
      const other = saved as SavedCases
      if (other.count === 0) return
      count += other.count
      first = Math.min(first, other.first)
      last = Math.max(last, other.last)
      sums.merge(other.sums)
      other.newest.forEach(addNewest)
    }
  }
}

/** Adds up cases. */
export function joinCases(parts: readonly Cases[]): Cases {
  const all = createCases()
  for (const part of parts) all.merge(part.save())
  return all
}

/** The key decides between cases of the same time, so that the parts of an archive may merge in any order. */
function isNewer(one: KeptCase, other: KeptCase): boolean {
  if (one.time !== other.time) return one.time > other.time
  if (one.key !== other.key) return one.key > other.key
  return (one.sample.otherMessageId ?? '') > (other.sample.otherMessageId ?? '')
}
