/** One step of a script, which applies a number of times. */
type Step = { times: number }

/** Returns the steps of a script one by one. */
export type ScriptQueue<S extends Step> = {
  /** Replaces the remaining steps. */
  script: (steps: readonly S[]) => void
  /** Takes the next step. Returns undefined if no step is left. */
  next: () => S | undefined
  /** Returns a copy of the remaining steps. */
  left: () => S[]
}

/** Creates an empty queue. @param onChange is called when steps are replaced or used up */
export function createScriptQueue<S extends Step>(onChange: () => void = () => undefined): ScriptQueue<S> {
  let queue: S[] = []
  return {
    script(steps) {
      queue = steps.map((step) => ({ ...step }))
      onChange()
    },
    next() {
      const step = queue.at(0)
      if (step && --step.times === 0) queue.shift()
      if (step) onChange()
      return step
    },
    left: () => queue.map((step) => ({ ...step }))
  }
}
