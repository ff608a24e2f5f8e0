import type { RequestClient } from '@segment/actions-core'
import type { EventsRequest, Impression } from '../../src/destinations/topsort/types'
import { requestClient } from './request-client'
import type { Answer } from './request-client'

/** A fault of one request. */
export type Fault =
  /** The request is answered with this status, and nothing is stored. */
  | { status: number }
  /** The answer is lost, so only the model knows whether the events are stored. */
  | { lost: 'time-out' | 'connection'; stored: boolean }

/** The behavior of the model. */
export type Behavior = {
  /** The faults of the first requests, one for each. Later requests have none. */
  faults: (Fault | undefined)[]
  /** How many turns of the event loop each answer takes. The list repeats. */
  latencies: number[]
  /** Requests with more events than this are too large (413). */
  mostEvents: number
  /** The status for a request with a bad event. */
  refusal: 400 | 422
}

/** A request and its result. */
export type Exchange = {
  impressions: Impression[]
  /** The status of the answer. 0 means no answer. */
  status: number
  /** What the client can conclude from the answer. */
  conclusion: 'stored' | 'not stored' | 'unknown'
  stored: boolean
  /** The status of an earlier answer after which no further request of a call may start. 0 is a time-out. */
  afterEnd?: number
}

/** A model of Topsort for the delivery of impressions. */
export type TopsortModel = {
  request: RequestClient
  /** The requests in the order of their start. */
  exchanges: Exchange[]
  /** Returns the largest number of requests that ran at the same time. */
  mostAtOnce: () => number
  /** Returns how often each id is stored. */
  stored: () => Map<string, number>
}

/** A bid that the model does not know. An impression with this bid is bad. */
export const UNKNOWN_BID = 'unknown'

/**
 * Creates a model that stores all impressions of a request or none, as Topsort does. It serves one call of the
 * destination, or several. Its error messages have several
 * lines and contain the headers with the key, to test that delivery removes both.
 */
export function createTopsortModel({ faults, latencies, mostEvents, refusal }: Behavior): TopsortModel {
  const exchanges: Exchange[] = []
  let underWay = 0
  let mostAtOnce = 0
  let end: number | undefined

  const handle = (index: number, impressions: Impression[]): { fault?: Fault; stored: boolean } => {
    const fault = faults.at(index)
    if (index < faults.length && fault) return { fault, stored: 'lost' in fault && fault.stored && isGood(impressions) }
    if (impressions.length > mostEvents) return { fault: { status: 413 }, stored: false }
    if (!isGood(impressions)) return { fault: { status: refusal }, stored: false }
    return { stored: true }
  }

  const request = requestClient(async (_url, { body, headers }) => {
    const { impressions = [] } = JSON.parse(body as string) as EventsRequest
    const index = exchanges.length
    const { fault, stored } = handle(index, impressions)
    exchanges.push({
      impressions,
      status: toStatus(fault),
      conclusion: toConclusion(fault),
      stored,
      ...(end !== undefined && { afterEnd: end })
    })

    mostAtOnce = Math.max(mostAtOnce, ++underWay)
    for (let turn = latencies[index % latencies.length]; turn >= 0; turn -= 1) await nextTurn()
    underWay -= 1

    const words = `Not this time.\nYou sent ${JSON.stringify(headers)}`
    if (!fault) return answer(204, '')
    if (endsCall(fault)) end ??= toStatus(fault)
    if ('lost' in fault) throw Object.assign(new Error(words), { code: CODES[fault.lost] })
    return answer(fault.status, JSON.stringify({ errCode: 'an_error', message: words }))
  })

  return {
    request,
    exchanges,
    mostAtOnce: () => mostAtOnce,
    stored() {
      const ids = exchanges.flatMap(({ stored, impressions }) => (stored ? impressions.map(({ id }) => id) : []))
      const counts = new Map<string, number>()
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
      return counts
    }
  }
}

const CODES = { 'time-out': 'ETIMEDOUT', connection: 'ECONNRESET' }

function isGood(impressions: Impression[]): boolean {
  return impressions.every(({ resolvedBidId }) => resolvedBidId !== UNKNOWN_BID)
}

/** Topsort has refused the key (403 with one of its codes as well), is too busy, or is too slow. */
function endsCall(fault: Fault): boolean {
  return 'lost' in fault ? fault.lost === 'time-out' : [401, 403, 408, 429].includes(fault.status)
}

function toStatus(fault: Fault | undefined): number {
  if (!fault) return 204
  return 'lost' in fault ? 0 : fault.status
}

function toConclusion(fault: Fault | undefined): Exchange['conclusion'] {
  if (!fault) return 'stored'
  return 'lost' in fault || fault.status === 408 || fault.status >= 500 ? 'unknown' : 'not stored'
}

function answer(status: number, content: string): Answer {
  return { status, statusText: '', content }
}

/** Waits for a turn of the event loop, so that the code after one answer has run before the next answer arrives. */
function nextTurn(): Promise<void> {
  return new Promise(setImmediate)
}
