import type { FromSchema } from 'json-schema-to-ts'
import { compile } from '../validation'
import { closed } from './parts'

const userId = { type: 'string', minLength: 1, maxLength: 64 } as const

const linkUsersRequestSchema = {
  ...closed,
  required: ['from', 'to'],
  properties: { from: userId, to: userId }
} as const

/** Two opaque user ids of one person: the body of `POST /v2/events/beta/link-users`. */
export type LinkUsersRequest = FromSchema<typeof linkUsersRequestSchema>

const parse = compile<LinkUsersRequest>(linkUsersRequestSchema, 'the body')

/** Checks a parsed JSON body. Topsort refuses a pair of equal ids, which a schema cannot express. */
export const parseLinkUsersRequest: typeof parse = (body) => {
  const parsed = parse(body)
  if (parsed.ok && parsed.value.from === parsed.value.to) {
    return { ok: false, misfit: { message: 'to must differ from from' } }
  }
  return parsed
}
