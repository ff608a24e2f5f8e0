import type { FromSchema } from 'json-schema-to-ts'
import { compile, type Parsed } from '../validation'
import { checkEach, findScoreMismatch, geoTargeting, products, slots, toRequestSchema } from './auctions'
import { page, text } from './parts'

const TRIGGERS = ['category', 'products', 'searchQuery'] as const

const brandAuction = {
  type: 'object',
  required: ['winners', 'placementId', 'triggers'],
  properties: {
    winners: slots,
    placementId: { type: 'string' },
    triggers: {
      type: 'object',
      properties: {
        category: { type: 'object', required: ['id'], properties: { id: text } },
        products,
        searchQuery: { type: 'string' }
      }
    },
    opaqueUserId: text,
    geoTargeting,
    page
  },
  refusals: {
    'required winners': { errCode: 'missing_slots' },
    'required placementId': { errCode: 'missing_placement' },
    'required triggers': { errCode: 'missing_context' }
  }
} as const

/** One auction for sponsored brands. `type` is added, so that auctions of all kinds can be told apart. */
export type BrandAuction = FromSchema<typeof brandAuction> & { type: 'brand' }

const parse = compile<{ auctions: FromSchema<typeof brandAuction>[] }>(
  toRequestSchema(brandAuction),
  'the body',
  checkEach(({ triggers }, path) => {
    if (TRIGGERS.filter((key) => triggers[key] !== undefined).length === 1) {
      return findScoreMismatch(triggers.products, `${path}.triggers`)
    }
    return { errCode: 'missing_context', message: `${path}.triggers must have one of ${TRIGGERS.join(', ')}` }
  })
)

/**
 * Checks the parsed JSON body of `POST /v2/auctions/sponsored-brand`. Unknown keys are allowed, as in Topsort's OpenAPI
 * file.
 */
export function parseBrandAuctionsRequest(body: unknown): Parsed<{ auctions: BrandAuction[] }> {
  const parsed = parse(body)
  if (!parsed.ok) return parsed
  return { ok: true, value: { auctions: parsed.value.auctions.map((auction) => ({ ...auction, type: 'brand' })) } }
}
