import { fieldsToJsonSchema, MultiStatusResponse, validateSchema } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, RequestClient, SegmentEvent } from '@segment/actions-core'
import { attempt } from '../../pipeline'
import type { Attempt, Mapping } from '../../pipeline'
import { createCleanPayload } from './clean-payload'
import { compileMapping } from './compile-mapping'

/** Tries what would become of events that a mapping takes. Returns one result for each, in their order. */
export type Trial = (events: SegmentEvent[]) => Promise<Attempt[]>

/** The answer of Topsort to a request that it stores. */
const STORED = { ok: true, status: 204, statusText: 'No Content', content: '', data: undefined }

/** Answers at once. No socket is opened, so nothing can be sent. */
const request = (() => Promise.resolve(STORED)) as unknown as RequestClient

/**
 * Creates the trial of a mapping. It has the framework's own check of the fields, and the destination's own code, and the
 * mapping gives what the framework's own gives.
 */
export function createTrial<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): Trial {
  return createFastTrial(definition, settings, mapping) ?? createFrameworkTrial(definition, settings, mapping)
}

/** Creates the trial of a mapping with the framework as a whole, which is slower. */
export function createFrameworkTrial<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): Trial {
  // A batch has a result for each event. How many events a request holds makes no difference to what is sent.
  const batched = { ...mapping, mapping: { ...mapping.mapping, enable_batching: true } }
  const target = { definition: withoutRequests(definition), settings, mapping: batched }
  return (events) => attempt(target, events)
}

/** Gives the actions a request client that sends nothing. */
function withoutRequests<Settings>(definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const { perform, performBatch } = action
    const wrapped = {
      ...action,
      perform: (_: RequestClient, data: Parameters<typeof perform>[1]): unknown => perform(request, data),
      ...(performBatch && {
        performBatch: (_: RequestClient, data: Parameters<typeof performBatch>[1]): unknown =>
          performBatch(request, data)
      })
    }
    return [key, wrapped]
  })
  return { ...definition, actions: Object.fromEntries(actions) as typeof definition.actions }
}

/** What the mapping and the check of the fields make of an event. */
type Prepared = { ok: true; payload: JSONObject } | { ok: false; attempt: Attempt }

function createFastTrial<Settings extends JSONObject>(
  { name, actions }: DestinationDefinition<Settings>,
  settings: Settings,
  { partnerAction, mapping }: Mapping
): Trial | undefined {
  const action = actions[partnerAction]
  const { fields, title, performBatch } = action
  const readValues = compileMapping(mapping)
  if (!performBatch || !readValues) return undefined
  const schema = fieldsToJsonSchema(fields)
  const clean = createCleanPayload(schema as Parameters<typeof createCleanPayload>[0])
  const check = { schemaKey: `${name}:${title}`, throwIfInvalid: true, exempt: ['dynamicAuthSettings'] }

  function prepare(event: SegmentEvent): Prepared {
    let payload: JSONObject
    try {
      payload = clean(readValues?.(event)) as JSONObject
    } catch (error) {
      return { ok: false, attempt: { status: 500, ok: false, message: (error as Error).message } }
    }
    try {
      validateSchema(payload, schema, check)
      return { ok: true, payload }
    } catch (error) {
      return { ok: false, attempt: { status: 400, ok: false, message: (error as Error).message } }
    }
  }

  return async (events) => {
    const prepared = events.map(prepare)
    const payloads = prepared.flatMap((each) => (each.ok ? each.payload : []))
    if (payloads.length === 0) return prepared.flatMap((each) => (each.ok ? [] : each.attempt))
    const data = { payload: payloads, settings } as unknown as Parameters<typeof performBatch>[1]
    const results = await performBatch(request, data)
    if (!(results instanceof MultiStatusResponse))
      throw new Error(`The action ${title} gives no result for each event.`)
    let next = 0
    return prepared.map((each) => {
      if (!each.ok) return each.attempt
      const result = results.getResponseAtIndex(next).value()
      next += 1
      return toAttempt(result, each.payload)
    })
  }
}

function toAttempt(
  result: ReturnType<ReturnType<MultiStatusResponse['getResponseAtIndex']>['value']>,
  payload: unknown
): Attempt {
  const { status, sent, body } = result
  const note = typeof body === 'string' ? body : ''
  const message = 'errormessage' in result ? result.errormessage : note
  return { status, ok: status >= 200 && status < 300, message, payload, sent }
}
