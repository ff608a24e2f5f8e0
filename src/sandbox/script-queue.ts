/** How long a step of a script applies. It has `times` or `until`. If it has both, it ends with the first of them. */
export type Step = {
  /** The number of requests or auctions, from 1. */
  times?: number
  /** ISO 8601, or `ended` for a step that applies until the script is replaced. */
  until?: string
}

/** The schemas of the keys of a step. */
export const stepProperties = {
  times: { type: 'integer', minimum: 1 },
  until: {
    type: 'string',
    pattern: '^(ended|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d))$',
    refusals: { pattern: { message: 'must be "ended", or a date and time with an offset' } }
  }
} as const

/** The keys of which a step needs one, for its schema. */
export const stepNeeds = [
  { required: ['times'], properties: { times: true } },
  { required: ['until'], properties: { until: true } }
] as const

/** Returns the steps of a script one by one. */
export type ScriptQueue<S extends Step> = {
  /** Replaces the remaining steps. */
  script: (steps: readonly S[]) => void
  /** Takes the next step. Returns undefined if no step is left. */
  next: () => S | undefined
  /** Returns a copy of the remaining steps. */
  left: () => S[]
}

/** Creates an empty queue. */
export function createScriptQueue<S extends Step>(): ScriptQueue<S> {
  let queue: S[] = []

  /** Returns the steps whose time is not over. */
  function current(): S[] {
    queue = queue.filter(({ until }) => until === undefined || until === 'ended' || Date.parse(until) > Date.now())
    return queue
  }

  return {
    script(steps) {
      queue = steps.map((step) => ({ ...step }))
    },
    next() {
      const step = current().at(0)
      if (step?.times !== undefined && --step.times === 0) queue.shift()
      return step
    },
    left: () => current().map((step) => ({ ...step }))
  }
}
