import { listOwnCodes, listReasons, type Reason } from '../core'

/** The destination's codes for failures after which Segment sends the event again, for about four hours. */
const TEMPORARY = [
  'topsort_unavailable',
  'answer_timed_out',
  'connection_broken',
  'request_aborted',
  'request_withheld'
]

/**
 * Returns the reasons that have one of these codes, which may be Topsort's: the reason of a delivery, its notes, and the
 * reasons of single events, lines or products inside it.
 */
export function findReasons(reason: Reason | undefined, codes: readonly string[]): Reason[] {
  if (!reason) return []
  return listReasons(reason).filter((each) => listOwnCodes(each).some((code) => codes.includes(code)))
}

/** Returns whether the framework refused an event because this field of the action is empty or invalid. */
export function isRefusedFor(field: string, reason: Reason | undefined): boolean {
  const isRefused = reason?.code === 'required_field_missing' || reason?.code === 'field_invalid'
  return isRefused && Array.isArray(reason.fields) && reason.fields.includes(field)
}

/** Returns whether Segment sends the failed event again. */
export function isTemporary(reason: Reason | undefined): boolean {
  return findReasons(reason, TEMPORARY).length > 0
}
