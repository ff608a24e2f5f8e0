import type { FromSchema } from 'json-schema-to-ts'
import { compile } from '../validation'
import { checkEach, toRequestSchema, toTypedSchema } from './auctions'
import { count, text } from './parts'

const MAX_PASSENGERS = 10
const MAX_SITE_LENGTH = 64

const date = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' } as const
const qualityScore = { type: 'number', exclusiveMinimum: 0, maximum: 1 } as const

const contextProperties = {
  site: { ...text, maxLength: MAX_SITE_LENGTH },
  passengers: { type: 'integer', maximum: MAX_PASSENGERS },
  travelStartDate: date,
  travelEndDate: date,
  travelerType: { type: 'string', enum: ['family', 'group', 'solo', 'couple'] },
  pageName: { type: 'string' },
  platform: { type: 'string' }
} as const

const required = ['type', 'slots', 'travelContext'] as const
// A number over 40 is capped, not refused.
const travelSlots = { ...count, refusals: { minimum: { errCode: 'too_few_slots' } } } as const
const refusals = { 'required slots': { errCode: 'missing_slots' } } as const

const hotels = {
  type: 'object',
  required,
  properties: {
    type: { const: 'hotels' },
    slots: travelSlots,
    products: {
      type: 'array',
      items: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, qualityScore } }
    },
    category: {
      type: 'object',
      required: ['singleCategory'],
      properties: { singleCategory: { type: 'object', required: ['id'], properties: { id: text } } }
    },
    travelContext: { type: 'object', required: ['site'], properties: contextProperties }
  },
  refusals
} as const

const flights = {
  type: 'object',
  required,
  properties: {
    type: { const: 'flights' },
    slots: travelSlots,
    products: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          variationID: { type: 'string' },
          price: { type: 'number' },
          qualityScore
        }
      }
    },
    travelContext: {
      type: 'object',
      required: ['site'],
      properties: { ...contextProperties, route: { type: 'string' }, flightType: { type: 'string' } }
    }
  },
  refusals
} as const

const requestSchema = toRequestSchema(toTypedSchema([hotels, flights], 'must have the type "hotels" or "flights"'))

/** One auction for hotels or flights. */
export type TravelAuction = FromSchema<typeof hotels> | FromSchema<typeof flights>

/** Checks the parsed JSON body of `POST /v2/auctions/travel`. Unknown keys are allowed, as in Topsort's OpenAPI file. */
export const parseTravelAuctionsRequest = compile<{ auctions: TravelAuction[] }>(
  requestSchema,
  'the body',
  checkEach(({ travelContext }, path) => {
    const { travelStartDate: start, travelEndDate: end } = travelContext
    if (start === undefined || end === undefined || end > start) return undefined
    return { message: `${path}.travelContext.travelEndDate must be after travelStartDate` }
  })
)
