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
export type ScriptQueue<S extends Step> = ReturnType<typeof createScriptQueue<S>>

/** The longest wait of a timer. Milliseconds. */
const MAX_WAIT = 2 ** 31 - 1

/** Creates an empty queue. @param onChange is called when steps are replaced or used up */
export function createScriptQueue<S extends Step>(onChange: () => void = () => undefined) {
  let queue: S[] = []

  /** Returns the steps whose time is not over. */
  function current(): S[] {
    queue = queue.filter(({ until }) => until === undefined || until === 'ended' || Date.parse(until) > Date.now())
    return queue
  }

  /** Tells that a step has ended. A timer cannot wait longer than the limit, and its step is rarely so long. */
  function tellAt(time: number): void {
    setTimeout(onChange, Math.min(time - Date.now(), MAX_WAIT)).unref()
  }

  return {
    /** Replaces the remaining steps. */
    script: (steps: readonly S[]): void => {
      queue = steps.map((step) => ({ ...step }))
      onChange()
      for (const { until } of steps) if (until !== undefined && until !== 'ended') tellAt(Date.parse(until))
    },
    /** Takes the next step. Returns undefined if no step is left. */
    next: (): S | undefined => {
      const step = current().at(0)
      if (step?.times !== undefined && --step.times === 0) queue.shift()
      if (step) onChange()
      return step
    },
    /** Returns a copy of the remaining steps. */
    left: (): S[] => current().map((step) => ({ ...step }))
  }
}
