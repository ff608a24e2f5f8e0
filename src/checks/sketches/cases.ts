import type { CostKind, Money, Sighting } from '../finding'
import { addMoneys, createSums } from '../money'
import type { WholeResult } from '../model'
import { removeEmpty } from '../sighting'
import type { Sketch } from './sketch'

/** Cases of a mistake: their number, their times, what they cost, and the newest ones. */
export type Cases = Sketch & {
  add: (sighting: Sighting) => void
  count: () => number
}

type Kept = Pick<Sighting, 'key' | 'time' | 'sample'>

type SavedCases = { count: number; first: number; last: number; sums: Money[]; newest: Kept[] }

const MAX_SAMPLES = 10

/** Creates an empty list of cases. It takes about 3 KB. */
export function createCases(): Cases {
  let kept: SavedCases = { count: 0, first: Infinity, last: -Infinity, sums: [], newest: [] }

  function merge({ count, first, last, sums, newest }: SavedCases): void {
    if (count === 0) return
    kept = {
      count: kept.count + count,
      first: Math.min(kept.first, first),
      last: Math.max(kept.last, last),
      sums: addMoneys(kept.sums, sums),
      newest: pickNewest([...kept.newest, ...newest])
    }
  }

  return {
    add({ key, time, revenue, sample }) {
      kept.count += 1
      kept.first = Math.min(kept.first, time)
      kept.last = Math.max(kept.last, time)
      if (revenue) kept.sums = addMoneys(kept.sums, [revenue])
      const isOld = kept.newest.length === MAX_SAMPLES && time < kept.newest[0].time
      if (!isOld) kept.newest = pickNewest([...kept.newest, { key, time, sample: removeEmpty(sample) }])
    },
    count: () => kept.count,
    save: () => kept,
    merge: (saved) => {
      merge(saved as SavedCases)
    }
  }
}

/**
 * Returns the figures of these cases together. The samples are the newest ones, newest last.
 *
 * @param of what happens to the revenue of the cases. Absent if they cost none
 */
export function summarizeCases(parts: readonly Cases[], of?: CostKind): WholeResult {
  const all = createCases()
  for (const part of parts) all.merge(part.save())
  const { count, first, last, sums, newest } = all.save() as SavedCases
  return {
    count,
    first,
    last,
    costs: of ? createSums(sums).costs(of) : [],
    samples: newest.map(({ sample }) => sample)
  }
}

/** The key decides between cases of the same time, so that the parts of an archive may merge in any order. */
function pickNewest(cases: Kept[]): Kept[] {
  return cases.sort((one, other) => one.time - other.time || one.key.localeCompare(other.key)).slice(-MAX_SAMPLES)
}
