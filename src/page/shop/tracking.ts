import { AnalyticsBrowser } from '@segment/analytics-next'
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { post } from '../api'
import { keep } from './storage'
import { toPath } from './hash'
import { visit } from './route'

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

/** The ids of the shoppers of this tab, newest last. */
export const shoppers = keep<readonly string[]>('shoppers', [])

/** Returns the shopper's id from Segment's SDK. The auctions use the same id. */
export async function shopperId(): Promise<string> {
  const user = await analytics.user()
  const id = user.anonymousId() ?? ''
  if (shoppers.value.at(-1) !== id) shoppers.value = [...shoppers.value, id]
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

/**
 * Reports a page once, with its title and path. The addresses of the shop's pages differ only in their hash, which Segment's
 * SDK does not report. So the path is put into the canonical link of the document, which the SDK prefers.
 *
 * @param category the type of the page, as Segment names it
 * @param title the title of the page
 */
export function usePageView(category: string, title: string): void {
  useEffect(() => {
    document.title = `${title} · Corner Dairy`
    const { page, value } = visit.value.route
    canonicalLink().href = `${location.origin}/shop${toPath(page, value)}`.replace(/\/$/, '')
    void analytics.page(category, title).then(() => (arrivals.value += 1))
  }, [])
}

function canonicalLink(): HTMLLinkElement {
  const known = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')
  if (known) return known
  const link = document.createElement('link')
  link.rel = 'canonical'
  document.head.append(link)
  return link
}
