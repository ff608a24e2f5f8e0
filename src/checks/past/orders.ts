import { createIdTable } from '../../core'
import type { Group, Purchase } from '../model'
import { toNumber } from './numbers'

/** The forgotten purchases of an order. */
export type PastOrder = {
  /** Returns whether a purchase with the same products and quantities was sent, and if so, whether with the same event id. */
  compare: (purchase: Purchase) => 'same event' | 'another event' | undefined
}

/** The hash of the event id. 0: the row is new. */
const EVENT_ID = 0

/** Creates an empty memory. An order takes about 20 bytes. */
export function createPastOrders(maxOrders: number) {
  const table = createIdTable(1, maxOrders)
  const toKey = (orderId: string, { goods }: Purchase): string => `${orderId}\n${goods}`
  return {
    /**
     * Remembers a purchase before its group forgets it.
     *
     * @param group the purchases of the order, with this one
     */
    add({ keys: [orderId], purchases }: Group, purchase: Purchase): void {
      const first = purchases.find(({ path, goods }) => path === 'segment' && goods === purchase.goods)
      if (purchase !== first) return
      const row = table.put(toKey(orderId, purchase))
      if (table.get(row, EVENT_ID) === 0) table.set(row, EVENT_ID, toNumber(purchase.id))
    },
    find: (orderId: string): PastOrder => ({
      compare(purchase) {
        const row = table.find(toKey(orderId, purchase))
        if (row === -1) return undefined
        return table.get(row, EVENT_ID) === toNumber(purchase.id) ? 'same event' : 'another event'
      }
    }),
    dropped: table.dropped
  }
}
