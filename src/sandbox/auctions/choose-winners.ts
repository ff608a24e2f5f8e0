import { compareText } from '../compare-text'
import type { Auction, Category } from '../contract'
import type { Product } from './catalogue'

/** The product, vendor, brand or URL that an ad is for. */
export type AuctionTarget = { type: 'product' | 'vendor' | 'brand' | 'url'; id: string }

/**
 * Chooses the winners of an auction by rules that a person can follow. If the request has products, they are sorted by
 * quality score and then by id. Otherwise the products of the catalogue that fit the category and the search query are
 * sorted by id. The first `slots` of them win. In a banner auction, only products with a banner can win.
 */
export function chooseWinners(auction: Auction, catalogue: ReadonlyMap<string, Product>): AuctionTarget[] {
  return chooseProducts(auction, catalogue)
    .slice(0, auction.slots)
    .map((id) => ({ type: 'product', id }))
}

function chooseProducts(auction: Auction, catalogue: ReadonlyMap<string, Product>): string[] {
  const canWin = (id: string): boolean => auction.type === 'listings' || catalogue.get(id)?.banner !== undefined
  if (auction.products) return rank(auction.products).filter(canWin)
  return [...catalogue.values()]
    .filter((product) => fitsCategory(product, auction.category) && fitsQuery(product, auction.searchQuery))
    .map(({ id }) => id)
    .filter(canWin)
    .sort(compareText)
}

/** Sorts the products of a request, best first. A product without a score has the score 1, as at Topsort. */
function rank({ ids, qualityScores = [] }: NonNullable<Auction['products']>): string[] {
  const scores = new Map<string, number>()
  for (const [index, id] of ids.entries()) {
    const score = qualityScores.at(index) ?? 1
    scores.set(id, Math.max(score, scores.get(id) ?? 0))
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
