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
      ...corsHeaders(request),
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, DELETE',
      ...(asked !== null && { 'Access-Control-Allow-Headers': asked }),
      ...(isFromPublicSite && { 'Access-Control-Allow-Private-Network': 'true' })
    }
  })
}
