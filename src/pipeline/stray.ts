import { createNewestList } from '../core'
import type { Delivery } from './delivery'

/** How many strays are kept. They are kept beside the other deliveries, and never take their place. */
export const MAX_STRAYS = 50

/** How many reasons are counted on their own. All others are counted together. */
const MAX_REASONS = 100

/**
 * Creates an empty record of strays: refused requests that are not of the shop, such as those of a foreign website. Anyone
 * can make thousands of them, so few are kept, and few are reported: the first of each reason, the tenth and so on.
 */
export function createStrays() {
  const kept = createNewestList<{ delivery: Delivery; after: number }>(MAX_STRAYS)
  const counts = new Map<string, number>()

  return {
    /**
     * Adds a refused request.
     *
     * @param after how many other deliveries were settled before
     * @param reason the part of the message that all requests of its kind share
     * @returns the delivery to report, which says how many came. Undefined if this one is not reported
     */
    add(delivery: Delivery, after: number, reason: string): Delivery | undefined {
      kept.add({ delivery, after })
      const kind = counts.has(reason) || counts.size < MAX_REASONS ? reason : ''
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      if (!Number.isInteger(Math.log10(count))) return undefined
      return count === 1
        ? delivery
        : { ...delivery, message: `${delivery.message} (${count} requests were refused like this so far.)` }
    },
    /**
     * Returns the deliveries with the strays in between, in the order in which they came.
     *
     * @param dropped how many deliveries came before the first one
     */
    mergeInto(deliveries: Delivery[], dropped: number): Delivery[] {
      const strays = kept.items()
      if (strays.length === 0) return deliveries
      const merged: Delivery[] = []
      let next = 0
      deliveries.forEach((delivery, index) => {
        for (; next < strays.length && strays[next].after <= dropped + index; next += 1) {
          merged.push(strays[next].delivery)
        }
        merged.push(delivery)
      })
      return [...merged, ...strays.slice(next).map(({ delivery }) => delivery)]
    },
    clear(): void {
      kept.clear()
      counts.clear()
    }
  }
}
