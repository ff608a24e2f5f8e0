import { DAY, HOUR, SECOND } from '../../src/core'
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
}

type Properties = Record<string, unknown>

type Clicked = { product: Product; time: number }

const ATTRIBUTION_WINDOW = 14 * DAY

/** An order has at most one of these mistakes, so that each one can be counted. */
const ORDER_MISTAKES = [
  'user-id-mismatch',
  'no-vendor',
  'brand-as-vendor',
  'unusable-line',
  'double-purchase',
  'shared-id'
] as const satisfies MistakeCode[]

/** A click on an ad has at most one of these mistakes. */
const AD_MISTAKES = ['double-click', 'double-impression', 'unknown-bid'] as const satisfies MistakeCode[]

/**
 * Makes the calls of one visit: the home page, perhaps a banner, lists, clicks, product pages, the cart and an order.
 *
 * @returns the lines of the calls, sorted by event time. A call may be received after the next one
 */
export function makeVisit(world: World, shopper: Shopper, memory: Memory, start: number): Line[] {
  const { products, random, rates, truth } = world
  const isExcluded = random.chance(world.excluded)
  const latency = random.integer(30, 400)
  const lines: Line[] = []
  const cart: Clicked[] = []
  let path = '/'
  let now = start

  if (memory.ad && now - memory.ad.time > DAY + HOUR && !isExcluded && random.chance(rates['stale-bid'] ?? 0)) {
    truth.found('stale-bid')
    openPage('product', `/product/${memory.ad.product.id}`)
    clickAd(memory.ad.product, memory.ad.bid, {})
  }
  openPage('home', '/')
  if (shopper.userId !== undefined && random.chance(0.2)) {
    call({ type: 'identify', traits: { plan: 'member', firstSeen: '2024' } }, 'identify', {})
  }
  if (random.chance(rates['no-user-id'] ?? 0)) viewWithoutIds()
  // A shopper who finds nothing behind a banner leaves.
  const isLeaving = random.chance(0.25) && !visitBanner()
  for (let lists = isLeaving ? 0 : random.integer(1, 3); lists > 0; lists -= 1) visitList()
  if (cart.length > 0) checkOut()

  memory.busyUntil = now + HOUR
  return lines

  function wait(least: number, most: number): void {
    now += random.integer(least * SECOND, most * SECOND)
  }

  function openPage(category: string, to: string): void {
    path = to
    const timestamp = isMistaken('bad-time') ? now + 8 * HOUR : now
    const isPage = shopper.channel === 'web'
    const page = isPage ? { type: 'page', category } : { type: 'screen', name: category }
    call({ ...page, properties: isPage ? { path, title: category } : {} }, page.type, { pageviews: 1 }, { timestamp })
    wait(1, 8)
  }

  function visitList(): void {
    const isSearch = random.chance(0.3)
    const first = random.rank(products.length)
    const { category } = products[first]
    openPage(isSearch ? 'search' : 'category', isSearch ? '/search' : `/category/${category}`)

    const shown = new Set([first])
    while (shown.size < 6 && shown.size < products.length) shown.add(random.rank(products.length))
    const tiles = [...shown].map((index, place) => {
      return { product: products[index], bid: place === 0 || place === 3 ? createBid('listings') : undefined }
    })
    const withPositions = !isMistaken('empty-list')
    const list = tiles.map(({ product, bid }, index) => ({
      ...describe(product),
      ...(withPositions && { position: index + 1 }),
      ...(bid !== undefined && { resolvedBidId: bid })
    }))
    const query = isSearch ? { query: category } : { list_id: category }
    track('Product List Viewed', { ...query, products: list }, { impressions: tiles.length, sponsored: 2 })
    const [ad] = tiles
    if (!isExcluded && ad.bid !== undefined) memory.ad = { bid: ad.bid, product: ad.product, time: now }

    for (let clicks = random.integer(0, 2); clicks > 0; clicks -= 1) {
      wait(3, 40)
      // The first tile is an ad, and gets the most clicks.
      const place = random.rank(tiles.length)
      const { product, bid } = tiles[place]
      if (shown.delete(products.indexOf(product))) visitProduct(product, bid, place + 1)
    }
  }

  function visitProduct(product: Product, bid: string | undefined, position: number): void {
    const mistake = bid === undefined ? undefined : pickMistake(AD_MISTAKES)
    const sentBid = mistake === 'unknown-bid' ? `unknown-${random.hex(16)}` : bid
    if (sentBid === undefined) {
      const isIgnoring = isMistaken('ignored-value')
      const ignored = isIgnoring ? { additionalAttribution: { type: 'product', id: product.id } } : {}
      track('Product Clicked', { ...describe(product), position, ...ignored }, { clicks: 1 })
    } else {
      clickAd(product, sentBid, { position }, mistake)
    }
    if (mistake === 'double-click') {
      now += random.integer(50, 400)
      track('Product Added', { ...describe(product), quantity: 1, resolvedBidId: bid }, addedAs(1))
    }
    wait(1, 3)
    openPage('product', `/product/${product.id}`)
    const repeated = mistake === 'double-impression' ? bid : undefined
    viewProduct(product, repeated)
    if (mistake === undefined && random.chance(0.4)) addToCart(product)
  }

  function clickAd(product: Product, bid: string, more: Properties, mistake?: MistakeCode): void {
    const properties = { ...describe(product), ...more, resolvedBidId: bid }
    const unknownBid = mistake === 'unknown-bid'
    track('Product Clicked', properties, { clicks: 1, sponsored: 1, unknownBid })
    remember(product, 'listing')
  }

  function viewProduct(product: Product, bid?: string): void {
    const properties = { ...describe(product), ...(bid !== undefined && { resolvedBidId: bid }) }
    track('Product Viewed', properties, { impressions: 1, sponsored: bid === undefined ? 0 : 1 })
  }

  /** Returns whether the visit goes on. */
  function visitBanner(): boolean {
    const bid = createBid('banners')
    const banner = { resolvedBidId: bid, object: { type: 'banner', assetId: `asset_${random.integer(1, 40)}` } }
    track('Banner Impression', banner, { impressions: 1, sponsored: 1 })
    if (!random.chance(0.3)) return true
    wait(2, 10)
    track('Banner Click', banner, { clicks: 1, sponsored: 1 })
    wait(1, 3)
    openPage('brand', '/brand')
    if (!random.chance(0.5)) return false

    const product = products[random.rank(products.length)]
    if (isMistaken('banner-no-follow-up')) {
      track('Product Clicked', describe(product), { clicks: 1 })
    } else {
      const attribution = { resolvedBidId: bid, additionalAttribution: { type: 'product', id: product.id } }
      track('Product Clicked', { ...describe(product), ...attribution }, { clicks: 1, sponsored: 1 })
      remember(product, 'banner')
    }
    wait(1, 3)
    openPage('product', `/product/${product.id}`)
    viewProduct(product)
    if (random.chance(0.4)) addToCart(product)
    return true
  }

  function addToCart(product: Product): void {
    wait(5, 60)
    track('Product Added', { ...describe(product), quantity: 1 }, addedAs(0))
    cart.push({ product, time: now })
  }

  function checkOut(): void {
    wait(5, 60)
    openPage('cart', '/cart')
    if (!random.chance(0.7)) return
    track('Checkout Started', { products: cart.map(({ product }) => describe(product)) }, {})
    wait(30, 180)
    if (random.chance(0.8)) order()
  }

  function order(): void {
    const mistake = isExcluded ? undefined : pickMistake(ORDER_MISTAKES)
    const isMismatch = mistake === 'user-id-mismatch'
    const bought = cart.map(({ product }) => ({ product, quantity: random.chance(0.2) ? random.integer(2, 4) : 1 }))
    const amount = sum(bought.map(({ product, quantity }) => toCents(product.price) * quantity))
    const credited = sum(
      bought.map(({ product, quantity }) => (isCredited(product) ? toCents(product.price) * quantity : 0))
    )
    const products = bought.map(({ product, quantity }, index) => {
      const line = { ...describe(product), price: priceOf(product.price), quantity, vendorId: product.vendorId }
      if (mistake === 'brand-as-vendor') return { ...line, vendorId: undefined }
      if (mistake === 'no-vendor' && index === 0) return { ...line, vendorId: undefined, brand: undefined }
      return line
    })
    const lost = { name: 'Gift card', price: 25, quantity: 1, vendorId: 'v_1' }
    const orderId = `o_${random.hex(10)}`
    const properties = {
      order_id: orderId,
      currency: 'USD',
      total: amount / 100,
      products: mistake === 'unusable-line' ? [...products, lost] : products
    }
    const expected: Expected = {
      purchases: 1,
      revenue: amount,
      credited: isMismatch ? 0 : credited,
      leftOut: mistake === 'unusable-line' ? 2_500 : 0
    }
    const messageId = mistake === 'shared-id' ? takeOldOrder() : undefined
    const channel = isMismatch || random.chance(0.25) ? 'server' : shopper.channel
    const used = track('Order Completed', properties, expected, {
      channel,
      messageId,
      ...(isMismatch && { ids: { userId: shopper.userId } })
    })
    if (messageId === undefined && !isExcluded) world.orders.push({ messageId: used, time: now })
    if (mistake === 'brand-as-vendor') truth.found(mistake, new Set(bought.map(({ product }) => product.brand)).size)
    else if (mistake !== undefined && (mistake !== 'shared-id' || messageId !== undefined)) truth.found(mistake)

    if (mistake === 'double-purchase') {
      wait(20, 120)
      track('Order Completed', properties, expected, { channel })
    }
    if (isMistaken('no-interaction')) orderOfStranger()
  }

  /** Reports an order without a visit, such as an order by telephone. */
  function orderOfStranger(): void {
    const product = products[random.rank(products.length)]
    const line = { ...describe(product), price: product.price, quantity: 1, vendorId: product.vendorId }
    const properties = { order_id: `o_${random.hex(10)}`, currency: 'USD', total: product.price, products: [line] }
    const expected = { purchases: 1, revenue: toCents(product.price) }
    track('Order Completed', properties, expected, { channel: 'server', ids: { anonymousId: random.uuid() } })
  }

  function viewWithoutIds(): void {
    if (isExcluded) return
    truth.found('no-user-id')
    const product = products[random.rank(products.length)]
    track('Product Viewed', describe(product), { failed: true }, { ids: {} })
  }

  /** Returns the results of a Product Added. It is a click if `mappings.json` is written. */
  function addedAs(sponsored: number): Expected {
    return rates['double-click'] === undefined ? {} : { clicks: 1, sponsored }
  }

  function remember(product: Product, format: 'listing' | 'banner'): void {
    if (!isExcluded) memory.clicks.set(product.id, { ...memory.clicks.get(product.id), [format]: now })
  }

  function isCredited({ id }: Product): boolean {
    return Object.values(memory.clicks.get(id) ?? {}).some((time) => now - time <= ATTRIBUTION_WINDOW)
  }

  function priceOf(price: number): number | string {
    return random.chance(world.textPrices) ? `$${price.toLocaleString('en-US', { minimumFractionDigits: 2 })}` : price
  }

  function takeOldOrder(): string | undefined {
    const oldest = world.orders.at(0)
    return oldest && now - oldest.time > 2 * DAY ? world.orders.shift()?.messageId : undefined
  }

  /** Decides whether a mistake is made, and counts it. */
  function isMistaken(code: MistakeCode): boolean {
    if (isExcluded || !random.chance(rates[code] ?? 0)) return false
    truth.found(code)
    return true
  }

  /** Decides which one of several mistakes is made. It counts a mistake of an ad. The others are counted when they happen. */
  function pickMistake<Code extends MistakeCode>(codes: readonly Code[]): Code | undefined {
    if (isExcluded) return undefined
    let rest = random.next()
    for (const code of codes) {
      const rate = code === 'user-id-mismatch' && shopper.userId === undefined ? 0 : (rates[code] ?? 0)
      if (rest < rate) {
        // An unknown bid is not counted, because the archive alone does not show it.
        if (code === 'double-click' || code === 'double-impression') truth.found(code)
        return code
      }
      rest -= rate
    }
    return undefined
  }

  function track(event: string, properties: Properties, expected: Expected, how: How = {}): string {
    return call({ type: 'track', event, properties }, event, expected, how)
  }

  function call(message: Properties, name: string, expected: Expected, how: How = {}): string {
    const { channel = shopper.channel, timestamp = now, ids = shopper } = how
    const isServer = channel === 'server'
    const messageId = how.messageId ?? createMessageId(channel)
    // Mobile SDKs and servers send several calls at once.
    const waited = channel === 'web' ? random.integer(2, 60) : random.integer(100, 20_000)
    const skew = isServer ? 0 : shopper.skew
    const receivedAt = now + waited + latency
    const page = { path, url: `https://shop.example${path}`, title: 'Shop', referrer: '', search: '' }
    const corrected = new Date(timestamp + latency).toISOString()
    const text = JSON.stringify({
      ...message,
      messageId,
      ...(ids.anonymousId !== undefined && { anonymousId: ids.anonymousId }),
      ...(ids.userId !== undefined && { userId: ids.userId }),
      context: isServer ? SERVER_CONTEXT : channel === 'web' ? { ...shopper.context, page } : shopper.context,
      integrations: isExcluded ? { All: true, Topsort: false } : {},
      timestamp: corrected,
      originalTimestamp: new Date(timestamp + skew).toISOString(),
      sentAt: new Date(now + waited + skew).toISOString(),
      receivedAt: new Date(receivedAt).toISOString(),
      channel: isServer ? 'server' : 'client',
      version: 2,
      writeKey: `write-key-${channel}`,
      projectId: `project-${channel}`
    })
    truth.line()
    truth.call(name, corrected, expected, isExcluded)
    lines.push({ channel, receivedAt, text })
    if (random.chance(world.repeats)) repeat(channel, receivedAt, text)
    return messageId
  }

  /** Adds a repeat of a line: the SDK got no answer and sent the call again. */
  function repeat(channel: Channel, receivedAt: number, text: string): void {
    const again = receivedAt + random.integer(500, 30_000)
    if (Math.floor(again / DAY) !== Math.floor(receivedAt / DAY)) return
    truth.line()
    truth.repeat()
    const received = `"receivedAt":"${new Date(receivedAt).toISOString()}"`
    const later = text.replace(received, `"receivedAt":"${new Date(again).toISOString()}"`)
    lines.push({ channel, receivedAt: again, text: later })
  }

  function createMessageId(channel: Channel): string {
    if (channel === 'web') return `ajs-next-${now}-${random.uuid()}`
    return channel === 'server' ? `node-next-${now}-${random.uuid()}` : random.uuid()
  }

  function createBid(format: 'listings' | 'banners'): string {
    const parts = [`b_${random.hex(6)}`, random.uuid(), format === 'banners' ? 'bannerAds' : format, 'default', '']
    return Buffer.from(JSON.stringify(parts)).toString('base64')
  }
}

/** Values of a call that differ from those of the shopper's device. */
type How = {
  channel?: Channel
  timestamp?: number
  messageId?: string
  ids?: Pick<Shopper, 'userId'> & { anonymousId?: string }
}

function describe({ id, name, category, brand, price }: Product): Properties {
  return { product_id: id, name, category, brand, price }
}

function toCents(dollars: number): number {
  return Math.round(dollars * 100)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
