import { errorAnswer, type ErrorAnswer } from './answers'
import { compile } from './validation'

/**
 * What goes wrong with the next requests, whatever they hold and whatever key they carry.
 *
 * @example
 * // Two outages, then an answer that is lost on its way: the events are stored, and the client cannot know.
 * script([{ status: 503, times: 2 }, { status: 204, times: 1, cut: 'after' }])
 */
export type Fault = {
  /**
   * 400 to 599: answered at once with Topsort's error body; nothing is stored.
   * 200 to 299: the request is handled as if there were no fault, which leaves `delay` and `cut` to go wrong.
   */
  status: number
  /** For how many requests, from 1. */
  times: number
  /** The `errCode` of an error status; the usual one for that status when absent. */
  errCode?: string
  /** Milliseconds between handling the request and answering it, or cutting its connection. At most ten minutes. */
  delay?: number
  /**
   * Breaks the TCP connection, which needs the sandbox to be served by @hono/node-server:
   * - `before`: the request is not handled, so nothing is stored, and nothing is answered;
   * - `during`: the request is handled; the head of the answer and half of its body arrive. Where the answer would be
   *   a 204, which has no body to cut, it is a 200;
   * - `after`: the request is handled, and nothing is answered.
   */
  cut?: 'before' | 'during' | 'after'
}

const faultsSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['status', 'times'],
    properties: {
      status: {
        type: 'integer',
        minimum: 200,
        maximum: 599,
        not: { minimum: 300, maximum: 399 },
        refusals: { not: { message: 'must be 200 to 299 or 400 to 599' } }
      },
      times: { type: 'integer', minimum: 1 },
      errCode: { type: 'string', minLength: 1 },
      delay: { type: 'integer', minimum: 0, maximum: 600_000 },
      cut: { type: 'string', enum: ['before', 'during', 'after'] }
    }
  }
} as const

const parse = compile<Fault[]>(faultsSchema, 'faults')

/**
 * Reads scripted faults from outside, such as the body of a request.
 *
 * @throws Error that names the fault and its field: `faults[1].times must be >= 1`.
 */
export function parseFaults(value: unknown): Fault[] {
  const parsed = parse(value)
  if ('misfit' in parsed) throw new Error(parsed.misfit.message)
  return parsed.value
}

/** Hands out scripted faults, one for each request. */
export type FaultQueue = {
  /** Replaces whatever is left. */
  script: (faults: readonly Fault[]) => void
  /** The fault of the request that came in just now, if any. */
  next: () => Fault | undefined
}

/** Opens an empty queue. */
export function createFaultQueue(): FaultQueue {
  let queue: Fault[] = []
  return {
    script(faults) {
      queue = faults.map((fault) => ({ ...fault }))
    },
    next() {
      const fault = queue.at(0)
      if (fault && --fault.times === 0) queue.shift()
      return fault
    }
  }
}

/** The error that a fault answers with, if it has an error status. */
export function scriptedError(fault: Fault | undefined): ErrorAnswer | undefined {
  return fault && fault.status >= 400 ? errorAnswer(fault.status, { errCode: fault.errCode }) : undefined
}
