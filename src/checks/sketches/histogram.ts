import type { Sketch } from './sketch'

/** The distribution of amounts, with an error of 5 %. */
export type Histogram = Sketch & {
  /** @param amount above 0 */
  add: (amount: number) => void
  count: () => number
  /** Returns the median. NaN if there is no amount. */
  median: () => number
}

/** The ratio of two neighboring bins. */
const RATIO = 1.05

/** Amounts from 10^-9 to 10^9 of a unit fall into bins of their own. */
const MAX_BIN = 425

/** Creates an empty histogram whose bins have logarithmic bounds, as in DDSketch (Masson and others 2019). Up to 10 KB. */
export function createHistogram(): Histogram {
  const bins = new Map<number, number>()

  function addTo(bin: number, count: number): void {
    bins.set(bin, (bins.get(bin) ?? 0) + count)
  }

  function count(): number {
    return [...bins.values()].reduce((sum, each) => sum + each, 0)
  }

  return {
    add(amount) {
      const bin = Math.round(Math.log(amount) / Math.log(RATIO))
      addTo(Math.max(-MAX_BIN, Math.min(MAX_BIN, bin)), 1)
    },
    count,
    median() {
      let rest = count() / 2
      for (const [bin, each] of [...bins].sort(([one], [other]) => one - other)) {
        rest -= each
        if (rest <= 0) return RATIO ** bin
      }
      return NaN
    },
    save: () => [...bins],
    merge(saved) {
      for (const [bin, each] of saved as [number, number][]) addTo(bin, each)
    }
  }
}
