import { Hono } from 'hono'
import type { Context } from 'hono'
import { maskUsers } from './mask-users'
import { readInput } from './read-input'
import { openState, saveState } from './state'
import type { StateParts } from './state'
import { jsonAnswer, streamObject } from './stream-json'

/** The parts that the routes use. */
export type StateRoutesParts = StateParts & { waitIfAsked: (c: Context) => Promise<void> }

/** The largest file, in bytes. Enough for 10,000 events of the largest size. */
const MAX_BYTES = 400_000_000

/** Creates the routes that save the state to a file and open it again, relative to `/workbench`. */
export function createStateRoutes({ waitIfAsked, ...parts }: StateRoutesParts): Hono {
  const routes = new Hono()

  routes.get('/state', async (c) => {
    await waitIfAsked(c)
    const state = saveState(parts)
    const isMasked = c.req.query('mask') !== undefined
    const name = `topsort-workbench-${state.savedAt.slice(0, 19).replaceAll(':', '-')}${isMasked ? '-masked' : ''}.json`
    return jsonAnswer(streamObject(isMasked ? maskUsers(state) : state), {
      'Content-Disposition': `attachment; filename="${name}"`
    })
  })

  routes.put('/state', async (c) => {
    await openState(await readInput(c.req.raw, undefined, MAX_BYTES), parts)
    return c.json(parts.pipeline.counts())
  })

  return routes
}
