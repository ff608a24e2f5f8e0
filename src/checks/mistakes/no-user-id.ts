import type { Check } from '../model'
import type { EventObservation } from '../observation'
import { readCallerIds } from '../read-facts'
import { findReasons, isRefusedFor } from '../reasons'
import { toCallSighting } from '../sighting'

/** A call has no user id, or one that identifies nobody. If one of its mappings was delivered, the mapping read the id from another property. */
export const noUserId: Check = {
  code: 'no-user-id',
  severity: 'loses data',
  title: 'An event has no user id',
  why: 'Segment refuses a call that has neither anonymousId nor userId. Topsort refuses an event without opaqueUserId. The event is lost.',
  cure: "Send Segment's anonymousId, also from the server, or map Opaque User ID to an id that every event has.",
  needs: 'reasons',
  ofEvent(observation) {
    if (observation.deliveries.some(({ ok }) => ok)) return []
    const isMissing = readCallerIds(observation).length === 0 || isMissingIn(observation)
    // The call may have a user, but not the one that the mapping reads.
    return isMissing ? [toCallSighting(observation, { user: undefined })] : []
  }
}

/** The codes of an `opaqueUserId` that is empty or identifies nobody, such as `0`. */
const NOBODY = ['user_id_missing', 'user_id_meaningless', 'user_id_invalid']

function isMissingIn({ deliveries }: EventObservation): boolean {
  return deliveries.some(({ reason }) => findReasons(reason, NOBODY).length > 0 || isRefusedFor('opaqueUserId', reason))
}
