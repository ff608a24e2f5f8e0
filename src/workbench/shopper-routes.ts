import { Hono } from 'hono'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { InputError } from '../core'
import type { Sandbox } from '../sandbox'
import { requireSandbox } from './sandbox-routes'
import type { Shoppers } from './shoppers'

/** The parts that the routes use. */
export type ShopperRoutesParts = {
  shoppers: Shoppers
  sandbox?: Sandbox
  waitIfAsked: (c: Context) => Promise<void>
}

const DEFAULT_LIMIT = '100'

/** Creates the routes that show the events of each shopper and their credit, relative to `/workbench`. */
export function createShopperRoutes({ shoppers, sandbox, waitIfAsked }: ShopperRoutesParts): Hono {
  const routes = new Hono()

  routes.get('/shoppers', async (c) => {
    const known = requireSandbox(sandbox)
    const limit = readLimit(c.req.query('limit') ?? DEFAULT_LIMIT)
    await waitIfAsked(c)
    return c.json(shoppers.list(known, limit))
  })

  routes.get('/shoppers/:user', async (c) => {
    const known = requireSandbox(sandbox)
    await waitIfAsked(c)
    const user = c.req.param('user')
    const shopper = shoppers.find(known, user)
    if (shopper) return c.json(shopper)
    throw new HTTPException(404, {
      message: `No shopper has the id "${user}". Use an opaqueUserId that GET /workbench/shoppers shows.`
    })
  })

  return routes
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (/^\d+$/.test(text) && limit >= 1) return limit
  throw new InputError('"limit" must be a whole number from 1: /workbench/shoppers?limit=100')
}
