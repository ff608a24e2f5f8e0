import { STATUS_CODES } from 'node:http'
import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { AggregateAjvError } from '@segment/ajv-human-errors'
import type { Context } from 'hono'
import { InputError, isObject } from '../../core'
import {
  type EventResult,
  type Exchange,
  messageOf,
  readSent,
  recordExchanges,
  toEventResult,
  toFailedResult
} from '../../pipeline'
import { readInput, TRACKING_LIMIT } from '../net/read-input'
import type { Parts } from '../parts'

/** The origins of Segment's hosted Actions Tester. */
export const TESTER_ORIGINS: readonly string[] = ['https://app.segment.com', 'https://eu1.app.segment.com']

/** Returns the paths of the tester's routes. */
export function testerPaths({ actions }: Pick<Parts['definition'], 'actions'>): string[] {
  return ['/manifest', '/authenticate', ...Object.keys(actions).map((key) => `/${key}`)]
}

/**
 * Creates the handlers for Segment's hosted Actions Tester. They answer as the server of Segment's command-line tool does,
 * always with 200. In addition, the first entry of an answer has the result of each event in `results`, which Segment's
 * own server does not return.
 *
 * Source: `packages/cli/src/lib/server.ts` of https://github.com/segmentio/action-destinations
 */
export function createTesterRoutes({ definition, pipeline, info }: Parts) {
  const manifest = (c: Context): Response => c.json({ ...definition, directoryName: directoryOf(definition) })

  async function authenticate(c: Context): Promise<Response> {
    const settings = readObject(await readInput(c.req.raw, undefined, TRACKING_LIMIT), 'The body')
    try {
      await new Destination(definition).testAuthentication(settings)
      return c.json({ ok: true })
    } catch (error) {
      return c.json({ ok: false, error: messageOf(error), fields: fieldsOf(error) })
    }
  }

  /** Creates the handler of an action. */
  const run = (key: string) => async (c: Context) => {
    const input = readObject(await readInput(c.req.raw, undefined, TRACKING_LIMIT), 'The body')
    // A page must not use the key of this machine in live mode.
    const ownSettings = info.live ? {} : pipeline.settings()
    const settings = { ...ownSettings, ...readObject(input.settings ?? {}, '"settings"') }
    const defaults = defaultValues(definition.actions[key].fields)
    const mapping = { ...defaults, ...readObject(input.mapping ?? {}, '"mapping"') }
    const { payload } = input
    if (!('payload' in input)) throw new InputError('The body needs "payload": an event, or a list of events.')
    if (Array.isArray(payload) && payload.length === 0)
      throw new InputError('"payload" is an empty list. Send at least one event.')
    const events = [payload].flat().map((event) => readObject(event, 'Each event in "payload"'))
    return c.json(await runAction(definition, key, { events, isBatch: Array.isArray(payload), mapping, settings }))
  }

  return { manifest, authenticate, run }
}

type Run = { events: JSONObject[]; isBatch: boolean; mapping: JSONObject; settings: JSONObject }

async function runAction(definition: Parts['definition'], key: string, run: Run): Promise<object[]> {
  const { fields } = definition.actions[key]
  const exchanges: Exchange[] = []
  const destination = new Destination(recordExchanges(definition, (exchange) => exchanges.push(exchange)))
  try {
    const nodes = run.isBatch ? await runBatch(destination, key, run) : [await runOne(destination, key, run)]
    return show(
      exchanges,
      nodes.map((node) => toEventResult(node, undefined, fields))
    )
  } catch (error) {
    return show(
      exchanges,
      run.events.map(() => ({ ...toFailedResult(error, fields), status: statusOf(error) })),
      error
    )
  }
}

function runBatch(destination: Destination, key: string, { events, mapping, settings }: Run) {
  return destination.executeBatch(key, { events: events as unknown as SegmentEvent[], mapping, settings })
}

async function runOne(destination: Destination, key: string, { events: [data], mapping, settings }: Run) {
  const results = await destination.actions[key].execute({
    data,
    mapping,
    settings,
    auth: undefined,
    audienceSettings: {}
  })
  const { body } = Object(results.at(-1)?.data) as { body?: unknown }
  const status = destination.responses.at(-1)?.status ?? 200
  return { status, sent: readSent(destination.responses), body }
}

/** Adds the error if the action made no request. */
function show(exchanges: Exchange[], results: EventResult[], error?: unknown): object[] {
  const shown: object[] = exchanges.map(toShown)
  if (shown.length === 0 && error !== undefined) shown.push(toRequestError(error))
  const failed = results.find(({ ok }) => !ok)
  if (shown.length === 0 && failed) shown.push(toRequestError(new Error(failed.message), failed.status))
  const [first, ...others] = shown
  return [{ ...first, results }, ...others]
}

/** Describes a request of the action as the tester shows it. */
function toShown({ request, answer, error }: Exchange): object {
  const { url, method, headers, body } = request
  const { status = 0, ...response } = answer ?? { headers: {}, body: '' }
  const statusMessage = answer ? (STATUS_CODES[status] ?? '') : (error ?? 'No answer')
  return {
    request: { url, headers, method, body: typeof body === 'string' ? body : JSON.stringify(body) },
    response: { statusCode: status, statusMessage, headers: response.headers, body: response.body }
  }
}

/** Describes why an event made no request. */
function toRequestError(error: unknown, status = statusOf(error)): object {
  return {
    statusCode: status,
    message: messageOf(error),
    // Segment's own server answers the stack. Here it would show paths of this machine, and no code of the destination.
    stack: error instanceof Error ? `${error.name}: ${messageOf(error)}` : '',
    fields: fieldsOf(error),
    requestError: true
  }
}

function statusOf(error: unknown): number {
  const { status } = Object(error) as { status?: unknown }
  return typeof status === 'number' ? status : isRefusal(error) ? 400 : 500
}

/**
 * Recognizes the error of the framework's check of fields by its name, because the framework may have another copy of the
 * package with its class.
 */
function isRefusal(error: unknown): error is AggregateAjvError {
  return error instanceof Error && error.name === 'AggregateAjvError'
}

/** Returns the fields that the framework's check refused. */
function fieldsOf(error: unknown): string[] {
  return isRefusal(error) ? [...error].map(({ path }) => path.replace(/^\$\.?/, '')) : []
}

function readObject(value: unknown, what: string): JSONObject {
  if (isObject(value)) return value as JSONObject
  throw new InputError(`${what} must be a JSON object.`)
}

/** Returns the name of the destination's folder in Segment's repository: its slug without the prefix. */
function directoryOf({ slug = '', name }: Parts['definition']): string {
  return slug.replace(/^actions-/, '') || name.toLowerCase()
}
