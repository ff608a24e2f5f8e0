import type { Context } from 'hono'
import { type Pipeline, readMessages, type TrackingCall } from '../../pipeline'
import { readInput, TRACKING_LIMIT } from '../net/read-input'
import type { Findings } from '../state/findings'
import type { WorkbenchContext } from './context'

/** The sandbox's answers to requests that it cannot read. */
const UNREADABLE: readonly number[] = [404, 405, 413, 415]

/**
 * Creates the handler that takes events as Segment's Tracking API does.
 *
 * @param now the clock for the time of receipt, in epoch milliseconds
 */
export function takeIn(pipeline: Pipeline, call: TrackingCall, now: () => number) {
  return async (c: Context): Promise<Response> => {
    await pipeline.waitForSpace()
    // While this request is read, other requests may fill the queue.
    const body = await readInput(c.req.raw, pipeline.waitForSpace, TRACKING_LIMIT)
    const { events, refused } = readMessages(call, body, new Date(now()))
    pipeline.accept(events, refused)
    return c.json({ success: true })
  }
}

/** Creates the handler that passes requests for Topsort's API to the sandbox. */
export function passToSandbox(findings: Findings) {
  return async (c: WorkbenchContext): Promise<Response> => {
    const copy = c.req.method === 'POST' && c.req.path.startsWith('/v2/events') ? c.req.raw.clone() : undefined
    const response = await c.get('sandbox').app.fetch(c.req.raw, c.env)
    if (response.status < 400) {
      if (copy) findings.onDirect(await readInput(copy))
      return response
    }
    const answer = await response.text()
    const refusal = unreadableReason(response.status, answer)
    if (refusal !== undefined) c.set('refusal', refusal)
    return new Response(answer, response)
  }
}

/** Returns why the sandbox could not read a request, if so. Its other errors are Topsort's own answers. */
function unreadableReason(status: number, answer: string): string | undefined {
  const { errCode, message } = JSON.parse(answer) as { errCode: string; message: string }
  return UNREADABLE.includes(status) || errCode === 'invalid_json' ? `${message}.` : undefined
}
