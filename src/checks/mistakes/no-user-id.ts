import type { Check } from '../check'
import { callerOf, timeOf, toKeptId } from '../facts'
import type { EventObservation } from '../observation'

/** A call that no user can be told from. A mapping that was delivered had an id from elsewhere. */
export const noUserId: Check = {
  code: 'no-user-id',
  severity: 'loses data',
  title: 'An event has no user id',
  why: 'Segment refuses a call that has neither anonymousId nor userId, and Topsort an event without opaqueUserId. The event is lost.',
  cure: "Send Segment's anonymousId, also from the server, or map Opaque User ID to an id that every event has.",
  ofEvent(observation) {
    const { deliveries, event } = observation
    if (deliveries.some(({ ok }) => ok)) return []
    const isMissing = callerOf(observation).length === 0 || isMissingIn(observation)
    const messageId = toKeptId(event.messageId)
    return isMissing ? [{ key: messageId, time: timeOf(observation).time, sample: { messageId } }] : []
  }
}

/** A saved mapping may read an id that this call does not have. The framework and the destination then name the field. */
function isMissingIn({ deliveries }: EventObservation): boolean {
  return deliveries.some(({ message, sent }) => !sent && /missing .*opaqueUserId/.test(message))
}
