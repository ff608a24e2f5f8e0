/** The events of Segment's ecommerce spec. A warehouse has a table for each, with the name in snake case. */
const SPEC_EVENTS = [
  'Cart Shared',
  'Cart Viewed',
  'Checkout Started',
  'Checkout Step Completed',
  'Checkout Step Viewed',
  'Coupon Applied',
  'Coupon Denied',
  'Coupon Entered',
  'Coupon Removed',
  'Order Cancelled',
  'Order Completed',
  'Order Refunded',
  'Order Updated',
  'Payment Info Entered',
  'Product Added',
  'Product Added to Wishlist',
  'Product Clicked',
  'Product List Filtered',
  'Product List Viewed',
  'Product Removed',
  'Product Removed from Wishlist',
  'Product Reviewed',
  'Product Shared',
  'Product Viewed',
  'Products Searched',
  'Promotion Clicked',
  'Promotion Viewed',
  'Wishlist Product Added to Cart'
]

const EVENTS_BY_TABLE = new Map(SPEC_EVENTS.map((event) => [toSnakeCase(event), event]))

/** The tables of all calls of a type. */
const CALL_TABLES: Record<string, string | undefined> = {
  tracks: 'track',
  pages: 'page',
  screens: 'screen',
  identifies: 'identify',
  groups: 'group',
  aliases: 'alias'
}

/** Tables of warehouses whose rows are no calls. */
const OTHER_TABLES = ['users', 'accounts', 'sessions', 'persons']

/** How many folders around a file may have the name of its table. */
const MAX_FOLDERS = 4

/** A table of a warehouse. */
export type Table = {
  /** In snake case. */
  name: string
  /** The type of its calls. Undefined if the name is that of no calls. */
  type?: string
  /** The event of all of its rows. */
  event?: string
}

/**
 * Finds the table whose rows a file has, by the name of the file or of a folder around it, such as
 * `order_completed/part-0001.parquet`.
 *
 * @returns undefined if no name is that of a known table
 */
export function tableOf(file: string): Table | undefined {
  const folders = file.split('/').reverse()
  for (const folder of folders.slice(0, MAX_FOLDERS + 1)) {
    for (const part of folder.split(/[.=]/)) {
      const name = toSnakeCase(part.replace(/(?<=\D)[-_ ]*\d[-_\d]*$/, ''))
      const type = CALL_TABLES[name]
      if (type !== undefined) return { name, type }
      const event = EVENTS_BY_TABLE.get(name)
      if (event !== undefined) return { name, type: 'track', event }
      if (OTHER_TABLES.includes(name)) return { name }
    }
  }
  return undefined
}

/** Returns the name of an event of the spec for the name of its table, and any other name as it is. */
export function toEventName(event: string): string {
  return EVENTS_BY_TABLE.get(event) ?? event
}

/** Writes a name as the columns and tables of warehouses are: `messageId` and `Message Id` are `message_id`. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d$]+/g, '_')
    .toLowerCase()
}
