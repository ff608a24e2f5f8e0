import type { Context } from 'hono'
import { InputError } from '../../core'
import { listWindows, parseAttributionSettings, parseAuctionScripts, parseCatalogue, parseFaults } from '../../sandbox'
import { readInput } from '../net/read-input'
import { jsonAnswer, streamObject } from '../net/stream-json'
import type { Parts } from '../parts'
import { judgeAgain } from '../state/state'
import type { WorkbenchContext } from './context'

// The handlers that show and set the state of the sandbox. A `PUT` answers with the new value.

export function showLedger(c: WorkbenchContext): Response {
  const { view, dropped } = c.get('sandbox')
  const gone = dropped()
  const isWhole = Object.values(gone).every((count) => count === 0)
  return jsonAnswer(streamObject({ ...view(), ...(!isWhole && { dropped: gone }) }))
}

export function showFaults(c: WorkbenchContext): Response {
  return c.json(c.get('sandbox').scriptsLeft())
}

export async function scriptFaults(c: WorkbenchContext): Promise<Response> {
  const faults = await readBody(c, parseFaults)
  c.get('sandbox').script(faults)
  return c.json(faults)
}

export async function scriptAuctions(c: WorkbenchContext): Promise<Response> {
  const scripts = await readBody(c, parseAuctionScripts)
  c.get('sandbox').scriptAuctions(scripts)
  return c.json(scripts)
}

export function showCatalogue(c: WorkbenchContext): Response {
  return c.json(c.get('sandbox').catalogue())
}

export async function replaceCatalogue(c: WorkbenchContext): Promise<Response> {
  c.get('sandbox').replaceCatalogue(await readBody(c, parseCatalogue))
  return showCatalogue(c)
}

export function showAttribution(c: WorkbenchContext): Response {
  return jsonAnswer(streamObject(c.get('sandbox').attribution()))
}

/** Creates the handler that changes the rules of credit. The checks use the windows, so they judge again. */
export function createAttributionChange(parts: Parts) {
  return async (c: WorkbenchContext): Promise<Response> => {
    const { attribution, attributionSettings, changeAttribution } = c.get('sandbox')
    const before = JSON.stringify(listWindows(attributionSettings()))
    changeAttribution(await readBody(c, parseAttributionSettings))
    if (JSON.stringify(listWindows(attributionSettings())) !== before) judgeAgain(parts)
    return c.json(attribution())
  }
}

/** Reads JSON. @throws InputError with the message of the parser */
async function readBody<Value>(c: Context, parse: (value: unknown) => Value): Promise<Value> {
  const value = await readInput(c.req.raw)
  try {
    return parse(value)
  } catch (error) {
    throw new InputError((error as Error).message, { cause: error })
  }
}
