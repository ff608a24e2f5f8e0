import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/** A host as a browser or a client writes it when it means this machine. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** The origin of a page that this machine serves; browsers look for no name below `localhost` anywhere else. */
const LOOPBACK_ORIGIN = /^https?:\/\/(([a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * Keeps pages from the internet out. They reach a port of this machine in two ways: as themselves, which their `Origin`
 * shows, or under a name of their own that resolves to 127.0.0.1 (DNS rebinding), which the `Host` shows. Without this,
 * any page that a developer opens could report events, which are billed when they go to Topsort itself.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  if (!LOOPBACK_HOST.test(c.req.header('host') ?? '')) {
    return c.json({ error: 'Only requests to localhost, 127.0.0.1 or [::1] are answered.' }, 403)
  }
  const origin = c.req.header('origin')
  if (origin !== undefined && !LOOPBACK_ORIGIN.test(origin)) {
    return c.json({ error: 'Only pages on localhost, a name below it, 127.0.0.1 or [::1] may use the workbench.' }, 403)
  }
  await next()
}

/** Lets pages of this machine in, whatever their port: a shop that runs locally has another one. */
export const loopbackCors = cors({ origin: (origin) => (LOOPBACK_ORIGIN.test(origin) ? origin : null) })
