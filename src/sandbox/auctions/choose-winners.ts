import { compareText, groupBy } from '../../core'
import {
  type Auction,
  type BrandAuction,
  type Category,
  MAX_SLOTS,
  type Products,
  type TravelAuction
} from '../contract'
import type { Asset, Product } from './catalogue'

/** The product, vendor, brand or URL that an ad is for. */
export type AuctionTarget = { type: 'product' | 'vendor' | 'brand' | 'url'; id: string }

/** An auction of any kind. */
export type AnyAuction = Auction | BrandAuction | TravelAuction

/** A winner before it has a bid. */
export type ChosenWinner = AuctionTarget & {
  /** Default: the vendor of the product in the catalogue, or the vendor that won. */
  vendorId?: string
  /** The products of the campaign of a sponsored brand. */
  productIds?: string[]
  /** The variation of a flight. */
  variationID?: string
  /** Marks a banner that is shown because no campaign won. Its bid must not be reported. */
  isFallback?: boolean
  /** The content of a banner, such as a picture or the address of a video. Default: the banner of the product. */
  asset?: Asset[]
}

type Catalogue = ReadonlyMap<string, Product>

/**
 * Chooses the winners of an auction by rules that a person can follow. If the request has products, they are sorted by
 * quality score and then by id. Otherwise the products of the catalogue that fit the category and the search query are
 * sorted by id. The first `slots` of them win. In a banner auction, only products with a banner can win. In an auction for
 * sponsored brands, the vendors of these products win. Flights only win if the request has them.
 */
export function chooseWinners(auction: AnyAuction, catalogue: Catalogue): ChosenWinner[] {
  switch (auction.type) {
    case 'brand':
      return chooseBrands(auction, catalogue)
    case 'hotels':
    case 'flights':
      return chooseTravel(auction, catalogue)
    default:
      return chooseProducts(auction, catalogue)
        .filter((id) => auction.type === 'listings' || catalogue.get(id)?.banner !== undefined)
        .slice(0, auction.slots)
        .map(toProduct)
  }
}

type Context = { products?: Products; category?: Category; searchQuery?: string }

function chooseProducts({ products, category, searchQuery }: Context, catalogue: Catalogue): string[] {
  if (products) return rank(products.ids.map((id, index) => ({ id, score: products.qualityScores?.at(index) })))
  return [...catalogue.values()]
    .filter((product) => fitsCategory(product, category) && fitsQuery(product, searchQuery))
    .map(({ id }) => id)
    .sort(compareText)
}

/** A vendor wins once, with all of its products that could win. */
function chooseBrands({ winners, triggers }: BrandAuction, catalogue: Catalogue): ChosenWinner[] {
  const vendors = groupBy(chooseProducts(triggers, catalogue), (id) => catalogue.get(id)?.vendorId)
  const brands = [...vendors].flatMap(([vendorId, productIds]): ChosenWinner[] => {
    if (vendorId === undefined) return []
    return [{ type: 'url', id: `https://shop.example/brands/${encodeURIComponent(vendorId)}`, vendorId, productIds }]
  })
  return brands.slice(0, winners)
}

function chooseTravel(auction: TravelAuction, catalogue: Catalogue): ChosenWinner[] {
  const slots = Math.min(auction.slots, MAX_SLOTS)
  if (auction.type === 'flights') {
    const flights = [...(auction.products ?? [])].sort((one, other) => scoreOf(other) - scoreOf(one))
    return flights.slice(0, slots).map(({ id, variationID = '' }) => ({ ...toProduct(id), variationID }))
  }
  const { products, category } = auction
  const ids = products
    ? rank(products.map((hotel) => ({ id: hotel.id, score: hotel.qualityScore })))
    : chooseProducts({ category: category?.singleCategory }, catalogue)
  return ids.slice(0, slots).map(toProduct)
}

function toProduct(id: string): ChosenWinner {
  return { type: 'product', id }
}

/** A product without a score has the score 1, as at Topsort. */
function scoreOf({ qualityScore = 1 }: { qualityScore?: number }): number {
  return qualityScore
}

/** Sorts the products of a request, best first, each once. */
function rank(products: { id: string; score?: number }[]): string[] {
  const scores = new Map<string, number>()
  for (const { id, score } of products) {
    scores.set(id, Math.max(scoreOf({ qualityScore: score }), scores.get(id) ?? 0))
  }
  return [...scores]
    .sort(([id, score], [other, otherScore]) => otherScore - score || compareText(id, other))
    .map(([id]) => id)
}

function fitsCategory({ categories = [] }: Product, wanted: Category | undefined): boolean {
  if (!wanted) return true
  const all = [...(wanted.id === undefined ? [] : [wanted.id]), ...(wanted.ids ?? [])]
  return (
    all.every((id) => categories.includes(id)) &&
    (wanted.disjunctions ?? []).every((any) => any.some((id) => categories.includes(id)))
  )
}

/** Returns whether the name contains each word of the query, in any case. An empty query fits each product. */
function fitsQuery({ name }: Product, query = ''): boolean {
  const lowerName = name.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lowerName.includes(word))
}
