import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { InputError } from '../../core'
import type { ShopperTab } from '../api'
import type { Parts } from '../parts'
import type { ShopperParts, ShopperQuery } from '../state/shoppers'
import type { WorkbenchContext } from './context'

const DEFAULT_LIMIT = '100'

const TABS: readonly ShopperTab[] = ['lost', 'credited', 'no-order']

/** Creates the handlers that show the events of each shopper and their credit. */
export function createShopperRoutes({ shoppers, ...parts }: Parts) {
  const partsOf = (c: WorkbenchContext): ShopperParts => ({ ...parts, sandbox: c.get('sandbox') })

  async function list(c: WorkbenchContext): Promise<Response> {
    return c.json((await shoppers.list(readQuery(c), partsOf(c))).shoppers)
  }

  async function worklist(c: WorkbenchContext): Promise<Response> {
    return c.json(await shoppers.list(readQuery(c), partsOf(c)))
  }

  async function find(c: WorkbenchContext): Promise<Response> {
    const user = c.req.param('user') ?? ''
    const shopper = await shoppers.find(user, partsOf(c))
    if (shopper) return c.json(shopper)
    throw new HTTPException(404, {
      message: `No shopper has the id "${user}". Use an opaqueUserId that GET /workbench/shoppers shows.`
    })
  }

  return { list, worklist, find }
}

function readQuery(c: Context): ShopperQuery {
  const tab = TABS.find((each) => each === c.req.query('tab'))
  if (!tab && c.req.query('tab') !== undefined) throw new InputError(`"tab" must be one of: ${TABS.join(', ')}.`)
  return { limit: readLimit(c.req.query('limit') ?? DEFAULT_LIMIT), find: c.req.query('find'), tab }
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (/^\d+$/.test(text) && limit >= 1) return limit
  throw new InputError('"limit" must be a whole number from 1: /workbench/shoppers?limit=100')
}
