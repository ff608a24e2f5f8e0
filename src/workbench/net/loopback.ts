import { clip } from '../../core'

/** Names of this machine. In the Android emulator, its address is 10.0.2.2. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\]|10\.0\.2\.2)(:\d+)?$/i

/** The origins of pages of this machine. Browsers resolve all names below `localhost` to this machine. */
const LOOPBACK_ORIGIN = /^https?:\/\/(([a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** A longer name in a message says nothing more. */
const MAX_SHOWN = 100

/**
 * Returns why a request may not use the workbench, or undefined if it may. A page on the internet can reach a port of
 * this machine in two ways. Its `Origin` shows a direct request. Its `Host` shows DNS rebinding, a name that resolves to
 * 127.0.0.1. Without this check, any page that a developer opens could report events, which are billed in live mode.
 *
 * @param origins the origins of other pages that may use this route
 * @returns a sentence that says what to do
 */
export function whyForeign(request: Request, origins: readonly string[] = []): string | undefined {
  const host = request.headers.get('host') ?? ''
  if (!LOOPBACK_HOST.test(host)) {
    return `Only requests to localhost, 127.0.0.1 or [::1] are answered. This one is for "${clip(host, MAX_SHOWN)}": set the host of the SDK to localhost.`
  }
  const origin = request.headers.get('origin')
  if (origin !== null && !LOOPBACK_ORIGIN.test(origin) && !origins.includes(origin)) {
    return `Only pages on localhost, a name below it, 127.0.0.1 or [::1] may use the workbench. This one is on "${clip(origin, MAX_SHOWN)}": open the shop on localhost.`
  }
  return undefined
}

/**
 * Returns why a page of another site may not make this request, or undefined if it may. An image, a script or a link of
 * such a page makes a request without an `Origin`. Browsers mark it with `Sec-Fetch-Site`.
 *
 * @param pages the paths of pages, which a link on another site may open
 * @returns a sentence that says what to do
 */
export function whyEmbedded(request: Request, pages: readonly string[]): string | undefined {
  const { headers, url } = request
  // `whyForeign` decides about requests with an `Origin`. A page of localhost counts as another site for 127.0.0.1.
  if (headers.get('sec-fetch-site') !== 'cross-site' || headers.has('origin')) return undefined
  const isOpened = headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  if (isOpened && pages.includes(new URL(url).pathname)) return undefined
  return 'A page of another site made this request. Such pages may only open the page of the workbench and the demo shop. To see this answer, copy its URL into the address bar.'
}

/** The headers that keep pages of other sites from using an answer as a script, an image or a style. */
export const PROTECTION = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin'
} as const

/**
 * Returns the headers that let a page read the answer. Pages of other sites get them as well, so that they can read why
 * they are refused.
 */
export function corsHeaders(request: Request): Record<string, string> {
  const origin = request.headers.get('origin')
  return origin === null ? {} : { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
}

/** Answers a CORS preflight. Browsers send one for JSON, and for methods such as PUT. */
export function preflightAnswer(request: Request): Response {
  const asked = request.headers.get('access-control-request-headers')
  const isFromPublicSite = request.headers.has('access-control-request-private-network')
  return new Response(null, {
    status: 204,
    headers: {
      ...PROTECTION,
      ...corsHeaders(request),
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, DELETE',
      ...(asked !== null && { 'Access-Control-Allow-Headers': asked }),
      ...(isFromPublicSite && { 'Access-Control-Allow-Private-Network': 'true' })
    }
  })
}
