import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Pipeline } from '../../pipeline'
import type { Sandbox } from '../../sandbox'

/** The values that handlers find in their context. */
export type Environment = {
  /** They exist if @hono/node-server serves the routes. */
  Bindings: Partial<HttpBindings>
  Variables: {
    /** Why the request was refused, in a sentence. */
    refusal?: string
    /** Exists behind `needSandbox`. */
    sandbox: Sandbox
  }
}

/** The context of a route of the workbench. */
export type WorkbenchContext = Context<Environment>

type Middleware = MiddlewareHandler<Environment>

/** Makes a route with `?wait` answer when all pending events are settled. */
export function waitIfAsked(pipeline: Pipeline): Middleware {
  return async (c, next) => {
    if (c.req.query('wait') !== undefined) await pipeline.drain()
    await next()
  }
}

/** Makes a route answer 404 if there is no sandbox. */
export function needSandbox(sandbox: Sandbox | undefined): Middleware {
  return async (c, next) => {
    if (!sandbox)
      throw new HTTPException(404, { message: 'There is no sandbox in live mode: events go to Topsort itself.' })
    c.set('sandbox', sandbox)
    await next()
  }
}
