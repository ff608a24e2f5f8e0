import type { TakenEvent } from '../../src/pipeline'
import { seeded } from '../support/random'

/** A product of an invented marketplace. Systems know it by different ids. */
export type Product = { id: string; variant: string; sku: string; name: string; price: number; vendor: string }

/** A product in a list, with the bid if it is an ad. */
export type Tile = { product: Product; bid: string | undefined }

export type Line = { product: Product; quantity: number }

/** A user sees a list, clicks on a product, looks at it, and may order it with others. */
export type Visit = {
  number: number
  user: string
  /** The id after the login. */
  customer: string
  /** Epoch milliseconds. */
  time: number
  tiles: Tile[]
  clicked: Tile
  order: { id: string; lines: Line[]; total: number } | undefined
}

/** What a person who maps everything right would get. */
export type Truth = {
  visits: number
  clickedBids: number
  tiles: number
  bids: number
  orders: number
  revenue: number
}

const PRODUCTS = 80
const VISITS = 500
const START = Date.parse('2026-03-01T08:00:00Z')

/** Returns the visits of a shop. They are the same on every call. */
export function makeVisits(): { visits: Visit[]; truth: Truth } {
  const random = seeded(7)
  const integer = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1))
  const products = Array.from({ length: PRODUCTS }, (_, index) => toProduct(index, integer(100, 9_999) / 100))
  const visits = Array.from({ length: VISITS }, (_, number) => toVisit(number, products, integer))
  const orders = visits.flatMap(({ order }) => order ?? [])
  const truth = {
    visits: VISITS,
    clickedBids: visits.filter(({ clicked }) => clicked.bid !== undefined).length,
    tiles: visits.reduce((sum, { tiles }) => sum + tiles.length, 0),
    bids: visits.reduce((sum, { tiles }) => sum + tiles.filter(({ bid }) => bid !== undefined).length, 0),
    orders: orders.length,
    revenue: Math.round(orders.reduce((sum, { total }) => sum + total, 0) * 100) / 100
  }
  return { visits, truth }
}

function toProduct(index: number, price: number): Product {
  const number = 1_000 + index * 7
  return {
    id: `p-${number}`,
    variant: `${number}${index % 3}01`,
    sku: `SKU-${number}-${'SML'[index % 3]}`,
    name: `Product ${number}`,
    price,
    vendor: `vendor-${index % 9}`
  }
}

function toVisit(number: number, products: Product[], integer: (least: number, most: number) => number): Visit {
  const first = integer(0, PRODUCTS - 6)
  const tiles = products.slice(first, first + 6).map((product, index): Tile => {
    return { product, bid: index < 2 && integer(0, 2) > 0 ? toBid(number, index) : undefined }
  })
  const clicked = tiles[integer(0, 5)]
  const others = [products[integer(0, PRODUCTS - 1)]].filter((product) => product !== clicked.product)
  const lines = [clicked.product, ...others].map((product) => ({ product, quantity: integer(1, 3) }))
  const total = Math.round(lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0) * 100) / 100
  return {
    number,
    user: `anon-${integer(1, 160)}`,
    customer: `c${integer(1, 160)}`,
    time: START + number * 40 * 60_000,
    tiles,
    clicked,
    order: number % 3 === 0 ? { id: `${50_000 + number}`, lines, total } : undefined
  }
}

/** Returns a bid as Topsort gives it: the base64 of a list. */
function toBid(number: number, index: number): string {
  const id = `${String(number).padStart(8, '0')}-000${index}-4000-8000-000000000000`
  return Buffer.from(JSON.stringify(['b_Mfk15', id, 'listings', 'default', ''])).toString('base64')
}

/** What a shop sends in a visit, without what all calls have. */
export type Call = { event: string; properties: object; seconds?: number } & Partial<
  Pick<TakenEvent, 'anonymousId' | 'userId' | 'context'>
>

/** A way to track a visit. */
export type Tracking = (visit: Visit) => Call[]

/** Returns the calls of a shop, in order of time. */
export function track(visits: readonly Visit[], tracking: Tracking): TakenEvent[] {
  return visits.flatMap((visit) =>
    tracking(visit).map(({ seconds, ...call }, index): TakenEvent => {
      const timestamp = new Date(visit.time + (seconds ?? index * 60) * 1_000).toISOString()
      return {
        messageId: `m-${visit.number}-${index}`,
        type: 'track',
        anonymousId: visit.user,
        timestamp,
        receivedAt: timestamp,
        context: { page: { path: '/shop' }, userAgent: 'Mozilla/5.0 (Windows NT 10.0)' },
        ...call
      } as TakenEvent
    })
  )
}
