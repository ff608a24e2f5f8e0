import { DAY, HOUR, SECOND } from '../../src/core'
import { BROKEN_VERSION, type Broken, SERVER_LAG } from './breaks'
import type { Product } from './marketplace'
import type { MistakeCode, MistakeRates } from './mistakes'
import type { Random } from './random'
import { SERVER_CONTEXT } from './shoppers'
import type { Channel, Shopper } from './shoppers'
import type { Expected, TruthTally } from './truth'

/** A line of the archive. `receivedAt` is in milliseconds since 1970. */
export type Line = { channel: Channel; receivedAt: number; text: string }

/** The state that all visits share. */
export type World = {
  products: readonly Product[]
  random: Random
  rates: MistakeRates
  /** The share of order lines whose price is text. */
  textPrices: number
  /** The share of visits whose `integrations` exclude Topsort. */
  excluded: number
  /** The share of events that Segment received twice. */
  repeats: number
  broken: Broken
  truth: TruthTally
  /** The message ids of orders, oldest first. The mistake `shared-id` uses them again. */
  orders: { messageId: string; time: number }[]
}

/** The history of one shopper. */
export type Memory = {
  /** When the latest visit ends, in milliseconds since 1970. */
  busyUntil: number
  /** An ad of an earlier visit. */
  ad?: { bid: string; product: Product; time: number }
  /** The time of the latest click on an ad, by product and format. */
  clicks: Map<string, { listing?: number; banner?: number }>
  /** The time of the latest click on an ad whose bid the broken release has lost, by product. */
  lostClicks: Map<string, number>
}

/** A visit that is under way. */
export type Visit = World & {
  shopper: Shopper
  memory: Memory
  /** Whether the `integrations` of its calls exclude Topsort. */
  isExcluded: boolean
  /** Whether the app is the broken release. */
  isBroken: boolean
  /** Whether the visitor has got another anonymous id in the middle of the visit. */
  isReset: boolean
  /** The time from a call to its receipt, in milliseconds. */
  latency: number
  /** The lines of the calls so far. */
  lines: Line[]
  cart: Product[]
  /** The path of the current page. */
  path: string
  /** Milliseconds since 1970. */
  now: number
}

export type Properties = Record<string, unknown>

/** Values of a call that are not those of the shopper's device. */
type How = {
  channel?: Channel
  timestamp?: number
  messageId?: string
  ids?: Pick<Shopper, 'userId'> & { anonymousId?: string }
}

/** Lets time pass. The limits are in seconds. */
export function wait(visit: Visit, least: number, most: number): void {
  visit.now += visit.random.integer(least * SECOND, most * SECOND)
}

/** Reports a page, and stays on it for a while. */
export function openPage(visit: Visit, category: string, path: string): void {
  visit.path = path
  const timestamp = isMistaken(visit, 'bad-time') ? visit.now + 8 * HOUR : visit.now
  const isPage = visit.shopper.channel === 'web'
  const page = isPage ? { type: 'page', category } : { type: 'screen', name: category }
  const properties = isPage ? { path, title: category } : {}
  call(visit, { ...page, properties }, page.type, { pageviews: 1 }, { timestamp })
  wait(visit, 1, 8)
}

/**
 * Reports an event.
 *
 * @param expected the results of the event
 * @returns its message id
 */
export function track(visit: Visit, event: string, properties: Properties, expected: Expected, how?: How): string {
  return call(visit, { type: 'track', event, properties }, event, expected, how)
}

/**
 * Adds a call to the lines and to the expected results.
 *
 * @param name the name under which it is counted
 * @returns its message id
 */
export function call(visit: Visit, message: Properties, name: string, expected: Expected, how: How = {}): string {
  const { random, shopper, now, latency, isExcluded, truth } = visit
  const { channel = shopper.channel, ids = shopper } = how
  const isLate = channel === 'server' && visit.broken.names.includes('server-clock')
  const timestamp = (how.timestamp ?? now) - (isLate ? SERVER_LAG : 0)
  const messageId = how.messageId ?? createMessageId(visit, channel)
  // Mobile SDKs and servers send several calls at once.
  const waited = channel === 'web' ? random.integer(2, 60) : random.integer(100, 20_000)
  const skew = channel === 'server' ? 0 : shopper.skew
  const receivedAt = now + waited + latency
  const corrected = new Date(timestamp + latency).toISOString()
  const text = JSON.stringify({
    ...message,
    messageId,
    ...(ids.anonymousId !== undefined && { anonymousId: ids.anonymousId }),
    ...(ids.userId !== undefined && { userId: ids.userId }),
    context: contextOf(visit, channel),
    integrations: isExcluded ? { All: true, Topsort: false } : {},
    timestamp: corrected,
    originalTimestamp: new Date(timestamp + skew).toISOString(),
    sentAt: new Date(now + waited + skew).toISOString(),
    receivedAt: new Date(receivedAt).toISOString(),
    channel: channel === 'server' ? 'server' : 'client',
    version: 2,
    writeKey: `write-key-${channel}`,
    projectId: `project-${channel}`
  })
  truth.line()
  truth.call(name, corrected, expected, isExcluded)
  visit.lines.push({ channel, receivedAt, text })
  if (random.chance(visit.repeats)) repeat(visit, channel, receivedAt, text)
  return messageId
}

function contextOf({ shopper, path, isBroken }: Visit, channel: Channel): object {
  if (channel === 'server') return SERVER_CONTEXT
  if (isBroken)
    return { ...shopper.context, app: { ...Object(shopper.context.app), version: BROKEN_VERSION } as object }
  if (channel !== 'web') return shopper.context
  const page = { path, url: `https://shop.example${path}`, title: 'Shop', referrer: '', search: '' }
  return { ...shopper.context, page }
}

/** Adds a line again, as if the SDK had got no answer and sent the call again. */
function repeat({ random, truth, lines }: Visit, channel: Channel, receivedAt: number, text: string): void {
  const again = receivedAt + random.integer(500, 30_000)
  if (Math.floor(again / DAY) !== Math.floor(receivedAt / DAY)) return
  truth.line()
  truth.repeat()
  const received = `"receivedAt":"${new Date(receivedAt).toISOString()}"`
  const later = text.replace(received, `"receivedAt":"${new Date(again).toISOString()}"`)
  lines.push({ channel, receivedAt: again, text: later })
}

function createMessageId({ random, now }: Visit, channel: Channel): string {
  if (channel === 'web') return `ajs-next-${now}-${random.uuid()}`
  return channel === 'server' ? `node-next-${now}-${random.uuid()}` : random.uuid()
}

/** Creates the bid of an ad that won an auction. */
export function createBid(random: Random, format: 'listings' | 'banners'): string {
  const parts = [`b_${random.hex(6)}`, random.uuid(), format === 'banners' ? 'bannerAds' : format, 'default', '']
  return Buffer.from(JSON.stringify(parts)).toString('base64')
}

/** Returns the properties of an event about a product. */
export function describe({ id, name, category, brand, price }: Product): Properties {
  return { product_id: id, name, category, brand, price }
}

/** Decides whether a mistake is made, and counts it. */
export function isMistaken({ isExcluded, random, rates, truth }: Visit, code: MistakeCode): boolean {
  if (isExcluded || !random.chance(rates[code] ?? 0)) return false
  truth.found(code)
  return true
}

/** Decides which one of several mistakes is made. It counts a mistake of an ad. The others are counted when they happen. */
export function pickMistake<Code extends MistakeCode>(visit: Visit, codes: readonly Code[]): Code | undefined {
  const { isExcluded, random, rates, shopper, truth } = visit
  if (isExcluded) return undefined
  let rest = random.next()
  for (const code of codes) {
    const rate = code === 'user-id-mismatch' && shopper.userId === undefined ? 0 : (rates[code] ?? 0)
    if (rest < rate) {
      // An unknown bid is not counted, because the archive alone does not show it.
      if (code === 'double-click' || code === 'double-impression' || code === 'encoded-bid') truth.found(code)
      return code
    }
    rest -= rate
  }
  return undefined
}
