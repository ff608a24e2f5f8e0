/**
 * Reads facts: the values that billing and attribution depend on. An unreadable fact fails its event. It is never
 * changed, and never treated as missing.
 */
import { toDeviceType } from './device'
import { quote, quoteId } from './messages'
import { InvalidEvent } from './reasons'
import { isMeaningless, toChoice, toOptionalId, toText } from './text'
import { toTimestamp } from './time'
import type { Pageview } from './types'

/** How many characters of a bid a message shows before the first one that no bid has. */
const MAX_SHOWN = 10

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
 * @throws InvalidEvent if the id, the time or the user is missing or invalid
 */
export function toFacts(payload: CommonPayload): Facts {
  return {
    id: toEventId(payload.id),
    occurredAt: toOccurredAt(payload.occurredAt),
    opaqueUserId: toUserId(payload.opaqueUserId),
    deviceType: toDeviceType(payload.deviceType),
    channel: toChoice(payload.channel, ['onsite', 'offsite', 'instore'])
  }
}

function toEventId(value: unknown): string {
  const id = toOptionalId(value)
  if (id !== undefined) return id
  if (isNone(value)) throw new InvalidEvent({ code: 'id_missing' })
  throw new InvalidEvent({ code: isMeaninglessText(value) ? 'id_meaningless' : 'id_invalid', value: quote(value) })
}

function toUserId(value: unknown): string {
  const id = toUser(value)
  if (id !== undefined) return id
  if (isNone(value)) throw new InvalidEvent({ code: 'user_id_missing' })
  if (isNobody(value)) throw new InvalidEvent({ code: 'user_id_meaningless', value: quote(value) })
  throw new InvalidEvent({ code: 'user_id_invalid', value: quoteId(value) })
}

/** Reads the id of a user. Omits values that identify nobody. */
export function toUser(value: unknown): string | undefined {
  return isNobody(value) ? undefined : toOptionalId(value)
}

/** Returns whether a value stands for no user. Shop systems such as WooCommerce send the user `0` for every guest. */
export function isNobody(value: unknown): boolean {
  return isMeaninglessText(value) || toText(value) === '0'
}

function toOccurredAt(value: unknown): string {
  if (isNone(value)) throw new InvalidEvent({ code: 'time_missing' })
  const occurredAt = toTimestamp(toText(value) ?? '', Date.now())
  if (occurredAt === undefined) throw new InvalidEvent({ code: 'time_invalid', value: quote(value) })
  return occurredAt
}

/**
 * Reads a bid. null, `false`, blank text and text such as `undefined` mean that there is no ad: `isAd && bid` is `false`
 * without one.
 * @throws InvalidEvent if the value cannot be a bid. Without it, an ad would be reported as organic, and not be billed
 */
export function toBid(value: unknown): string | undefined {
  if (isNone(value) || isMeaninglessText(value)) return undefined
  const bid = toOptionalId(value)
  if (bid === undefined) throw new InvalidEvent({ code: 'bid_unreadable', value: quote(value) })
  // Bids are base64, so these come from URL encoding, or from a `+` that was decoded to a space.
  const index = bid.search(/[\s%]/)
  if (index === -1) return bid
  const shown = index > MAX_SHOWN ? `…${bid.slice(index - MAX_SHOWN)}` : bid
  throw new InvalidEvent({ code: 'bid_encoded_or_cut', value: quote(shown) })
}

/** Returns whether a value means that there is none: null, `false` or blank text. */
export function isNone(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true
  if (typeof value !== 'string') return false
  const text = value.trim()
  return text === '' || text === 'false'
}

/** Returns whether a value is text that stands for a missing value, such as `undefined`. */
export function isMeaninglessText(value: unknown): boolean {
  return isMeaningless(toText(value) ?? '')
}
