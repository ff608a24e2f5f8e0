import { DAY, MINUTE } from '../../core'
import type { Check } from '../model'
import { type EventObservation, listSent, type MappingDelivery } from '../observation'
import { readTime } from '../read-facts'
import { findReasons, isRefusedFor } from '../reasons'
import { toCallSighting } from '../sighting'
import { toMilliseconds } from '../times'

/** Correct clocks differ by seconds. A wrong time zone or unit makes a larger difference. */
const MAX_AHEAD = MINUTE

/** Topsort's longest attribution window. */
const MAX_AGE = 90 * DAY

/** An event with a time in the future, long ago, or with an invalid time. */
export const badTime: Check = {
  code: 'bad-time',
  severity: 'loses data',
  title: 'An event has a wrong time',
  why: 'Topsort refuses times in the future, so the destination sends the present instead. An event older than 90 days is outside every attribution window. An event without a valid time is lost.',
  cure: 'Leave the timestamp to the SDK, or send ISO 8601 with a time zone, such as 2026-01-31T12:00:00Z. Check the clock of the sender.',
  ofEvent(observation) {
    return observation.deliveries.length > 0 && isBad(observation) ? [toCallSighting(observation)] : []
  }
}

/** Topsort's code for a time that it refuses, and the destination's for one that it cannot send. */
const INVALID = ['invalid_event_time', 'time_invalid', 'time_missing']

/** Checks the time that was sent, because a mapping may read it from another property than the timestamp. */
function isBad({ event, deliveries }: EventObservation): boolean {
  if (deliveries.some(({ reason }) => isInvalid(reason))) return true
  const { ownTime, ownReceivedAt: receivedAt } = readTime({ event })
  if (Number.isNaN(receivedAt)) return false

  const ahead = ownTime - receivedAt
  const times = readSentTimes(deliveries)
  if (times.length === 0) return Number.isNaN(ahead) || ahead > MAX_AHEAD || ahead < -MAX_AGE
  // The destination replaces a time in the future with the present, so only the timestamp shows the mistake.
  const isAhead = ahead > MAX_AHEAD && times.some((time) => time >= receivedAt)
  return isAhead || times.some((time) => receivedAt - time > MAX_AGE)
}

function isInvalid(reason: MappingDelivery['reason']): boolean {
  return findReasons(reason, INVALID).length > 0 || isRefusedFor('occurredAt', reason)
}

/** Returns the valid times of the events that were sent, each once. The events of a list have one time. */
function readSentTimes(deliveries: EventObservation['deliveries']): number[] {
  const times: number[] = []
  let latest: string | undefined
  for (const delivery of deliveries) {
    for (const list of listSent(delivery)) {
      for (const { occurredAt } of list) {
        if (occurredAt === latest) continue
        latest = occurredAt
        const time = toMilliseconds(occurredAt)
        if (time !== undefined && !times.includes(time)) times.push(time)
      }
    }
  }
  return times
}
