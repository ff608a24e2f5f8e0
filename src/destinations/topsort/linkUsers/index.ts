import type { ActionDefinition } from '@segment/actions-core'
import { linkUsersEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { isNobody, isNone, toUser } from '../facts'
import { batching } from '../fields'
import type { Settings } from '../generated-types'
import { at } from '../mappings'
import { quoteId } from '../messages'
import type { Reason } from '../reasons'
import { InvalidEvent } from '../reasons'
import type { LinkedUsers } from '../types'
import type { Payload } from './generated-types'

const MAX_ID_LENGTH = 64

export const links: Conversion<Payload, LinkedUsers> = { noun: 'link', endpoint: linkUsersEndpoint, convert }

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
 * Makes the pair of ids. A missing id is not an error, because many pages call identify before there is a user id. The
 * same goes for ids such as `0`, which some shops send for guests.
 * @throws InvalidEvent if an id is invalid or too long, or if both are the same
 */
function convert(payload: Payload, notes: Reason[]): LinkedUsers[] {
  const from = toLinkedId(payload.from, 'from')
  const to = toLinkedId(payload.to, 'to')
  if (!from || !to) {
    notes.push({ code: 'link_id_missing', fields: [...(from ? [] : ['from']), ...(to ? [] : ['to'])] })
    return []
  }
  if (from === to) throw new InvalidEvent({ code: 'link_ids_equal', value: quoteId(from) })
  for (const [field, { length }] of Object.entries({ from, to })) {
    if (length > MAX_ID_LENGTH) {
      throw new InvalidEvent({ code: 'link_id_too_long', field, length, limit: MAX_ID_LENGTH })
    }
  }
  return [{ from, to }]
}

function toLinkedId(value: unknown, field: string): string | undefined {
  const id = toUser(value)
  if (id || isNone(value) || isNobody(value)) return id
  throw new InvalidEvent({ code: 'link_id_invalid', field, value: quoteId(value) })
}
