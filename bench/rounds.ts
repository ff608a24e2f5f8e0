/** The middle one of several numbers. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** How long something takes, in milliseconds. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/**
 * Measures two things in turns, so that whatever else the machine does slows down both, and takes the median of each.
 * The first round warms up and does not count.
 * @returns the ratio is the median of the rounds' own ratios
 */
export async function compare(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>
): Promise<{ first: number; second: number; ratio: number }> {
  const pairs: [number, number][] = []
  for (let round = 0; round <= rounds; round += 1) pairs.push([await first(), await second()])
  pairs.shift()
  return {
    first: median(pairs.map(([a]) => a)),
    second: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b))
  }
}
