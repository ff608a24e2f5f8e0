import type { Check } from '../check'
import { readCallerIds, readTime, toKeptId } from '../facts'
import type { EventObservation } from '../observation'

/** A call has no user id. If one of its mappings was delivered, the mapping read the id from another property. */
export const noUserId: Check = {
  code: 'no-user-id',
  severity: 'loses data',
  title: 'An event has no user id',
  why: 'Segment refuses a call that has neither anonymousId nor userId. Topsort refuses an event without opaqueUserId. The event is lost.',
  cure: "Send Segment's anonymousId, also from the server, or map Opaque User ID to an id that every event has.",
  ofEvent(observation) {
    const { deliveries, event } = observation
    if (deliveries.some(({ ok }) => ok)) return []
    const isMissing = readCallerIds(observation).length === 0 || isMissingIn(observation)
    const messageId = toKeptId(event.messageId)
    return isMissing ? [{ key: messageId, time: readTime(observation).time, sample: { messageId } }] : []
  }
}

/** Looks for the message of the framework, or of the destination, about an id that a mapping did not find. */
function isMissingIn({ deliveries }: EventObservation): boolean {
  return deliveries.some(({ message, sent }) => !sent && /missing .*opaqueUserId/.test(message))
}
