import { isObject } from '../core'
import type { Reason } from '../pipeline'

/**
 * Returns the reasons that have one of these codes, which may be Topsort's: the reason of a delivery, its notes, and the
 * reasons of single events, lines or products inside it.
 */
export function findReasons(reason: Reason | undefined, codes: readonly string[]): Reason[] {
  if (reason === undefined) return []
  const { code, errCode, notes, reasons, problems } = reason
  const inner = [notes, reasons, problems].flat().filter(isReason)
  const isMeant = codes.includes(code) || (typeof errCode === 'string' && codes.includes(errCode))
  return [...(isMeant ? [reason] : []), ...inner.flatMap((each) => findReasons(each, codes))]
}

/** Returns whether the framework refused an event because this field of the action is empty. */
export function lacksField(reason: Reason | undefined, field: string): boolean {
  return reason?.code === 'required_field_missing' && Array.isArray(reason.fields) && reason.fields.includes(field)
}

/** Returns the first place in a list that a reason names. Lines and products are counted from 1. */
export function readFirstPlace({ lines, products }: Reason): number | undefined {
  const places: unknown = lines ?? products
  const place: unknown = Array.isArray(places) ? places[0] : undefined
  return typeof place === 'number' ? place : undefined
}

function isReason(value: unknown): value is Reason {
  return isObject(value) && typeof value.code === 'string'
}
