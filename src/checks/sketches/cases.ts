import type { CostKind, Money, Sighting } from '../finding'
import { createSums } from '../money'
import type { WholeResult } from '../model'
import { removeEmpty } from '../sighting'
import { createPeriod } from './sketch'

/** Cases of a mistake: their number, their times, what they cost, and the newest ones. */
export type Cases = ReturnType<typeof createCases>

type KeptCase = Pick<Sighting, 'key' | 'time' | 'sample'>

type SavedCases = { sums: Money[]; newest: KeptCase[] }

const MAX_SAMPLES = 10

/** Creates an empty list of cases. It takes about 3 KB. */
export function createCases() {
  const newest: KeptCase[] = []
  const sums = createSums()
  const period = createPeriod()

  function addNewest(added: KeptCase): void {
    let place = newest.length
    while (place > 0 && isNewer(newest[place - 1], added)) place -= 1
    if (place === 0 && newest.length === MAX_SAMPLES) return
    const { key, time, sample } = added
    newest.splice(place, 0, { key, time, sample: removeEmpty(sample) })
    if (newest.length > MAX_SAMPLES) newest.shift()
  }

  return {
    add(sighting: Sighting): void {
      period.add(sighting.time)
      sums.add(sighting.revenue)
      addNewest(sighting)
    },
    count: (): number => period.value.count,
    /** Returns the newest cases, the newest last. */
    newest: (): readonly KeptCase[] => newest,
    /**
     * Returns the figures of the cases.
     *
     * @param of what happens to the revenue of the cases. Absent if they cost none
     */
    figures: (of?: CostKind): WholeResult => ({
      ...period.value,
      costs: of ? sums.costs(of) : [],
      samples: newest.map(({ sample }) => sample)
    }),
    save: (): SavedCases => ({ ...period.value, sums: sums.list(), newest }),
    merge: (saved: unknown): void => {
      const other = saved as SavedCases
      period.merge(other)
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
