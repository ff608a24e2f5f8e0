import { DAY, HOUR } from '../../src/core'
import { isBrokenRelease } from './breaks'
import { call, createBid, describe, isMistaken, openPage, pickMistake, track, wait } from './calls'
import type { Line, Memory, Properties, Visit, World } from './calls'
import type { Product } from './marketplace'
import type { MistakeCode } from './mistakes'
import { order } from './order'
import type { Shopper } from './shoppers'
import type { Expected } from './truth'

/** A click on an ad has at most one of these mistakes. */
const AD_MISTAKES = ['double-click', 'double-impression', 'unknown-bid', 'encoded-bid'] as const satisfies MistakeCode[]

/** The number of products in a list. */
const LIST_LENGTH = 6

/**
 * Makes the calls of one visit: the home page, perhaps a banner, lists, clicks, product pages, the cart and an order.
 *
 * @returns the lines of the calls, sorted by event time. A call may be received after the next one
 */
export function makeVisit(world: World, shopper: Shopper, memory: Memory, start: number): Line[] {
  const { random, rates } = world
  const isExcluded = random.chance(world.excluded)
  const latency = random.integer(30, 400)
  const isBroken = isBrokenRelease(world.broken, shopper.channel, start)
  const common = { shopper, memory, isExcluded, isBroken, isReset: false, latency }
  const visit: Visit = { ...world, ...common, lines: [], cart: [], path: '/', now: start }

  clickOldAd(visit)
  openPage(visit, 'home', '/')
  if (shopper.userId !== undefined && random.chance(0.2)) {
    call(visit, { type: 'identify', traits: { plan: 'member', firstSeen: '2024' } }, 'identify', {})
  }
  if (random.chance(rates['no-user-id'] ?? 0)) viewWithoutIds(visit)
  viewWrongly(visit)
  // A shopper who finds nothing behind a banner leaves.
  const isLeaving = random.chance(0.25) && !visitBanner(visit)
  for (let lists = isLeaving ? 0 : random.integer(1, 3); lists > 0; lists -= 1) visitList(visit)
  if (visit.cart.length > 0) checkOut(visit)

  memory.busyUntil = visit.now + HOUR
  return visit.lines
}

/** Makes the mistake `stale-bid`: comes back to an ad of an earlier day. */
function clickOldAd(visit: Visit): void {
  const { memory, now, isExcluded, random, rates, truth } = visit
  const { ad } = memory
  if (!ad || now - ad.time <= DAY + HOUR || isExcluded || !random.chance(rates['stale-bid'] ?? 0)) return
  truth.found('stale-bid')
  openPage(visit, 'product', `/product/${ad.product.id}`)
  clickAd(visit, ad.product, ad.bid, {})
}

/** The nights of the program begin at this hour, and end 4 hours later. */
const ROBOT_HOUR = 2

/** Makes a night of a program that clicks on one ad after the other. */
export function makeRobotVisit(world: World, shopper: Shopper, midnight: number): Line[] {
  const memory: Memory = { busyUntil: 0, clicks: new Map(), lostClicks: new Map() }
  const start = midnight + ROBOT_HOUR * HOUR
  const common = { shopper, memory, isExcluded: false, isBroken: false, isReset: false, latency: 100 }
  const visit: Visit = { ...world, ...common, lines: [], cart: [], path: '/', now: start }
  while (visit.now < start + 4 * HOUR) {
    const product = world.products[world.random.integer(0, world.products.length - 1)]
    clickAd(visit, product, createBid(world.random, 'listings'), {})
    world.truth.broke('click-robot', 0)
    wait(visit, 35, 45)
  }
  return visit.lines
}

function visitList(visit: Visit): void {
  const { random, products, memory } = visit
  const isSearch = random.chance(0.3)
  const first = random.rank(products.length)
  const { category } = products[first]
  openPage(visit, isSearch ? 'search' : 'category', isSearch ? '/search' : `/category/${category}`)

  const shown = new Set([first])
  while (shown.size < LIST_LENGTH && shown.size < products.length) shown.add(random.rank(products.length))
  const tiles = [...shown].map((index, place) => {
    return { product: products[index], bid: place === 0 || place === 3 ? createBid(random, 'listings') : undefined }
  })
  const isObject = isMistaken(visit, 'list-is-object')
  const withPositions = isObject || !isMistaken(visit, 'empty-list')
  const text = isMistaken(visit, 'too-large') ? { description: 'x'.repeat(4_600) } : {}
  const list = tiles.map(({ product, bid }, index) => ({
    ...describe(product),
    ...text,
    ...(withPositions && { position: index + 1 }),
    ...(bid !== undefined && !visit.isBroken && { resolvedBidId: bid })
  }))
  const query = isSearch ? { query: category } : { list_id: category }
  if (isObject) {
    // Nobody clicks in it, because the views of its ads are lost.
    track(visit, 'Product List Viewed', { ...query, products: Object.fromEntries(list.entries()) }, { failed: true })
    return
  }
  const sponsored = visit.isBroken ? 0 : 2
  track(visit, 'Product List Viewed', { ...query, products: list }, { impressions: tiles.length, sponsored })
  const [ad] = tiles
  if (!visit.isExcluded && !visit.isBroken && ad.bid !== undefined)
    memory.ad = { bid: ad.bid, product: ad.product, time: visit.now }

  for (let clicks = random.integer(0, 2); clicks > 0; clicks -= 1) {
    wait(visit, 3, 40)
    // The first tile is an ad, and gets the most clicks.
    const place = random.rank(tiles.length)
    const { product, bid } = tiles[place]
    if (!shown.delete(products.indexOf(product))) continue
    const isLost = visit.isBroken && bid !== undefined
    visitProduct(visit, product, isLost ? undefined : bid, place + 1)
    if (isLost && !visit.isExcluded) memory.lostClicks.set(product.id, visit.now)
  }
}

/** @param bid the bid of an ad. Absent for other products of the list */
function visitProduct(visit: Visit, product: Product, bid: string | undefined, position: number): void {
  const { random } = visit
  const mistake = bid === undefined ? undefined : pickMistake(visit, AD_MISTAKES)
  const sentBid = mistake === 'unknown-bid' ? `unknown-${random.hex(16)}` : bid
  if (sentBid === undefined) {
    const isIgnoring = isMistaken(visit, 'ignored-value')
    const ignored = isIgnoring ? { additionalAttribution: { type: 'product', id: product.id } } : {}
    track(visit, 'Product Clicked', { ...describe(product), position, ...ignored }, { clicks: 1 })
  } else if (mistake === 'encoded-bid') {
    const encoded = { ...describe(product), position, resolvedBidId: `${sentBid}%3D` }
    track(visit, 'Product Clicked', encoded, { failed: true })
  } else {
    clickAd(visit, product, sentBid, { position }, mistake)
  }
  if (mistake === 'double-click') {
    visit.now += random.integer(50, 400)
    track(visit, 'Product Added', { ...describe(product), quantity: 1, resolvedBidId: bid }, addedAs(visit, 1))
  }
  wait(visit, 1, 3)
  openPage(visit, 'product', `/product/${product.id}`)
  viewProduct(visit, product, mistake === 'double-impression' ? bid : undefined)
  if (mistake === undefined && random.chance(0.4)) addToCart(visit, product)
}

function clickAd(visit: Visit, product: Product, bid: string, more: Properties, mistake?: MistakeCode): void {
  const properties = { ...describe(product), ...more, resolvedBidId: bid }
  const unknownBid = mistake === 'unknown-bid'
  track(visit, 'Product Clicked', properties, { clicks: 1, sponsored: 1, unknownBid })
  remember(visit, product, 'listing')
}

function viewProduct(visit: Visit, product: Product, bid?: string): void {
  const properties = { ...describe(product), ...(bid !== undefined && { resolvedBidId: bid }) }
  track(visit, 'Product Viewed', properties, { impressions: 1, sponsored: bid === undefined ? 0 : 1 })
}

/** Returns whether the visit goes on. */
function visitBanner(visit: Visit): boolean {
  const { random, products } = visit
  const bid = createBid(random, 'banners')
  const banner = { resolvedBidId: bid, object: { type: 'banner', assetId: `asset_${random.integer(1, 40)}` } }
  track(visit, 'Banner Impression', banner, { impressions: 1, sponsored: 1 })
  if (!random.chance(0.3)) return true
  wait(visit, 2, 10)
  track(visit, 'Banner Click', banner, { clicks: 1, sponsored: 1 })
  wait(visit, 1, 3)
  openPage(visit, 'brand', '/brand')
  if (!random.chance(0.5)) return false

  const product = products[random.rank(products.length)]
  if (isMistaken(visit, 'banner-no-follow-up')) {
    track(visit, 'Product Clicked', describe(product), { clicks: 1 })
  } else {
    const attribution = { resolvedBidId: bid, additionalAttribution: { type: 'product', id: product.id } }
    track(visit, 'Product Clicked', { ...describe(product), ...attribution }, { clicks: 1, sponsored: 1 })
    remember(visit, product, 'banner')
  }
  wait(visit, 1, 3)
  openPage(visit, 'product', `/product/${product.id}`)
  viewProduct(visit, product)
  if (random.chance(0.4)) addToCart(visit, product)
  return true
}

function addToCart(visit: Visit, product: Product): void {
  wait(visit, 5, 60)
  track(visit, 'Product Added', { ...describe(product), quantity: 1 }, addedAs(visit, 0))
  visit.cart.push(product)
}

function checkOut(visit: Visit): void {
  const { random, cart, shopper } = visit
  if (shopper.channel === 'web' && visit.broken.names.includes('resetting-ids')) {
    visit.shopper = { ...shopper, anonymousId: random.uuid(), userId: undefined }
    visit.isReset = true
  }
  wait(visit, 5, 60)
  openPage(visit, 'cart', '/cart')
  if (!random.chance(0.7)) return
  track(visit, 'Checkout Started', { products: cart.map(describe) }, {})
  wait(visit, 30, 180)
  if (random.chance(0.8)) order(visit)
}

function viewWithoutIds(visit: Visit): void {
  const { isExcluded, truth, products, random } = visit
  if (isExcluded) return
  truth.found('no-user-id')
  const product = products[random.rank(products.length)]
  track(visit, 'Product Viewed', describe(product), { failed: true }, { ids: {} })
}

/** Makes the mistakes that a single Product Viewed can have. */
function viewWrongly(visit: Visit): void {
  const { products, random } = visit
  const product = describe(products[random.rank(products.length)])
  if (isMistaken(visit, 'personal-data-id')) {
    const opaqueUserId = `shopper.${random.hex(6)}@mail.example`
    track(visit, 'Product Viewed', { ...product, opaqueUserId }, { impressions: 1 })
  }
  if (isMistaken(visit, 'digits-lost')) {
    const product_id = 2 ** 60 + random.integer(1, 1_000_000) * 256
    track(visit, 'Product Viewed', { ...product, product_id }, { impressions: 1 })
  }
}

/** Returns the results of a Product Added. It is a click if `mappings.json` is written. */
function addedAs({ rates }: Visit, sponsored: number): Expected {
  return rates['double-click'] === undefined ? {} : { clicks: 1, sponsored }
}

function remember({ isExcluded, memory, now }: Visit, product: Product, format: 'listing' | 'banner'): void {
  if (!isExcluded) memory.clicks.set(product.id, { ...memory.clicks.get(product.id), [format]: now })
}
