/** One step of a script: something that happens a number of times. */
type Step = { times: number }

/** Hands out the steps of a script, one at a time. */
export type ScriptQueue<S extends Step> = {
  /** Replaces the steps that are left. */
  script: (steps: readonly S[]) => void
  /** Takes the next step. It is undefined when the script is used up. */
  next: () => S | undefined
}

/** Opens an empty queue. */
export function createScriptQueue<S extends Step>(): ScriptQueue<S> {
  let queue: S[] = []
  return {
    script(steps) {
      queue = steps.map((step) => ({ ...step }))
    },
    next() {
      const step = queue.at(0)
      if (step && --step.times === 0) queue.shift()
      return step
    }
  }
}
