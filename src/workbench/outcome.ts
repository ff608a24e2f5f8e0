import { listCodes } from '../core'
import type { Attempt } from '../pipeline'
import type { Searchable } from './search'

/** The codes of a delivered event that lost a part. */
const LOST_PART = ['lines_left_out', 'products_left_out', 'partly_delivered']

type Result = Pick<Searchable, 'stage' | 'reason' | 'message' | 'sent'>

/** Returns whether Topsort has a part of the event, and the rest is lost. */
export function isPartial({ stage, reason }: Pick<Result, 'stage' | 'reason'>): boolean {
  return stage === 'delivered' && listCodes(reason).some((code) => LOST_PART.includes(code))
}

/** Returns whether the message of an event is about something wrong. That no mapping takes an event is as it should be. */
export function isWrong({ stage, message }: Pick<Result, 'stage' | 'message'>): boolean {
  return message !== '' && stage !== 'filtered'
}

/** Returns whether there was nothing to send for a delivered event, such as an order of gifts. */
export function isNothingSent({ stage, sent }: Pick<Result, 'stage' | 'sent'>): boolean {
  return stage === 'delivered' && (sent === undefined || Object.keys(Object(sent) as object).length === 0)
}

/**
 * Returns the status of Topsort's own answer in an attempt. Null if a request got no answer, and undefined if there was no
 * request: then the destination has made up the status.
 */
export function answerOf({ status, exchanges }: Pick<Attempt, 'status' | 'exchanges'>): number | null | undefined {
  const last = exchanges.at(-1)
  if (last === undefined) return undefined
  return exchanges.some(({ answer }) => answer?.status === status) ? status : (last.answer?.status ?? null)
}
