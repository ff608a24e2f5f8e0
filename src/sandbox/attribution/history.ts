import { getOrCreate } from '../../core'
import type { Format } from '../contract'
import type { AdInteraction } from './interaction'
import { addToTimeline, createTimeline, type Timeline } from './timeline'

/** A kind and a format of interactions, such as `click listings`. */
export type Slot = `${AdInteraction['type']} ${Format}`

/** The sponsored interactions with one product, or with the products of one vendor, by kind and format. */
export type TimelinesBySlot = { [Name in Slot]?: Timeline }

/** The interactions of one person or of all people, indexed by product and by vendor. */
export type InteractionHistory = {
  /** Sponsored interactions, by product id and then by the vendor of the ad. The vendor is undefined if it is not known. */
  products: Map<string, Map<string | undefined, TimelinesBySlot>>
  /** Sponsored interactions, by vendor id. */
  vendors: Map<string, TimelinesBySlot>
  /** Organic interactions, by product id. */
  organic: Map<string, Timeline>
  /** Interactions with offsite ads, which need no bid, by product id. */
  offsiteProducts: Map<string, Timeline>
  /** Interactions with offsite ads, by vendor id. */
  offsiteVendors: Map<string, Timeline>
  /** Sponsored interactions that name no product. */
  withoutProduct: TimelinesBySlot
  /** All sponsored interactions. */
  sponsored: Timeline
  /** The number of interactions. */
  size: number
}

/** Creates an empty history. */
export function createInteractionHistory(): InteractionHistory {
  return {
    products: new Map(),
    vendors: new Map(),
    organic: new Map(),
    offsiteProducts: new Map(),
    offsiteVendors: new Map(),
    withoutProduct: {},
    sponsored: createTimeline(),
    size: 0
  }
}

/** Adds an interaction to each part of a history where it belongs. */
export function addToHistory(history: InteractionHistory, interaction: AdInteraction): void {
  const { type, format, productIds, vendorId, resolvedBidId } = interaction
  history.size += 1
  if (resolvedBidId === undefined) {
    addWithoutBid(history, interaction)
    return
  }
  const slot: Slot = `${type} ${format}`
  addToTimeline(history.sponsored, interaction)
  if (productIds.length === 0) addToSlot(history.withoutProduct, slot, interaction)
  for (const productId of productIds) {
    const shelves = getOrCreate(history.products, productId, (): Map<string | undefined, TimelinesBySlot> => new Map())
    addToSlot(getOrCreate(shelves, vendorId, createShelf), slot, interaction)
  }
  if (vendorId !== undefined) addToSlot(getOrCreate(history.vendors, vendorId, createShelf), slot, interaction)
}

function addWithoutBid(history: InteractionHistory, interaction: AdInteraction): void {
  const { productIds, vendorId, isOffsite } = interaction
  const products = isOffsite ? history.offsiteProducts : history.organic
  for (const productId of productIds) addToTimeline(getOrCreate(products, productId, createTimeline), interaction)
  if (!isOffsite || vendorId === undefined) return
  addToTimeline(getOrCreate(history.offsiteVendors, vendorId, createTimeline), interaction)
}

function createShelf(): TimelinesBySlot {
  return {}
}

function addToSlot(shelf: TimelinesBySlot, slot: Slot, interaction: AdInteraction): void {
  shelf[slot] ??= createTimeline()
  addToTimeline(shelf[slot], interaction)
}
