import { createHash } from 'node:crypto'
import { toErrorAnswer, type ErrorAnswer } from '../answers'
import type { Format } from '../contract'
import { createScriptQueue } from '../script-queue'
import { type Bid, createBidRegistry } from './bids'
import { DEFAULT_CATALOGUE, drawBanner, type Product } from './catalogue'
import { type AnyAuction, chooseWinners, type ChosenWinner } from './choose-winners'
import type { AuctionScript } from './scripts'

/** A finished auction. */
export type AuctionRun = {
  /** When it ran, in epoch milliseconds. */
  at: number
  opaqueUserId?: string
  /** The auction as it was requested. */
  request: AnyAuction
  /** Best first. Empty if nobody won. */
  winners: Bid[]
}

/** The result of one auction, as Topsort answers it. */
type AuctionResult = { resultType: string; winners: object[]; error: boolean }

/** The answer to a request. `delay` is in milliseconds. */
type AuctionsAnswer = { delay: number } & ({ ok: true; results: AuctionResult[] } | { ok: false; error: ErrorAnswer })

/** Runs auctions and remembers their bids. */
export type AuctionHouse = ReturnType<typeof createAuctionHouse>

/**
 * Creates an auction house with the default catalogue.
 *
 * @param now The clock, in epoch milliseconds.
 * @param onScript is called when steps of the script are replaced or used up
 */
export function createAuctionHouse(
  now: () => number,
  onAuction?: (auction: AuctionRun) => void,
  onScript?: () => void
) {
  const bids = createBidRegistry()
  const scripts = createScriptQueue<AuctionScript>(onScript)
  let catalogue = toCatalogue(DEFAULT_CATALOGUE)
  let hasRun = false

  const runAuction = (request: AnyAuction, step: AuctionScript | undefined, at: number): AuctionResult => {
    const chosen = step?.error ? [] : (readWinners(step, request) ?? chooseWinners(request, catalogue))
    const winners = chosen.map((winner) => ({ winner, bid: bids.issue(toBid(winner, request, at, catalogue)) }))
    hasRun = true
    onAuction?.(structuredClone({ at, opaqueUserId: userOf(request), request, winners: winners.map(({ bid }) => bid) }))
    return {
      resultType: request.type,
      winners: winners.map(({ winner, bid }, index) => toWinner(winner, bid, index + 1, catalogue.get(bid.id))),
      error: step?.error ?? false
    }
  }

  return {
    /** Runs the auctions of a request. Calls `onAuction` for each. */
    run: (auctions: readonly AnyAuction[]): AuctionsAnswer => {
      const steps = auctions.map(() => scripts.next())
      const delay = Math.max(...steps.map((step) => step?.delay ?? 0))
      const status = steps.find((step) => step?.status !== undefined)?.status
      if (status !== undefined) return { ok: false, delay, error: toErrorAnswer(status) }
      const at = now()
      return { ok: true, delay, results: auctions.map((auction, index) => runAuction(auction, steps[index], at)) }
    },
    /** Sets the results of the next auctions. Replaces the remaining steps. */
    script: scripts.script,
    /** Returns the remaining steps. */
    scriptsLeft: scripts.left,
    /** Remembers the bids of auctions of an earlier run. */
    restore: (auctions: readonly AuctionRun[]): void => {
      for (const { winners } of auctions) structuredClone(winners).forEach(bids.add)
      hasRun = hasRun || auctions.length > 0
    },
    findBid: bids.find,
    findVendor: (productId: string): string | undefined => catalogue.get(productId)?.vendorId,
    /** Returns whether a product is in the catalogue. */
    hasProduct: (productId: string): boolean => catalogue.has(productId),
    /** Returns whether an auction has run since the start or the last `forget`. */
    hasRun: (): boolean => hasRun,
    /** Returns a copy of the products. */
    catalogue: (): Product[] => structuredClone([...catalogue.values()]),
    replaceCatalogue: (products: readonly Product[]): void => {
      catalogue = toCatalogue(products)
    },
    /** Forgets the bids and the script. The catalogue stays. */
    forget: (): void => {
      bids.clear()
      scripts.script([])
      hasRun = false
    }
  }
}

function toCatalogue(products: readonly Product[]): ReadonlyMap<string, Product> {
  return new Map(structuredClone(products).map((product) => [product.id, product]))
}

function toBid(
  { type, id, vendorId, productIds, isFallback }: ChosenWinner,
  request: AnyAuction,
  at: number,
  catalogue: ReadonlyMap<string, Product>
): Omit<Bid, 'resolvedBidId'> {
  return {
    type,
    id,
    format: formatOf(request),
    auctionedAt: at,
    vendorId: vendorId ?? (type === 'vendor' ? id : catalogue.get(id)?.vendorId),
    ...(productIds && { productIds }),
    ...(isFallback && { isFallback }),
    opaqueUserId: userOf(request)
  }
}

function readWinners(step: AuctionScript | undefined, request: AnyAuction): ChosenWinner[] | undefined {
  const slots = request.type === 'brand' ? request.winners : request.slots
  return step?.winners?.slice(0, slots).map((winner) => ({ type: 'product', ...winner }))
}

/** Returns the group of formats that the ads of an auction belong to. Travel ads are listings. */
function formatOf(request: AnyAuction): Format {
  if (request.type === 'brand') return 'brands'
  return request.type === 'banners' ? 'banners' : 'listings'
}

function userOf(request: AnyAuction): string | undefined {
  return request.type === 'hotels' || request.type === 'flights' ? undefined : request.opaqueUserId
}

/** Returns a winner as Topsort answers it. Its keys depend on the kind of the auction. */
function toWinner(chosen: ChosenWinner, bid: Bid, rank: number, product: Product | undefined): object {
  const { type, id, resolvedBidId, vendorId, format } = bid
  const { variationID, isFallback, asset = [product?.banner ?? drawBanner(id)] } = chosen
  const head = { rank, type, id, resolvedBidId }
  if (format === 'brands') return { ...head, ...toBrand(bid) }

  const campaignId = toCampaignId(vendorId === undefined ? `${type}:${id}` : `vendor:${vendorId}`)
  const winner = { ...head, campaignId, ...(variationID !== undefined && { variationID }) }
  if (format !== 'banners') return chosen.vendorId === undefined ? winner : { ...winner, vendorId }
  const withVendor = vendorId === undefined ? winner : { ...winner, vendorId }
  return { ...withVendor, ...(isFallback && { isFallback }), asset }
}

function toBrand({ id, vendorId, productIds = [] }: Bid): object {
  const brandName = vendorId ?? id
  return {
    title: `${brandName} on top`,
    ...(vendorId !== undefined && { vendorId }),
    productIds,
    content: { headline: `Discover ${brandName}`, brandName, creative1: drawBanner(brandName).url }
  }
}

/** Derives a UUID, so that the campaign of a vendor has the same id in every process. */
function toCampaignId(owner: string): string {
  const hex = createHash('sha256').update(owner).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-'
  )
}
