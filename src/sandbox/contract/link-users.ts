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

/** Checks a parsed JSON body. Topsort refuses a pair of equal ids, which a schema cannot express. */
export const parseLinkUsersRequest = compile<LinkUsersRequest>(linkUsersRequestSchema, 'the body', ({ from, to }) =>
  from === to ? { message: 'to must differ from from' } : undefined
)
