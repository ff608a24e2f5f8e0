import type { ActionDefinition } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import { linkUsersEndpoint } from '../client'
import type { Conversion, Converted } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { toId } from '../facts'
import { batching } from '../fields'
import type { Settings } from '../generated-types'
import { at } from '../mappings'
import type { LinkedUsers } from '../types'
import type { Payload } from './generated-types'

const MAX_ID_LENGTH = 64

const links: Conversion<Payload, LinkedUsers> = { noun: 'link', endpoint: linkUsersEndpoint, convert }

const action: ActionDefinition<Settings, Payload> = {
  title: 'Link Users',
  description:
    'Tell Topsort that a logged-out and a logged-in id are the same user. This is a beta: Topsort has to enable it for you.',
  defaultSubscription: 'type = "identify"',
  fields: {
    from: {
      label: 'Logged-out ID',
      description: 'The opaque user id of the user before the login, at most 64 characters.',
      type: 'string',
      default: at('$.anonymousId')
    },
    to: {
      label: 'Logged-in ID',
      description: 'The opaque user id of the user after the login, at most 64 characters.',
      type: 'string',
      default: at('$.userId')
    },
    ...batching
  },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, links),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, links)
}

export default action

/**
 * Makes the pair of ids. A missing id is not an error, because many pages call identify before there is a user id.
 * @throws PayloadValidationError if an id is invalid or too long, or if both are the same
 */
function convert(payload: Payload): Converted<LinkedUsers> {
  const from = toId(payload.from, 'from', 'link')
  const to = toId(payload.to, 'to', 'link')
  if (!from || !to) {
    const names = [from ? '' : 'from', to ? '' : 'to'].filter(Boolean)
    return { items: [], note: `No users are linked: ${names.join(' and ')} is empty.` }
  }
  if (from === to) {
    throw new PayloadValidationError(
      `Both ids of this link are ${from}. Map from to the id before the login, and to to the id after it.`
    )
  }
  for (const [field, id] of Object.entries({ from, to })) {
    if (id.length > MAX_ID_LENGTH) {
      throw new PayloadValidationError(
        `The id in ${field} of this link has ${id.length} characters, and Topsort takes ${MAX_ID_LENGTH} at most. Send a shorter id, and the same one with events and auctions.`
      )
    }
  }
  return { items: [{ from, to }] }
}
