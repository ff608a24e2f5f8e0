import type { RequestClient } from '@segment/actions-core'
import type { EventsRequest, Impression } from '../../src/destinations/topsort/types'
import { requestClient } from './request-client'
import type { Answer } from './request-client'

/** What goes wrong with one request, whatever it holds. */
export type Fault =
  /** Answered with this status; nothing is stored. */
  | { status: number }
  /** Handled, but the answer never arrives: nobody but the model knows whether the events are stored. */
  | { lost: 'time-out' | 'connection'; stored: boolean }

/** How the model behaves. */
export type Behaviour = {
  /** What goes wrong with the first request, the second, and so on. After the last all goes well. */
  faults: (Fault | undefined)[]
  /** How many turns of the event loop the answers take, over and over. */
  latencies: number[]
  /** Requests with more events than this are too large (413). */
  mostEvents: number
  /** What a request with a bad event is refused with. */
  refusal: 400 | 422
}

/** One request and what became of it. */
export type Exchange = {
  impressions: Impression[]
  /** What was answered; 0 for no answer. */
  status: number
  /** What the client was told: stored, not stored, or nothing that says which. */
  told: 'stored' | 'not stored' | 'unknown'
  stored: boolean
  /** Whether a 401 had been answered before it started. */
  afterBadKey: boolean
}

/** Topsort as a function: as much of it as the delivery of impressions can tell apart. */
export type TopsortModel = {
  request: RequestClient
  /** The requests in the order in which they started. */
  exchanges: Exchange[]
  /** The most requests that were ever under way together. */
  mostAtOnce: () => number
  /** How often each id is stored. */
  stored: () => Map<string, number>
}

/** The bid that the model does not find: an impression with it is bad. */
export const UNKNOWN_BID = 'unknown'

/**
 * Stores all the impressions of a request or nothing, as Topsort does.
 *
 * Its errors are as unpleasant as errors get: they run over several lines and echo the headers with the key.
 */
export function createTopsortModel({ faults, latencies, mostEvents, refusal }: Behaviour): TopsortModel {
  const exchanges: Exchange[] = []
  let underWay = 0
  let mostAtOnce = 0
  let badKey = false

  const handle = (index: number, impressions: Impression[]): { fault?: Fault; stored: boolean } => {
    const fault = faults.at(index)
    if (index < faults.length && fault) return { fault, stored: 'lost' in fault && fault.stored && isGood(impressions) }
    if (impressions.length > mostEvents) return { fault: { status: 413 }, stored: false }
    if (!isGood(impressions)) return { fault: { status: refusal }, stored: false }
    return { stored: true }
  }

  const request = requestClient(async (_url, { json, headers }) => {
    const { impressions = [] } = json as EventsRequest
    const index = exchanges.length
    const { fault, stored } = handle(index, impressions)
    exchanges.push({ impressions, status: statusOf(fault), told: tellsOf(fault), stored, afterBadKey: badKey })

    mostAtOnce = Math.max(mostAtOnce, ++underWay)
    for (let turn = latencies[index % latencies.length]; turn >= 0; turn -= 1) await nextTurn()
    underWay -= 1

    const words = `Not this time.\nYou sent ${JSON.stringify(headers)}`
    if (!fault) return answer(204, '')
    if ('lost' in fault) throw Object.assign(new Error(words), { code: CODES[fault.lost] })
    badKey ||= fault.status === 401
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

function statusOf(fault: Fault | undefined): number {
  if (!fault) return 204
  return 'lost' in fault ? 0 : fault.status
}

function tellsOf(fault: Fault | undefined): Exchange['told'] {
  if (!fault) return 'stored'
  return 'lost' in fault || fault.status === 408 || fault.status >= 500 ? 'unknown' : 'not stored'
}

function answer(status: number, content: string): Answer {
  return { status, statusText: '', content }
}

/** A whole turn, so that all that follows from one answer has happened before the next one arrives. */
function nextTurn(): Promise<void> {
  return new Promise(setImmediate)
}
