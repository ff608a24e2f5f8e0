import { compareSamples, type IdSample } from '../checks'

/** Fewer ids may meet by chance. */
const ENOUGH_IDS = 5

/** Returns the larger share of a set of ids that is in the other one. 0 if there are too few to tell. */
export function meet(one: IdSample, other: IdSample): number {
  const shares = [compareSamples(one, other), compareSamples(other, one)].map(({ count, of }) =>
    of < ENOUGH_IDS ? 0 : count / of
  )
  return Math.max(...shares)
}
