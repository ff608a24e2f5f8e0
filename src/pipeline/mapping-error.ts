import { transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { EventResult } from './attempt'
import { messageOf, toErrorReason, type Fields } from './reason'

/** The status of an event that does not fit the fields of its action. A further attempt would make no difference. */
const UNFIT = 400

/**
 * Applies each field of a mapping on its own to find the one that cannot be applied to an event.
 *
 * @param fields the fields of the action
 * @returns the result of the event, which names the field. Undefined if every field can be applied
 */
export function findMappingError(mapping: JSONObject, event: object, fields: Fields): EventResult | undefined {
  for (const [key, value] of Object.entries(mapping)) {
    try {
      transform({ [key]: value }, event as JSONObject)
    } catch (error) {
      const message = `The mapping of "${key}" cannot be applied to this event: ${messageOf(error).trim().replace(/\.$/, '')}. At Segment, such an event fails every event of its batch.`
      return { status: UNFIT, ok: false, message, reason: { ...toErrorReason(error, fields), fields: [key] } }
    }
  }
  return undefined
}
