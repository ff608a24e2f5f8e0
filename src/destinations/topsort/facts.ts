/**
 * Reads facts: the values that billing and attribution depend on. An unreadable fact fails its event. It is never
 * changed, and never treated as missing.
 */
import { PayloadValidationError } from '@segment/actions-core'
import { toDeviceType } from './device'
import { quote } from './messages'
import { toChoice, toText } from './text'
import { toTimestamp } from './time'
import type { Pageview } from './types'

/** The fields that all actions for events share. Values may have any type, because the framework checks only some. */
export type CommonPayload = {
  id: unknown
  occurredAt: unknown
  opaqueUserId: unknown
  deviceType?: unknown
  channel?: unknown
}

/** The values that every event can have. */
export type Facts = Omit<Pageview, 'page'>

/**
 * Reads the id, the time and the user of an event, and its device and channel if they are known.
 * @param noun The name of the event in messages, such as `click`
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

/** Reads the channel. Omits unknown ones. */
function toChannel(value: unknown): Facts['channel'] {
  return toChoice(value, ['onsite', 'offsite', 'instore'])
}

/** Returns the first value of a list that is not empty. Returns any other value as it is. */
export function toFirst(value: unknown): unknown {
  return Array.isArray(value) ? value.find((item) => !isNone(item)) : value
}

/** Returns the possible product ids of an entry of a list. The first one that is not empty counts. */
export function toCandidates(
  productId: unknown,
  otherIds: { productId?: unknown; id?: unknown; sku?: unknown } = {}
): unknown[] {
  return [productId, otherIds.productId, otherIds.id, otherIds.sku]
}

/**
 * Reads an id. null, `false` and blank text mean that there is none: `isAd && bid` is `false` if there is no ad.
 * @param field The name of the value in messages
 * @param owner The name of the event in messages, such as `click`
 * @throws PayloadValidationError if the value cannot be an id, such as `true` or an object
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

/** Reads an optional id. Omits values that cannot be an id. */
export function toOptionalId(value: unknown): string | undefined {
  const id = toText(value)
  return id === 'true' || id === 'false' ? undefined : id
}

/** Reads a required id. @throws PayloadValidationError if it is missing or invalid */
export function requireId(value: unknown, field: string, owner: string): string {
  const id = toId(value, field, owner)
  if (id === undefined) throw missing(field, owner)
  return id
}

/** Returns the error for a missing required value. */
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
