import type { FromSchema } from 'json-schema-to-ts'
import { compile, type Misfit } from '../validation'
import { count, device, page, text } from './parts'

/** The most auctions in a request. */
export const MAX_AUCTIONS = 5

/** The most winners of an auction. */
export const MAX_SLOTS = 40

const MAX_PRODUCTS = 10_000
const MAX_DISJUNCTIONS = 5
const MAX_ATTRIBUTES = 5

const ids = { type: 'array', minItems: 1, items: text } as const

const category = {
  type: 'object',
  properties: {
    id: text,
    ids,
    disjunctions: { type: 'array', minItems: 1, maxItems: MAX_DISJUNCTIONS, items: ids }
  },
  not: { type: 'object', properties: { id: false, ids: false, disjunctions: false } },
  refusals: { not: { message: 'must have the key id, ids or disjunctions' } }
} as const

/** The products that may win, with their quality scores. */
export const products = {
  type: 'object',
  required: ['ids'],
  properties: {
    ids: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_PRODUCTS,
      items: { ...text, refusals: { minLength: { errCode: 'missing_product_id' } } },
      refusals: { minItems: { errCode: 'no_products' } }
    },
    qualityScores: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_PRODUCTS,
      items: { type: 'number', exclusiveMinimum: 0, maximum: 1 }
    }
  },
  refusals: { 'required ids': { errCode: 'no_products' } }
} as const

/** The number of winners. */
export const slots = { ...count, maximum: MAX_SLOTS, refusals: { minimum: { errCode: 'too_few_slots' } } } as const

/** The place of the shopper. */
export const geoTargeting = {
  type: 'object',
  required: ['location'],
  properties: { location: { type: 'string' } }
} as const

/**
 * Returns the schema of a request with a list of auctions.
 *
 * @param items the schema of one auction
 */
export function toRequestSchema(items: object) {
  return {
    type: 'object',
    required: ['auctions'],
    properties: {
      auctions: {
        type: 'array',
        minItems: 1,
        maxItems: MAX_AUCTIONS,
        items,
        refusals: { minItems: { errCode: 'missing_auctions' }, maxItems: { errCode: 'too_many_auctions' } }
      }
    },
    refusals: { 'required auctions': { errCode: 'missing_auctions' } }
  }
}

/**
 * Returns the schema of an auction that has one of several shapes, told apart by its `type`.
 *
 * @param message says which types there are
 */
export function toTypedSchema(oneOf: readonly object[], message: string) {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { type: 'string' } },
    discriminator: { propertyName: 'type' },
    oneOf,
    refusals: { discriminator: { message } }
  }
}

const auctionProperties = {
  slots,
  products,
  category,
  searchQuery: { type: 'string' },
  opaqueUserId: text,
  placementId: { type: 'integer' },
  page,
  geoTargeting
} as const

const listings = {
  type: 'object',
  required: ['type', 'slots'],
  properties: {
    ...auctionProperties,
    type: { const: 'listings' },
    filter: {
      type: 'object',
      properties: {
        operator: { type: 'string', enum: ['and', 'or'] },
        attributes: { type: 'array', maxItems: MAX_ATTRIBUTES, items: { type: 'string', maxLength: 81 } }
      }
    },
    demandSources: { type: 'array' }
  },
  refusals: { 'required slots': { errCode: 'missing_slots' } }
} as const

const banners = {
  type: 'object',
  required: ['type', 'slots', 'slotId'],
  properties: {
    ...auctionProperties,
    type: { const: 'banners' },
    slotId: { ...text, refusals: { minLength: { errCode: 'missing_slot_id' } } },
    device
  },
  refusals: { 'required slots': { errCode: 'missing_slots' }, 'required slotId': { errCode: 'missing_slot_id' } }
} as const

/**
 * The JSON Schema (draft 7) of the body of `POST /v2/auctions`. Unknown keys are allowed, as in Topsort's OpenAPI file.
 *
 * Source: https://docs.topsort.com/en/api-reference/ (Create auctions).
 */
const requestSchema = toRequestSchema(toTypedSchema([listings, banners], 'must have the type "listings" or "banners"'))

type ListingsAuction = FromSchema<typeof listings>
type BannersAuction = FromSchema<typeof banners>

/** One auction of a request. */
export type Auction = ListingsAuction | BannersAuction

/** The products that a request names. */
export type Products = FromSchema<typeof products>

/** Selects the products of an auction by category. If it has several keys, a product must fit all of them. */
export type Category = FromSchema<typeof category>

/** A request body that fits the contract. */
export type AuctionsRequest = { auctions: Auction[] }

/** A group of ad formats with its own attribution rules. `banners` are banners, native ads and videos. */
export type Format = 'listings' | 'brands' | 'banners'

/** All formats. In attribution, Topsort prefers the first to the others. */
export const FORMATS = ['listings', 'brands', 'banners'] as const satisfies Format[]

/** Checks a parsed JSON body. A misfit is about the first auction that breaks the contract. */
export const parseAuctionsRequest = compile<AuctionsRequest>(requestSchema, 'the body', checkEach(findContradiction))

/** Returns a check of a request: it returns the first misfit of its auctions. */
export function checkEach<Each>(check: (auction: Each, path: string) => Misfit | undefined) {
  return ({ auctions }: { auctions: Each[] }): Misfit | undefined =>
    auctions.map((auction, index) => check(auction, `auctions[${index}]`)).find((misfit) => misfit !== undefined)
}

/** Returns a misfit if the products do not have one quality score each. A schema cannot express this. */
export function findScoreMismatch(products: Products | undefined, path: string): Misfit | undefined {
  return products?.qualityScores && products.qualityScores.length !== products.ids.length
    ? { message: `${path}.products.qualityScores must have as many items as products.ids` }
    : undefined
}

/** Checks rules about several keys of an auction, which a schema cannot express. */
function findContradiction(auction: Auction, path: string): Misfit | undefined {
  const { products, category, searchQuery } = auction
  const mismatch = findScoreMismatch(products, path)
  if (mismatch) return mismatch
  if (auction.type === 'banners') return undefined
  if (products && category) return { message: `${path} must not have both products and category` }
  if (!products && !category && !searchQuery?.trim()) {
    return { errCode: 'missing_context', message: `${path} must have products, a category or a searchQuery` }
  }
  if (auction.demandSources) {
    return {
      errCode: 'unauthorized_external_demand',
      message: `${path}.demandSources is not supported by the sandbox: omit it`
    }
  }
  return undefined
}
