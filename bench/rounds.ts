/** Returns the median of several numbers. */
export function findMedian(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Returns how long a function takes, in milliseconds. */
export async function measureTime(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/**
 * Returns the processor time that this process takes for a function, in milliseconds. Time for the compiler and the
 * garbage collector counts. Waiting and the work of other processes do not.
 */
export async function measureWork(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

/**
 * Measures two things in turn, so that other work of the machine slows down both. The order changes with each round, because
 * what runs second finds a faster machine or the garbage of the first.
 *
 * @param warmUp the number of additional rounds at the start, which do not count. V8 compiles the code during them
 * @returns the medians of both, and the median of the ratios of all rounds
 */
export async function compare(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
  warmUp = 1
): Promise<{ first: number; second: number; ratio: number }> {
  const pairs: [number, number][] = []
  for (let round = 0; round < warmUp + rounds; round += 1) {
    if (round % 2 === 0) {
      pairs.push([await first(), await second()])
    } else {
      const after = await second()
      pairs.push([await first(), after])
    }
  }
  pairs.splice(0, warmUp)
  return {
    first: findMedian(pairs.map(([a]) => a)),
    second: findMedian(pairs.map(([, b]) => b)),
    ratio: findMedian(pairs.map(([a, b]) => a / b))
  }
}
