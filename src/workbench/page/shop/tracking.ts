import { AnalyticsBrowser } from '@segment/analytics-next'
import { signal } from '@preact/signals'
import { post } from '../api'

/** An event that the shop has reported. */
export type Reported = {
  messageId: string
  name: string
  /** Whether it has a bid. A list has one if any of its products has. */
  isSponsored: boolean
  /** Reported by the shop's server, which does not know the id of the visitor. */
  isFromServer: boolean
}

/** What the shop has reported in this tab since it was loaded, newest first. */
export const reported = signal<Reported[]>([])

/** Calls after each event that the workbench has. */
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

/** Returns the id that Segment's SDK has given the visitor. The auctions have the same one. */
export async function shopperId(): Promise<string> {
  const user = await analytics.user()
  return user.anonymousId() ?? ''
}

/** Returns the id of the visitor's account. */
export async function accountId(): Promise<string> {
  return `customer-${(await shopperId()).slice(0, 8)}`
}

/** Reports a page. The SDK reads its title and path from the document. */
export async function trackPage(category: string, name: string): Promise<void> {
  await analytics.page(category, name)
  arrivals.value += 1
}

/** Says who the visitor is, as a shop does at the login. */
export async function identify(): Promise<void> {
  await analytics.identify(await accountId())
}

/** Reports an event, and returns its id. */
export async function track(name: string, properties: Record<string, unknown>): Promise<string> {
  const context = await analytics.track(name, properties)
  const messageId = context.event.messageId ?? ''
  remember({ messageId, name, isSponsored: hasBid(properties), isFromServer: false })
  return messageId
}

/** Reports an event as the shop's server does: it knows the account, and not the anonymous id of the browser. */
export async function trackFromServer(name: string, properties: Record<string, unknown>): Promise<string> {
  const messageId = crypto.randomUUID()
  const timestamp = new Date().toISOString()
  await post('/v1/track', { event: name, userId: await accountId(), properties, messageId, timestamp })
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
