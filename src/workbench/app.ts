import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { InputError, readMessages, trackingCalls } from '../pipeline'
import type { Pipeline, Switch } from '../pipeline'
import type { Sandbox } from '../sandbox'
import { loopbackCors, loopbackOnly } from './loopback'
import { readJson } from './read-json'
import { createSandboxRoutes, requireSandbox } from './sandbox-routes'

/** What the workbench's routes act on. */
export type WorkbenchParts = {
  pipeline: Pipeline
  /** Absent when events go to Topsort itself. */
  sandbox?: Sandbox
  /** Gets a line about each error that is not the sender's. */
  log: (line: string) => void
}

/** The workbench's routes. `incoming` and its like are there when @hono/node-server serves them. */
export type WorkbenchApp = Hono<{ Bindings: Partial<HttpBindings> }>

/**
 * Makes the routes of the workbench: Segment's Tracking API under `/v1`, the sandbox's Events API under `/v2/events`, and
 * what can be seen and set under `/workbench`.
 *
 * Reading never makes anything happen: the ledger and the deliveries are what they are at that moment, and an event that
 * came in just now shows up within about a second. With `?wait` they are answered when everything taken in is settled.
 *
 * Every error is answered with `{error}`, a sentence for people.
 */
export function createWorkbench({ pipeline, sandbox, log }: WorkbenchParts): WorkbenchApp {
  const app: WorkbenchApp = new Hono()

  app.use(loopbackOnly, loopbackCors)
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        c.json({ error: `${c.req.path} takes ${methods.join(', ')} only.` }, 405, { Allow: methods.join(', ') })
    })
  )
  app.notFound((c) => c.json({ error: `There is nothing at ${c.req.path}.` }, 404))
  app.onError((error, c) => {
    if (error instanceof InputError) return c.json({ error: error.message }, 400)
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status)
    log(`The workbench failed at ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`)
    return c.json({ error: `The workbench failed: ${error.message}` }, 500)
  })

  for (const [path, call] of Object.entries(trackingCalls)) {
    app.post(`/v1/${path}`, async (c) => {
      const { events, refused } = readMessages(call, await readJson(c.req.raw), new Date())
      pipeline.accept(events, refused)
      return c.json({ success: true })
    })
  }

  // What Segment's browser SDK measures about itself, twice a minute. Unanswered, it would show as an error in the shop.
  app.post('/v1/m', (c) => c.json({ success: true }))

  app.all('/v2/*', (c) => requireSandbox(sandbox).app.fetch(c.req.raw, c.env))

  app.get('/workbench/deliveries', async (c) => {
    await settledIfAsked(c)
    return c.json(pipeline.deliveries())
  })

  app.get('/workbench/mappings', (c) => c.json(switches()))

  app.put('/workbench/mappings', async (c) => {
    pipeline.switchMappings(parseSwitches(await readJson(c.req.raw)))
    return c.json(switches())
  })

  app.route('/workbench', createSandboxRoutes({ sandbox, waitIfAsked: (c) => settledIfAsked(c) }))

  app.delete('/workbench', async (c) => {
    await pipeline.forget()
    sandbox?.forget()
    return c.body(null, 204)
  })

  const switches = (): Switch[] => pipeline.mappings().map(({ name, enabled }) => ({ name, enabled }))

  const settledIfAsked = async (c: Context): Promise<void> => {
    if (c.req.query('wait') !== undefined) await pipeline.drain()
  }

  return app
}

function parseSwitches(value: unknown): Switch[] {
  const isSwitch = (item: unknown): item is Switch => {
    const { name, enabled } = Object(item) as Partial<Record<keyof Switch, unknown>>
    return typeof name === 'string' && typeof enabled === 'boolean'
  }
  if (Array.isArray(value) && value.every(isSwitch)) return value
  throw new InputError('The body must be a list of {"name": "...", "enabled": true or false}.')
}
