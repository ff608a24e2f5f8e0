import type { Product } from './marketplace'

/** A line of an order. */
export type OrderLine = {
  /** The line as the shop sends it. */
  sent: Readonly<Record<string, unknown>>
  cents: number
  /** Absent if the line cannot be reported. */
  product?: Product
}

type OrderMistake = {
  /** What the mistake happens to, and how. */
  text: string
  /** Changes the lines of the order. Default: they stay as they are. */
  change?: (lines: readonly OrderLine[]) => OrderLine[]
  /** Returns properties of the order that are other than usual. */
  properties?: (total: number) => Readonly<Record<string, unknown>>
  /** Returns the number of cases in the order. Default: one. */
  count?: (lines: readonly OrderLine[]) => number
}

/** The mistakes of an order, by the codes of the checks. An order has at most one, so that each one can be counted. */
export const ORDER_MISTAKES = {
  'user-id-mismatch': { text: 'orders of users who are logged in: they have only the userId' },
  'no-vendor': {
    text: 'orders: a line has neither vendorId nor brand',
    change: ([first, ...others]) => [change(first, { vendorId: undefined, brand: undefined }), ...others]
  },
  'brand-as-vendor': {
    text: 'orders: their lines have a brand, but no vendorId',
    change: (lines) => lines.map((line) => change(line, { vendorId: undefined })),
    count: (lines) => new Set(lines.map(({ sent }) => sent.brand)).size
  },
  'unusable-line': {
    text: 'orders: one more line has no product id',
    change(lines) {
      return [...lines, { sent: { name: 'Gift card', price: 25, quantity: 1, vendorId: 'v_1' }, cents: 2_500 }]
    }
  },
  'refund-as-order': { text: 'orders: their total is negative', properties: (total) => ({ total: -total }) },
  'double-purchase': { text: 'orders: they are reported again when the thank-you page is reloaded' },
  'shared-id': { text: 'orders: their message id is that of an order at least two days before' },
  'order-total-mismatch': {
    text: 'orders: their prices are in cents. Found from a share of 0.2',
    change: (lines) => lines.map((line) => ({ ...change(line, { price: toCents(line) }), cents: line.cents * 100 }))
  },
  'mixed-currencies': { text: 'orders: their currency is EUR', properties: () => ({ currency: 'EUR' }) }
} as const satisfies Record<string, OrderMistake>

/** The code of a mistake that an order can have. */
export type OrderMistakeCode = keyof typeof ORDER_MISTAKES

/** Returns the mistake with this code, or one that changes nothing if there is no code. */
export function findOrderMistake(code: OrderMistakeCode | undefined): Partial<OrderMistake> {
  return code === undefined ? {} : ORDER_MISTAKES[code]
}

function change(line: OrderLine, values: OrderLine['sent']): OrderLine {
  return { ...line, sent: { ...line.sent, ...values } }
}

function toCents({ product }: OrderLine): number {
  return Math.round((product?.price ?? 0) * 100)
}
