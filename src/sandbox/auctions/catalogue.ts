import { text } from '../contract/parts'
import { compileReader } from '../validation'

/** A product that can win auctions. */
export type Product = {
  id: string
  /** Search queries are compared with the name. */
  name: string
  /** The vendor pays for the ads. Products of one vendor share a campaign. */
  vendorId?: string
  categories?: string[]
  /** The content of the product's banner. A product without a banner wins no banner auction. */
  banner?: Asset
}

/**
 * The content of a banner: the URL of an image or video, and values for the template of the marketplace. Their keys may
 * start with a language, such as `enUSctaText`.
 */
export type Asset = { url: string; content?: Record<string, unknown> }

/** The schema of an `Asset`. */
export const assetSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: { url: text, content: { type: 'object' } }
} as const

const catalogueSchema = {
  type: 'array',
  maxItems: 100_000,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'name'],
    properties: {
      id: text,
      name: text,
      vendorId: text,
      categories: { type: 'array', items: text },
      banner: assetSchema
    }
  }
} as const

const read = compileReader<Product[]>(catalogueSchema, 'catalogue')

/**
 * Checks a catalogue that comes from outside, such as the body of a request.
 *
 * @throws Error with the path of the invalid value: `catalogue[1] must have the key name`.
 */
export function parseCatalogue(value: unknown): Product[] {
  const products = read(value)
  const ids = new Set<string>()
  for (const [index, { id }] of products.entries()) {
    if (ids.has(id)) throw new Error(`catalogue[${index}].id is the id of an earlier product: ${id}`)
    ids.add(id)
  }
  return products
}

/** Draws a banner with a line of text. It is a data URL, so it needs no network. */
export function drawBanner(title: string): Asset {
  const escaped = title.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="728" height="90"><rect width="728" height="90" fill="#fde68a"/>` +
    `<text x="364" y="54" font-family="sans-serif" font-size="28" text-anchor="middle">${escaped}</text></svg>`
  return { url: `data:image/svg+xml,${encodeURIComponent(svg)}` }
}

/** The catalogue of a new sandbox: a small grocery with three vendors. */
export const DEFAULT_CATALOGUE: readonly Product[] = [
  {
    id: 'p_PJbnN',
    name: 'Vanilla yogurt',
    vendorId: 'v_alpine',
    categories: ['c_dairy', 'c_yogurt'],
    banner: {
      ...drawBanner('Vanilla yogurt by Alpine'),
      content: { headingText: 'Vanilla yogurt by Alpine', enUSctaText: 'Buy now', esMXctaText: 'Comprar' }
    }
  },
  { id: 'p_ojng4', name: 'Strawberry yogurt', vendorId: 'v_alpine', categories: ['c_dairy', 'c_yogurt'] },
  { id: 'p_8VKDt', name: 'Plain yogurt', vendorId: 'v_meadow', categories: ['c_dairy', 'c_yogurt', 'c_organic'] },
  {
    id: 'p_Mfk15',
    name: 'Whole milk',
    vendorId: 'v_meadow',
    categories: ['c_dairy', 'c_milk', 'c_organic'],
    banner: drawBanner('Whole milk by Meadow')
  },
  { id: 'p_SA0238', name: 'Oat milk', vendorId: 'v_mill', categories: ['c_milk', 'c_vegan'] },
  {
    id: 'p_oajf2D',
    name: 'Oat cookies',
    vendorId: 'v_mill',
    categories: ['c_snacks', 'c_vegan'],
    banner: drawBanner('Oat cookies by Mill')
  }
]
