import type { Context } from 'hono'
import { InputError } from '../../core'
import type { Clock } from '../clock'
import { type BodyLimit, readInput } from '../net/read-input'
import { jsonAnswer, streamObject } from '../net/stream-json'
import type { Credits } from '../state/credits'
import { maskUsers } from '../state/mask-users'
import { openState, saveState } from '../state/state'
import { MAX_STATE_BYTES } from '../state/state-file'
import type { StateParts } from '../state/state'

const LIMIT: BodyLimit = { bytes: MAX_STATE_BYTES, advice: 'Save the state of a workbench with a smaller --keep.' }

/** Creates the handlers that save everything to a file, open it again, and forget everything. */
export function createStateRoutes(parts: StateParts & { clock: Clock; credits: Credits }) {
  async function save(c: Context): Promise<Response> {
    const state = saveState(parts)
    const isMasked = c.req.query('mask') !== undefined
    const name = `topsort-workbench-${state.savedAt.slice(0, 19).replaceAll(':', '-')}${isMasked ? '-masked' : ''}.json`
    return jsonAnswer(streamObject(isMasked ? await maskUsers(state) : state), {
      'Content-Disposition': `attachment; filename="${name}"`
    })
  }

  async function open(c: Context): Promise<Response> {
    await openState(await readInput(c.req.raw, undefined, LIMIT), parts)
    parts.clock.reset()
    return c.json(parts.pipeline.counts())
  }

  async function forget(c: Context): Promise<Response> {
    const keep = c.req.query('keep')
    if (keep !== undefined && keep !== 'mappings') {
      throw new InputError(`DELETE /workbench cannot keep "${keep}". It can keep: mappings.`)
    }
    const { pipeline, sandbox, findings, history, shoppers, credits, clock } = parts
    await pipeline.forget({ keepMappings: keep === 'mappings' })
    clock.reset()
    sandbox?.forget()
    findings.forget()
    history.clear()
    shoppers.forget()
    credits.forget()
    return c.body(null, 204)
  }

  return { save, open, forget }
}
