/** How many times as many runs to make of each property: `FC_RUNS_FACTOR=10 npx jest test/properties`. */
const FACTOR = Number(process.env.FC_RUNS_FACTOR ?? 1)

/** @returns the parameters of a property that runs so many times, and more where `FC_RUNS_FACTOR` says so */
export function runs(count = 1_000): { numRuns: number } {
  return { numRuns: Math.ceil(count * FACTOR) }
}

/** How long one property may take, in milliseconds. */
export const PATIENCE = 60_000 * Math.max(1, FACTOR)
