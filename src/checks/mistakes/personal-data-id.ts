import type { Check } from '../model'
import { listSent } from '../observation'
import { toCallSighting } from '../sighting'

/** An email address or a phone number was sent as `opaqueUserId`. */
export const personalDataId: Check = {
  code: 'personal-data-id',
  severity: 'worth a look',
  title: 'A user id is an email address or a phone number',
  why: 'The id should say nothing about the person. Topsort keeps it with each event, and auctions send it too.',
  cure: 'Send the anonymous id, the customer number, or a hash of the address. Use the same value in auctions and events, or nothing is credited.',
  ofEvent(observation) {
    for (const delivery of observation.deliveries) {
      for (const list of listSent(delivery)) {
        const user = list.at(0)?.opaqueUserId
        if (user !== undefined && isPersonal(user)) return [toCallSighting(observation, { user })]
      }
    }
    return []
  }
}

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*\.[a-z]{2,}$/i

/**
 * A number with its country code, or with its area code in parentheses. Other digits may be the number of a customer.
 */
const PHONE = /^(tel:)?(\+|\(\d{2,5}\))[\d\s().-]*$/

/** Digits of a phone number with its country or area code (ITU-T E.164). */
const MIN_DIGITS = 8
const MAX_DIGITS = 15

/** An id in a cookie or an address may be encoded. */
const ENCODED: [RegExp, string][] = [
  [/%40/g, '@'],
  [/%2b/gi, '+']
]

function isPersonal(id: string): boolean {
  // Most ids have none of these characters, and each event is checked.
  if (!/[@+(%]/.test(id)) return false
  const decoded = ENCODED.reduce((text, [code, character]) => text.replace(code, character), id)
  if (EMAIL.test(decoded)) return true
  const digits = decoded.replace(/\D/g, '').length
  return PHONE.test(decoded) && digits >= MIN_DIGITS && digits <= MAX_DIGITS
}
