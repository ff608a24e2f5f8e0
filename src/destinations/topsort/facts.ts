import { PayloadValidationError, validateSchema } from '@segment/actions-core'
import { channel, deviceType, identifier, timestamp } from './normalize'
import type { Pageview } from './types'

/**
 * A fact that an event cannot do without.
 *
 * The framework's own check of required fields lets blank text and empty lists pass, more of them in a batch than alone.
 * So what turns out to be missing here fails with the error of that same check.
 * @param field The key of the field that it comes from
 * @param subject What the message says it of, such as `This click`
 * @throws AggregateAjvError when there is no value
 */
export function required<Value>(value: Value | undefined, field: string, subject: string): Value {
  if (value === undefined) {
    const schemaKey = `topsort/required/${encodeURIComponent(subject)}/${field}`
    validateSchema({}, { title: subject, type: 'object', required: [field] }, { schemaKey })
  }
  return value as Value
}

/** The fields that every action has. */
type CommonPayload = {
  id: unknown
  occurredAt: unknown
  opaqueUserId: unknown
  deviceType?: unknown
  channel?: unknown
}

/**
 * What every event has: its id, its time, its user, and where it happened.
 * @throws AggregateAjvError for a blank id or user, PayloadValidationError for something that is no time
 */
export function facts(payload: CommonPayload, noun: string): Omit<Pageview, 'page'> {
  return {
    id: required(identifier(payload.id), 'id', `This ${noun}`),
    occurredAt: time(payload.occurredAt, noun),
    opaqueUserId: required(identifier(payload.opaqueUserId), 'opaqueUserId', `This ${noun}`),
    deviceType: deviceType(payload.deviceType),
    channel: channel(payload.channel)
  }
}

function time(value: unknown, noun: string): string {
  const occurredAt = timestamp(value, Date.now())
  if (occurredAt === undefined) {
    const found = JSON.stringify(value).slice(0, 60)
    throw new PayloadValidationError(
      `occurredAt of this ${noun} is no time: ${found}. Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.`
    )
  }
  return occurredAt
}
