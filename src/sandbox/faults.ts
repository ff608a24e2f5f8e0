import { toErrorAnswer, type ErrorAnswer } from './answers'
import { compileReader } from './validation'

/**
 * A scripted fault for the next requests that report events or links. It applies to any body and any key.
 *
 * @example
 * // Two outages, then a lost answer: the events are stored, but the client does not know.
 * script([{ status: 503, times: 2 }, { status: 204, times: 1, cut: 'after' }])
 */
export type Fault = {
  /**
   * 400 to 599: the sandbox answers at once with Topsort's error body and stores nothing.
   * 200 to 299: the sandbox handles the request as usual. Only `delay` and `cut` go wrong.
   */
  status: number
  /** The number of requests, from 1. */
  times: number
  /** The `errCode` of an error status. Default: the usual one for that status. */
  errCode?: string
  /** Milliseconds between handling the request and answering it, or cutting its connection. At most ten minutes. */
  delay?: number
  /**
   * Breaks the TCP connection. The sandbox must be served by @hono/node-server for this.
   * - `before`: the request is not handled. Nothing is stored or answered.
   * - `during`: the request is handled. The head of the answer and half of its body are sent. A 204 becomes a 200,
   *   because a 204 has no body.
   * - `after`: the request is handled, but not answered.
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

/**
 * Checks scripted faults that come from outside, such as the body of a request.
 *
 * @throws Error with the path of the invalid value: `faults[1].times must be >= 1`.
 */
export const parseFaults = compileReader<Fault[]>(faultsSchema, 'faults')

/** Returns the error answer of a fault, if it has an error status. */
export function toScriptedError(fault: Fault | undefined): ErrorAnswer | undefined {
  return fault && fault.status >= 400 ? toErrorAnswer(fault.status, { errCode: fault.errCode }) : undefined
}
