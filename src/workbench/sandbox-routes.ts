import { Hono } from 'hono'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { InputError } from '../core'
import { parseAttributionSettings, parseAuctionScripts, parseCatalogue, parseFaults } from '../sandbox'
import type { Sandbox } from '../sandbox'
import { readInput } from './read-input'
import { jsonAnswer, streamObject } from './stream-json'

/** The parts that the routes use. */
export type SandboxRoutesParts = {
  /** Absent in live mode. Then each route answers 404. */
  sandbox?: Sandbox
  /** Waits until all pending events are settled, if the request has `?wait`. */
  waitIfAsked: (c: Context) => Promise<void>
}

/**
 * Creates the routes that show and set the state of the sandbox, relative to `/workbench`. A `PUT` answers with the new
 * value.
 */
export function createSandboxRoutes({ sandbox, waitIfAsked }: SandboxRoutesParts): Hono {
  const routes = new Hono()

  routes.get('/ledger', async (c) => {
    const { view, dropped } = requireSandbox(sandbox)
    await waitIfAsked(c)
    const gone = dropped()
    const isWhole = Object.values(gone).every((count) => count === 0)
    return jsonAnswer(streamObject({ ...view(), ...(!isWhole && { dropped: gone }) }))
  })

  routes.get('/faults', (c) => c.json(requireSandbox(sandbox).scriptsLeft()))

  routes.put('/faults', async (c) => {
    const { script } = requireSandbox(sandbox)
    const faults = parseInput(parseFaults, await readInput(c.req.raw))
    script(faults)
    return c.json(faults)
  })

  routes.get('/catalogue', (c) => c.json(requireSandbox(sandbox).catalogue()))

  routes.put('/catalogue', async (c) => {
    const { catalogue, replaceCatalogue } = requireSandbox(sandbox)
    replaceCatalogue(parseInput(parseCatalogue, await readInput(c.req.raw)))
    return c.json(catalogue())
  })

  routes.put('/auctions', async (c) => {
    const { scriptAuctions } = requireSandbox(sandbox)
    const scripts = parseInput(parseAuctionScripts, await readInput(c.req.raw))
    scriptAuctions(scripts)
    return c.json(scripts)
  })

  routes.get('/attribution', async (c) => {
    const { attribution } = requireSandbox(sandbox)
    await waitIfAsked(c)
    return jsonAnswer(streamObject(attribution()))
  })

  routes.put('/attribution', async (c) => {
    const { attribution, changeAttribution } = requireSandbox(sandbox)
    changeAttribution(parseInput(parseAttributionSettings, await readInput(c.req.raw)))
    return c.json(attribution())
  })

  return routes
}

/** @throws HTTPException 404 in live mode */
export function requireSandbox(sandbox: Sandbox | undefined): Sandbox {
  if (sandbox) return sandbox
  throw new HTTPException(404, { message: 'There is no sandbox in live mode: events go to Topsort itself.' })
}

/** @throws InputError with the message of the parser */
function parseInput<Value>(parse: (value: unknown) => Value, value: unknown): Value {
  try {
    return parse(value)
  } catch (error) {
    throw new InputError((error as Error).message, { cause: error })
  }
}
