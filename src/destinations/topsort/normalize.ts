/**
 * A Segment value in, a value that the Events API accepts out, or `undefined` where there is none.
 *
 * What the API accepts: https://docs.topsort.com/en/api-reference/
 * Facts (ids, times) keep their meaning or are refused by whoever asks for them; decoration is put right where its
 * meaning is plain and left out where it is not. Nothing here throws.
 */
import type { ClickType, Entity, InteractionObject, Page, Placement } from './types'

/** The text of a string, number or boolean, trimmed; blank text and everything else is absent. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
  return String(value).trim() || undefined
}

/** Text that identifies something. A boolean is no id: `false` is what `isAd && bid` leaves where there is no ad. */
export function identifier(value: unknown): string | undefined {
  const written = text(value)
  return written === 'false' || written === 'true' ? undefined : written
}

/** The texts of a list or of a single value, or of JSON text that holds either. */
export function texts(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return items.flatMap(readJson).flatMap((item) => text(item) ?? [])
}

/** The value that the directive `json` wrote as JSON text; any other value is itself. */
export function readJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*(?:[[{"]|null$)/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value // text that happens to start like JSON, such as the title of a page
  }
}

/** A whole number from 1, as the API counts positions and pages; `"3"` is 3. */
export function count(value: unknown): number | undefined {
  const written = text(value)
  if (written === undefined || !/^\d+(\.0*)?$/.test(written)) return undefined
  const number = Number(written)
  return number >= 1 && Number.isSafeInteger(number) ? number : undefined
}

/** The option that the value names: `ADD_TO_CART` is `add-to-cart`, `In-Store` is `instore`. */
export function choice<Option extends string>(value: unknown, options: readonly Option[]): Option | undefined {
  const wanted = canonical(value)
  return options.find((option) => canonical(option) === wanted)
}

function canonical(value: unknown): string {
  return (
    text(value)
      ?.toLowerCase()
      .replace(/[\s_-]/g, '') ?? ''
  )
}

const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:Z|([+-]\d{2})(?::?(\d{2}))?)?)?$/i
const EPOCH = /^-?\d+(\.\d+)?$/
/** Smaller numbers are seconds: as seconds this is the year 5138, as milliseconds March 1973. */
const FIRST_MILLISECONDS = 1e11
/** Larger numbers are microseconds, or a thousandth of those. */
const LAST_MILLISECONDS = 1e14
/** RFC 3339 writes no year before this one. */
const YEAR_ZERO = Date.parse('0000-01-01T00:00:00Z')

/**
 * A time in RFC 3339, UTC, with milliseconds.
 * @param value ISO 8601 (without an offset it is UTC, without a time of day it is midnight), or the seconds,
 *   milliseconds or less since 1970, as a number or in digits
 * @param now Milliseconds since 1970. A later time becomes this one, because Topsort refuses a whole request for one
 *   event in the future (`invalid_event_time`)
 */
export function timestamp(value: unknown, now: number): string | undefined {
  const time = Math.min(milliseconds(value), now)
  return time >= YEAR_ZERO ? new Date(time).toISOString() : undefined
}

function milliseconds(value: unknown): number {
  const written = text(value) ?? ''
  if (EPOCH.test(written)) {
    let number = Number(written)
    if (Math.abs(number) < FIRST_MILLISECONDS) number = Math.round(number * 1000)
    while (Math.abs(number) > LAST_MILLISECONDS) number /= 1000
    return number
  }
  const iso = ISO_8601.exec(written)
  if (!iso) return NaN
  const [, date, time = '00:00', hours = '+00', minutes = '00'] = iso
  return isDate(date) ? Date.parse(`${date}T${time}${hours}:${minutes}`) : NaN
}

/** Whether there is such a day; `Date` would take the 30th of February for the 2nd of March. */
function isDate(date: string): boolean {
  const midnight = new Date(date)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date)
}

/** A product or vendor; absent without an id, and for any other type. */
export function entity(value?: { id?: unknown; type?: unknown }): Entity | undefined {
  const id = identifier(value?.id)
  const type = choice(value?.type, ['product', 'vendor'])
  return id !== undefined && type ? { type, id } : undefined
}

/** Where on the page it was; absent without a path. What of the rest the API would refuse is left out. */
export function placement(value?: { [Key in keyof Placement]?: unknown }): Placement | undefined {
  const path = text(value?.path)
  if (!path) return undefined
  const categoryIds = texts(value?.categoryIds)
  return {
    path,
    position: count(value?.position),
    page: count(value?.page),
    pageSize: count(value?.pageSize),
    productId: text(value?.productId),
    categoryIds: categoryIds.length > 0 ? categoryIds : undefined,
    searchQuery: text(value?.searchQuery)
  }
}

/** What shops call the kinds of pages that Topsort tells apart, without `page`, `screen` or `view` at the end. */
const PAGE_TYPES = new Map<string, Page['type']>(
  Object.entries<Page['type']>({
    home: 'home',
    front: 'home',
    index: 'home',
    landing: 'home',
    start: 'home',
    category: 'category',
    productcategory: 'category',
    productlist: 'category',
    productlisting: 'category',
    plp: 'category',
    products: 'category',
    listing: 'category',
    collection: 'category',
    catalog: 'category',
    department: 'category',
    pdp: 'PDP',
    product: 'PDP',
    productdetail: 'PDP',
    productdetails: 'PDP',
    item: 'PDP',
    search: 'search',
    searchresult: 'search',
    searchresults: 'search',
    serp: 'search',
    cart: 'cart',
    shoppingcart: 'cart',
    basket: 'cart',
    bag: 'cart',
    shoppingbag: 'cart'
  })
)

/** The kind of page by any of its common names; the first name that is known counts, and `other` stands for the rest. */
function pageType(value: unknown): Page['type'] {
  const types = texts(value).map((name) => PAGE_TYPES.get(canonical(name).replace(/(page|screen|view)$/, '')))
  return types.find((type) => type !== undefined) ?? 'other'
}

/** The page; absent without a `pageId`. Several values belong to a cart only and are left out elsewhere. */
export function page(value?: { [Key in keyof Page]?: unknown }): Page | undefined {
  const pageId = text(value?.pageId)
  if (!pageId) return undefined
  const type = pageType(value?.type)
  const values = texts(value?.value)
  return { type, pageId, value: values.length > 1 ? (type === 'cart' ? values : undefined) : values[0] }
}

/** How it was clicked. */
export function clickType(value: unknown): ClickType | undefined {
  return choice(value, ['product', 'like', 'add-to-cart'])
}

/** What an organic event was about; absent where it is neither a listing nor a banner. */
export function interactionObject(value?: {
  [Key in keyof InteractionObject]?: unknown
}): InteractionObject | undefined {
  const type = choice(value?.type, ['listing', 'banner'])
  return type && { type, assetId: text(value?.assetId), clickType: clickType(value?.clickType) }
}

const TELEVISION = /\b(tv|smart-?tv|apple ?tv|google ?tv|hbbtv|tvos|web0s|roku|crkey)\b/i
const MOBILE = /\bios\b|\b(android|iphone|ipad|ipod|mobi|phone|smartphone|tablet(?! pc))/i
const DESKTOP = /\b(desktop|macos|mac os|macintosh|windows|linux|x11|cros)\b/i

/** The device by its type (`ios`, `tablet`, `macos`) or by the user agent of its browser. */
export function deviceType(value: unknown): 'desktop' | 'mobile' | undefined {
  const name = text(value) ?? ''
  if (TELEVISION.test(name)) return undefined
  if (MOBILE.test(name)) return 'mobile'
  return DESKTOP.test(name) ? 'desktop' : undefined
}

/** Where the event happened. */
export function channel(value: unknown): 'onsite' | 'offsite' | 'instore' | undefined {
  return choice(value, ['onsite', 'offsite', 'instore'])
}

/**
 * The metadata of an offsite event: a map of text to text, which is all that the API takes (422 otherwise). What is not
 * text is written as JSON; nulls and blanks are left out; lists and text, which arrive as maps of 0, 1, 2 …, are no map.
 */
export function dspMetadata(value?: Record<string, unknown>): Record<string, string> | undefined {
  const entries = Object.entries(value ?? {})
  if (entries.every(([key], index) => key === String(index))) return undefined
  const written = entries.flatMap(([key, item]): [string, string][] => {
    const json = typeof item === 'object' && item !== null ? JSON.stringify(item) : text(item)
    return json === undefined ? [] : [[key, json]]
  })
  return written.length > 0 ? Object.fromEntries(written) : undefined
}
