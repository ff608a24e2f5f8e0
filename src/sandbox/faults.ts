import { clip, isObject, type JsonObject } from '../core'
import { toErrorAnswer, type ErrorAnswer } from './answers'
import type { EventType } from './contract'
import { text } from './contract/parts'
import { type Step, stepNeeds, stepProperties } from './script-queue'
import { compileReader } from './validation'

/**
 * A scripted fault for the next requests that report events or links. It applies to any body and any key.
 *
 * @example
 * // Two outages, then a lost answer: the events are stored, but the client does not know.
 * script([{ status: 503, times: 2 }, { status: 204, times: 1, cut: 'after' }])
 * // An outage until the script is replaced.
 * script([{ status: 503, until: 'ended' }])
 */
export type Fault = Step & {
  /**
   * 400 to 599: the sandbox answers at once with Topsort's error body and stores nothing.
   * 200 to 299: the sandbox handles the request as usual. Only `delay` and `cut` go wrong.
   */
  status: number
  /** The `errCode` of an error status. Default: the usual one for that status. */
  errCode?: string
  /**
   * The requests that get an error status. Default: all. `unknown-product`: only those with a product that is not in the
   * catalogue. The others are handled as usual, and use up the fault as well.
   */
  when?: 'unknown-product'
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
    required: ['status'],
    anyOf: stepNeeds,
    properties: {
      status: {
        type: 'integer',
        minimum: 200,
        maximum: 599,
        not: { minimum: 300, maximum: 399 },
        refusals: { not: { message: 'must be 200 to 299 or 400 to 599' } }
      },
      ...stepProperties,
      errCode: text,
      when: { type: 'string', enum: ['unknown-product'] },
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

/**
 * Returns the error answer of a fault, if it has an error status and applies to the request.
 *
 * @param json the body of the request. Undefined if it is not JSON
 * @param isKnown returns whether a product is in the catalogue
 */
export function toScriptedError(
  fault: Fault | undefined,
  json: unknown,
  isKnown: (productId: string) => boolean
): ErrorAnswer | undefined {
  if (!fault || fault.status < 400) return undefined
  const { status, errCode, when } = fault
  if (when === undefined) return toErrorAnswer(status, { errCode })
  const unknown = listProducts(json).find((id) => !isKnown(id))
  return unknown === undefined
    ? undefined
    : toErrorAnswer(status, { errCode, message: `Product '${clip(unknown, MAX_SHOWN)}' not found in catalog` })
}

/** In characters. A client can send any text as the id of a product. */
const MAX_SHOWN = 100

/** Lists the products in the events of a request that may be malformed. */
function listProducts(json: unknown): string[] {
  const { impressions, clicks, purchases } = Object(json) as Partial<Record<EventType, unknown>>
  const ofInteractions = [...toObjects(impressions), ...toObjects(clicks)]
    .flatMap(({ entity, additionalAttribution }) => toObjects([entity, additionalAttribution]))
    .flatMap(({ type, id }) => (type === 'product' ? [id] : []))
  const ofOrders = toObjects(purchases).flatMap(({ items }) => toObjects(items).map(({ productId }) => productId))
  return [...ofInteractions, ...ofOrders].filter((id) => typeof id === 'string')
}

function toObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
