import { isDeepStrictEqual } from 'node:util'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { commandLine, InputError } from '../../core'
import { type Exchange } from '../../pipeline'
import type { Billable, TopsortAnswer } from '../api'
import { countBillable, eventKeysOf } from '../sent-events'
import { findEntry } from './delivery-routes'
import { readInput } from '../net/read-input'
import { sendToTopsort } from '../net/send-to-topsort'
import type { Parts } from '../parts'

/** The largest number of events of a type in a request to Topsort. */
const MAX_EVENTS = 50

/**
 * Creates the handler that sends one delivery to Topsort itself. The delivery is billed, so the request must repeat the
 * numbers of billed events, and a delivery that Topsort may have stored is not sent again.
 */
export function createTopsortRoute({ history, topsort }: Parts) {
  /** The events that Topsort may have stored. */
  const sentIds = new Set<string>()

  return async (c: Context): Promise<Response> => {
    if (!topsort) {
      throw new HTTPException(404, {
        message: `Nothing can be sent to Topsort itself from here. Start with a key, and without --live: TOPSORT_API_KEY=TSE_... ${commandLine('start')}`
      })
    }
    const { sequence, confirm } = readRequest(await readInput(c.req.raw))
    const { delivery } = findEntry(history, sequence)
    const billable = countBillable(delivery?.sent)
    checkSize(billable, sequence)
    if (!isDeepStrictEqual({ ...NOTHING, ...confirm }, billable)) {
      throw new InputError(
        `The confirmation differs from what will be billed: ${describe(billable)}. Send exactly this: ${JSON.stringify({ sequence, confirm: billable })}`
      )
    }
    const ids = eventKeysOf(delivery?.sent)
    if (ids.some((id) => sentIds.has(id))) {
      throw new HTTPException(409, {
        message: `Delivery ${sequence} was sent to Topsort before, and may already be billed. To report it again, send the event with another messageId.`
      })
    }
    ids.forEach((id) => sentIds.add(id))
    const exchange = await sendToTopsort(topsort, delivery?.sent)
    if (exchange.answer && exchange.answer.status >= 400 && exchange.answer.status < 500) {
      // Topsort stores nothing of a request that it refuses.
      ids.forEach((id) => sentIds.delete(id))
    }
    return c.json(toAnswer(exchange, billable))
  }
}

const NOTHING: Billable = { impressions: 0, clicks: 0, purchases: 0, pageviews: 0 }

function readRequest(input: unknown): { sequence: number; confirm: Partial<Billable> } {
  const { sequence, confirm } = Object(input) as { sequence?: unknown; confirm?: unknown }
  if (Number.isInteger(sequence) && typeof confirm === 'object' && confirm !== null) {
    return { sequence: sequence as number, confirm }
  }
  throw new InputError(
    'The body must be {"sequence": 1, "confirm": {"impressions": 0, "clicks": 1, "purchases": 0, "pageviews": 0}}, with the number of a delivery and the numbers of events that will be billed.'
  )
}

function checkSize(billable: Billable, sequence: number): void {
  const counts = Object.values(billable)
  if (counts.every((count) => count === 0)) {
    throw new InputError(`Delivery ${sequence} has no events for Topsort, because nothing was sent for it here.`)
  }
  if (counts.some((count) => count > MAX_EVENTS)) {
    throw new InputError(
      `Delivery ${sequence} has more than ${MAX_EVENTS} events of a type. Topsort takes at most ${MAX_EVENTS} in a request.`
    )
  }
}

function toAnswer(exchange: Exchange, billable: Billable): TopsortAnswer {
  const { answer, error } = exchange
  if (!answer) {
    const message = `Topsort did not answer (${error ?? 'no reason'}). It may or may not have stored ${describe(billable)}.`
    return { ok: false, message, exchange }
  }
  const { status, body } = answer
  if (status >= 200 && status < 300) return { ok: true, message: `Topsort stored ${describe(billable)}.`, exchange }
  const words = typeof body === 'string' ? body : JSON.stringify(body)
  return { ok: false, message: `Topsort answered ${status} and stored nothing: ${words || 'no reason'}`, exchange }
}

/** Writes the numbers of events: `1 click` or `3 impressions`. */
function describe(billable: Billable): string {
  return Object.entries(billable)
    .filter(([, count]) => count > 0)
    .map(([type, count]) => `${count} ${count === 1 ? type.replace(/s$/, '') : type}`)
    .join(' and ')
}
