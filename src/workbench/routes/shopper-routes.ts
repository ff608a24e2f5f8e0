import { HTTPException } from 'hono/http-exception'
import { InputError } from '../../core'
import type { Shopper } from '../api'
import type { Shoppers } from '../state/shoppers'
import { readOrderStories, type StoryParts } from '../state/story'
import type { WorkbenchContext } from './context'

const DEFAULT_LIMIT = '100'

/** The number of orders whose stories are told. */
const MAX_STORIES = 20

/** Creates the handlers that show the events of each shopper and their credit. */
export function createShopperRoutes(parts: { shoppers: Shoppers } & Omit<StoryParts, 'sandbox'>) {
  const { shoppers } = parts

  async function list(c: WorkbenchContext): Promise<Response> {
    const limit = readLimit(c.req.query('limit') ?? DEFAULT_LIMIT)
    return c.json(await shoppers.list(c.get('sandbox'), limit))
  }

  async function find(c: WorkbenchContext): Promise<Response> {
    const user = c.req.param('user') ?? ''
    const sandbox = c.get('sandbox')
    const shopper = await shoppers.find(sandbox, user)
    if (shopper) {
      const stories = readOrderStories(user, MAX_STORIES, { ...parts, sandbox })
      return c.json({ ...shopper, stories } satisfies Shopper)
    }
    throw new HTTPException(404, {
      message: `No shopper has the id "${user}". Use an opaqueUserId that GET /workbench/shoppers shows.`
    })
  }

  return { list, find }
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (/^\d+$/.test(text) && limit >= 1) return limit
  throw new InputError('"limit" must be a whole number from 1: /workbench/shoppers?limit=100')
}
