import { fieldsToJsonSchema, MultiStatusResponse, validateSchema } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { createTrial as createFrameworkTrial, storingClient } from '../../pipeline'
import type { Attempt, Mapping, Trial } from '../../pipeline'
import { createCleanPayload } from './clean-payload'
import { compileMapping } from './compile-mapping'

/**
 * Creates a trial that gives the same results as the one of the pipeline, in less time: it prepares the mapping once. The
 * check of the fields and the action are the framework's and the destination's own.
 */
export function createTrial<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): Trial {
  return createFastTrial(definition, settings, mapping) ?? createFrameworkTrial(definition, settings, mapping)
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
    const results = await performBatch(storingClient, data)
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
