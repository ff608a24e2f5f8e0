import type { Format } from '../contract'
import type { Interaction } from './interaction'
import { addToTimeline, compareInteractions, createTimeline, findLast, findNext, type Timeline } from './timeline'

/**
 * The interactions of a person or of everybody, in timelines by what a reader asks for. An interaction is in several.
 * The keys come from the functions below.
 */
export type History = Map<string, Timeline>

type Kind = Interaction['type']

/** The key of the sponsored interactions with a product. */
export const sponsoredKey = (productId: string, kind: Kind, format: Format): string =>
  `${kind} ${format} product ${productId}`

/** The key of the sponsored interactions with any product of a vendor. */
export const vendorKey = (vendorId: string, kind: Kind, format: Format): string =>
  `${kind} ${format} vendor ${vendorId}`

/** The key of the organic interactions with a product. */
export const organicKey = (productId: string): string => `organic ${productId}`

/** The key of the sponsored interactions that name no product. */
export const UNNAMED = 'unnamed'

/** The key of all sponsored interactions. */
export const SPONSORED = 'sponsored'

/** Adds an interaction to the timelines where a reader looks for it. */
export function addToHistory(history: History, interaction: Interaction): void {
  for (const key of listKeys(interaction)) {
    let timeline = history.get(key)
    if (!timeline) {
      timeline = createTimeline()
      history.set(key, timeline)
    }
    addToTimeline(timeline, interaction)
  }
}

function listKeys({ type, format, productIds, vendorId, resolvedBidId }: Interaction): string[] {
  if (resolvedBidId === undefined) return productIds.map(organicKey)
  return [
    SPONSORED,
    ...productIds.map((productId) => sponsoredKey(productId, type, format)),
    ...(productIds.length === 0 ? [UNNAMED] : []),
    ...(vendorId === undefined ? [] : [vendorKey(vendorId, type, format)])
  ]
}

/** Moves all interactions of one history to another. */
export function mergeHistory(from: History, into: History): void {
  for (const [key, timeline] of from) {
    const target = into.get(key)
    if (!target) into.set(key, timeline)
    else for (const interaction of timeline.interactions) addToTimeline(target, interaction)
  }
}

/** Returns the last interaction of some timelines that counts at `time`, in epoch milliseconds. */
export function findLastAmong(history: History, keys: string[], time: number): Interaction | undefined {
  return sortFound(keys.map((key) => findLast(history.get(key), time))).at(-1)
}

/** Returns the first interaction of some timelines that counts only after `time`, in epoch milliseconds. */
export function findNextAmong(history: History, keys: string[], time: number): Interaction | undefined {
  return sortFound(keys.map((key) => findNext(history.get(key), time))).at(0)
}

function sortFound(found: (Interaction | undefined)[]): Interaction[] {
  return found.filter((interaction) => interaction !== undefined).sort(compareInteractions)
}
