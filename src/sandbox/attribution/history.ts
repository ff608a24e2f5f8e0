import type { Format } from '../contract'
import type { AdInteraction } from './interaction'
import { addToTimeline, createTimeline, type Timeline } from './timeline'

/** A kind and a format of interactions, such as `click listings`. */
export type Slot = `${AdInteraction['type']} ${Format}`

/** The sponsored interactions with one product, or with the products of one vendor, by kind and format. */
export type TimelinesBySlot = { [Name in Slot]?: Timeline }

/** The interactions of one person or of all people, indexed by product and by vendor. */
export type InteractionHistory = {
  /** Sponsored interactions, by product id. */
  products: Map<string, TimelinesBySlot>
  /** Sponsored interactions, by vendor id. */
  vendors: Map<string, TimelinesBySlot>
  /** Organic interactions, by product id. */
  organic: Map<string, Timeline>
  /** Sponsored interactions that name no product. */
  withoutProduct: Timeline
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
    withoutProduct: createTimeline(),
    sponsored: createTimeline(),
    size: 0
  }
}

/** Adds an interaction to each part of a history where it belongs. */
export function addToHistory(history: InteractionHistory, interaction: AdInteraction): void {
  const { type, format, productIds, vendorId, resolvedBidId } = interaction
  history.size += 1
  if (resolvedBidId === undefined) {
    for (const productId of productIds)
      addToTimeline(getOrCreate(history.organic, productId, createTimeline), interaction)
    return
  }
  const slot: Slot = `${type} ${format}`
  addToTimeline(history.sponsored, interaction)
  if (productIds.length === 0) addToTimeline(history.withoutProduct, interaction)
  for (const productId of productIds) addToShelf(history.products, productId, slot, interaction)
  if (vendorId !== undefined) addToShelf(history.vendors, vendorId, slot, interaction)
}

function addToShelf(shelves: Map<string, TimelinesBySlot>, id: string, slot: Slot, interaction: AdInteraction): void {
  const shelf = getOrCreate(shelves, id, (): TimelinesBySlot => ({}))
  shelf[slot] ??= createTimeline()
  addToTimeline(shelf[slot], interaction)
}

function getOrCreate<Value>(values: Map<string, Value>, key: string, create: () => Value): Value {
  let value = values.get(key)
  if (value === undefined) {
    value = create()
    values.set(key, value)
  }
  return value
}
