import { createCounts } from './keyed'

/** The ratio of two neighboring bins. */
const RATIO = 1.05

/** Amounts from 10^-9 to 10^9 of a unit fall into bins of their own. */
const MAX_BIN = 425

/** Creates an empty histogram whose bins have logarithmic bounds, as in DDSketch (Masson and others 2019). Up to 10 KB. */
export function createHistogram() {
  const bins = createCounts()

  function count(): number {
    return bins.list().reduce((sum, [, each]) => sum + each, 0)
  }

  return {
    /** @param amount above 0 */
    add(amount: number): void {
      const bin = Math.round(Math.log(amount) / Math.log(RATIO))
      bins.add(String(Math.max(-MAX_BIN, Math.min(MAX_BIN, bin))))
    },
    count,
    /** Returns the median. NaN if there is no amount. */
    median(): number {
      let rest = count() / 2
      const sorted = bins.list().sort(([one], [other]) => Number(one) - Number(other))
      for (const [bin, each] of sorted) {
        rest -= each
        if (rest <= 0) return RATIO ** Number(bin)
      }
      return NaN
    },
    save: bins.save,
    merge: bins.merge
  }
}
