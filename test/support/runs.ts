/** Multiplies the runs of each property: `FC_RUNS_FACTOR=10 npx jest test/properties`. */
const FACTOR = Number(process.env.FC_RUNS_FACTOR ?? 1)

/** Returns the parameters of a property that runs `count` times, multiplied by `FC_RUNS_FACTOR`. */
export function runs(count = 200): { numRuns: number } {
  return { numRuns: Math.ceil(count * FACTOR) }
}

/** The time limit of one property, in milliseconds. */
export const PATIENCE = 60_000 * Math.max(1, FACTOR)
