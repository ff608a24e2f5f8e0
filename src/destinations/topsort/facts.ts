/**
 * Facts: what Topsort bills and attributes by. A fact that is there and cannot be read fails its event. It is never
 * changed, and never taken for missing.
 */
import { PayloadValidationError } from '@segment/actions-core'
import { toDeviceType } from './device'
import { quote } from './messages'
import { toChoice, toText } from './text'
import { toTimestamp } from './time'
import type { Pageview } from './types'

/** The fields that the actions about events share. Values may have any type: the framework checks some of them only. */
export type CommonPayload = {
  id: unknown
  occurredAt: unknown
  opaqueUserId: unknown
  deviceType?: unknown
  channel?: unknown
}

/** What every event has. */
export type Facts = Omit<Pageview, 'page'>

/**
 * Reads what every event has: its id, time and user, and the device and channel if they are known.
 * @param noun What messages call the event, such as `click`
 * @throws PayloadValidationError if the id, the time or the user is missing or invalid
 */
export function toFacts(payload: CommonPayload, noun: string): Facts {
  return {
    id: requireId(payload.id, 'id', noun),
    occurredAt: toOccurredAt(payload.occurredAt, noun),
    opaqueUserId: requireId(toFirst(payload.opaqueUserId), 'opaqueUserId', noun),
    deviceType: toDeviceType(toFirst(payload.deviceType)),
    channel: toChannel(payload.channel)
  }
}

/** Reads where the event happened, or omits it. */
function toChannel(value: unknown): Facts['channel'] {
  return toChoice(value, ['onsite', 'offsite', 'instore'])
}

/** Returns the first value of a list that is not empty, or the value itself if it is not a list. */
export function toFirst(value: unknown): unknown {
  return Array.isArray(value) ? value.find((item) => !isNone(item)) : value
}

/** The ids of an entry of a list, in the order in which they count. */
export function toCandidates(
  productId: unknown,
  otherIds: { productId?: unknown; id?: unknown; sku?: unknown } = {}
): unknown[] {
  return [productId, otherIds.productId, otherIds.id, otherIds.sku]
}

/**
 * Reads an id. null, `false` and blank text mean that there is none: `isAd && bid` gives `false` where there is no ad.
 * @param field What messages call the value
 * @param owner What has the value, such as `click`
 * @throws PayloadValidationError if there is something that identifies nothing, such as `true` or an object
 */
export function toId(value: unknown, field: string, owner: string): string | undefined {
  if (isNone(value)) return undefined
  const id = toOptionalId(value)
  if (id === undefined) {
    throw new PayloadValidationError(
      `Invalid ${field} in this ${owner}: ${quote(value)}. Send text or a number, or leave it out.`
    )
  }
  return id
}

/** Reads an id that no event fails for: whatever identifies nothing is omitted. */
export function toOptionalId(value: unknown): string | undefined {
  const id = toText(value)
  return id === 'true' || id === 'false' ? undefined : id
}

/** Reads an id that the event cannot do without. @throws PayloadValidationError if it is missing or invalid */
export function requireId(value: unknown, field: string, owner: string): string {
  const id = toId(value, field, owner)
  if (id === undefined) throw missing(field, owner)
  return id
}

/** The error of an event without a value that it needs. */
export function missing(field: string, owner: string): PayloadValidationError {
  return new PayloadValidationError(
    `Missing ${field} in this ${owner}. Send it, or map the field to a property that is never empty.`
  )
}

function isNone(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true
  if (typeof value !== 'string') return false
  const text = value.trim()
  return text === '' || text === 'false'
}

function toOccurredAt(value: unknown, noun: string): string {
  if (isNone(value)) throw missing('occurredAt', noun)
  const occurredAt = toTimestamp(toText(value) ?? '', Date.now())
  if (occurredAt === undefined) {
    const quoted = quote(value)
    throw new PayloadValidationError(
      `Invalid occurredAt in this ${noun}: ${quoted}. Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.`
    )
  }
  return occurredAt
}
