import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { InputError } from '../../core'
import { type BodyLimit, readInput } from '../net/read-input'
import { jsonAnswer, streamObject } from '../net/stream-json'
import type { Parts } from '../parts'
import { type CaseOf, saveCase, writeCaseTest } from '../state/case'
import { maskUsers } from '../state/mask-users'
import { needSandbox, readCalls, takeCalls } from '../state/opened-calls'
import { openState, saveState } from '../state/state'
import { MAX_STATE_BYTES } from '../state/read-state'

const LIMIT: BodyLimit = { bytes: MAX_STATE_BYTES, advice: 'Save the state of a workbench with a smaller --keep.' }

/** Creates the handlers that save everything to a file, open it again, and forget everything. */
export function createStateRoutes(parts: Parts) {
  const { pipeline, sandbox, findings, history, shoppers, credits, clock } = parts

  async function save(c: Context): Promise<Response> {
    const of = readCaseOf(c)
    const state = of ? saveCase(of, parts) : saveState(parts)
    if (!state) throw new HTTPException(404, { message: 'There is no such event or user. Nothing is saved.' })
    const isMasked = c.req.query('mask') !== undefined
    const saved = isMasked ? await maskUsers(state) : state
    if (c.req.query('as') === 'test') {
      return c.body(writeCaseTest(saved), 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Content-Disposition': 'attachment; filename="workbench-test.mjs"'
      })
    }
    const kind = of ? 'case' : 'workbench'
    const name = `topsort-${kind}-${state.savedAt.slice(0, 19).replaceAll(':', '-')}${isMasked ? '-masked' : ''}.json`
    return jsonAnswer(streamObject(saved), {
      'Content-Disposition': `attachment; filename="${name}"`
    })
  }

  async function open(c: Context): Promise<Response> {
    const value = await readInput(c.req.raw, undefined, LIMIT)
    if (Array.isArray(value) && value.length > 0) {
      needSandbox(sandbox)
      const calls = readCalls(value)
      await forgetAll(true)
      takeCalls(calls, parts)
    } else {
      await openState(value, parts)
      clock.reset()
    }
    return c.json(pipeline.counts())
  }

  async function forget(c: Context): Promise<Response> {
    const keep = c.req.query('keep')
    if (keep !== undefined && keep !== 'mappings') {
      throw new InputError(`DELETE /workbench cannot keep "${keep}". It can keep: mappings.`)
    }
    await forgetAll(keep === 'mappings')
    return c.body(null, 204)
  }

  async function forgetAll(keepMappings: boolean): Promise<void> {
    await pipeline.forget({ keepMappings })
    clock.reset()
    sandbox?.forget()
    findings.forget()
    history.clear()
    shoppers.forget()
    credits.forget()
  }

  return { save, open, forget }
}

/** Reads whose events to save. Undefined for everything. */
function readCaseOf(c: Context): CaseOf | undefined {
  const { user, event } = c.req.query()
  if (user) return { user }
  return event ? { event: Number(event) } : undefined
}
