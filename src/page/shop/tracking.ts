import { AnalyticsBrowser } from '@segment/analytics-next'
import { signal } from '@preact/signals'
import { post } from '../api'
import { storeAs } from './storage'

/** An event that the shop has reported. */
export type Reported = {
  messageId: string
  name: string
  /** Whether it has a bid. A list has a bid if one of its products has one. */
  isSponsored: boolean
  /** Whether the shop's server reported it. The server does not know the id of the visitor. */
  isFromServer: boolean
}

/** The events that the shop has reported since the tab was loaded, newest first. */
export const reported = signal<Reported[]>([])

/** Increases with each event. Signals that read it change after each event. */
export const arrivals = signal(0)

const WRITE_KEY = 'demo-shop'

/**
 * Segment's SDK for browsers, set to the workbench. `cdnSettings` is what Segment's CDN would say about the source, so
 * that nothing is fetched from there.
 */
const analytics = AnalyticsBrowser.load(
  { writeKey: WRITE_KEY, cdnSettings: { integrations: { 'Segment.io': { apiKey: WRITE_KEY } } } },
  {
    integrations: {
      'Segment.io': { apiHost: `${location.host}/v1`, protocol: location.protocol === 'https:' ? 'https' : 'http' }
    }
  }
)

const storedShoppers = storeAs<string[]>('shoppers')

/** The ids of the shoppers of this tab, newest last. */
export const shoppers = signal<string[]>(storedShoppers.read() ?? [])

/** Returns the shopper's id from Segment's SDK. The auctions use the same id. */
export async function shopperId(): Promise<string> {
  const user = await analytics.user()
  const id = user.anonymousId() ?? ''
  if (shoppers.value.at(-1) !== id) {
    shoppers.value = [...shoppers.value, id]
    storedShoppers.write(shoppers.value)
  }
  return id
}

/** Forgets the shopper, like a new private window. */
export async function becomeNewShopper(): Promise<void> {
  await analytics.reset()
  await shopperId()
}

/** Returns the id of the shopper's account. */
export function toAccountId(shopper: string): string {
  return `customer-${shopper.slice(0, 8)}`
}

/** Reports a page. The SDK reads its title and path from the document. */
export async function trackPage(category: string, name: string): Promise<void> {
  await analytics.page(category, name)
  arrivals.value += 1
}

/** Identifies the visitor, as a shop does after a login. */
export async function identify(): Promise<void> {
  await analytics.identify(toAccountId(await shopperId()))
}

/** Reports an event, and returns its id. */
export async function track(name: string, properties: Record<string, unknown>): Promise<string> {
  const context = await analytics.track(name, properties)
  const messageId = context.event.messageId ?? ''
  remember({ messageId, name, isSponsored: hasBid(properties), isFromServer: false })
  return messageId
}

/** Reports an event as the shop's server does. The server knows the account, but not the browser's anonymous id. */
export async function trackFromServer(name: string, properties: Record<string, unknown>): Promise<string> {
  const messageId = crypto.randomUUID()
  const timestamp = new Date().toISOString()
  const userId = toAccountId(await shopperId())
  // With `sentAt`, the time of the event is corrected if the clock of the workbench was set.
  await post('/v1/track', { event: name, userId, properties, messageId, timestamp, sentAt: timestamp })
  remember({ messageId, name, isSponsored: hasBid(properties), isFromServer: true })
  return messageId
}

function remember(event: Reported): void {
  reported.value = [event, ...reported.value].slice(0, 30)
  arrivals.value += 1
}

function hasBid({ resolvedBidId, products }: Record<string, unknown>): boolean {
  if (resolvedBidId !== undefined) return true
  return Array.isArray(products) && products.some((product: Record<string, unknown>) => hasBid(product))
}
