import { fieldsToJsonSchema, MultiStatusResponse, validateSchema } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { type Attempt, toAttempt, toFailure } from '../attempt'
import type { Mapping } from '../mappings'
import { compileMapping } from './compile-mapping'
import { createFrameworkTrial, storingClient } from './framework-trial'
import { compilePayload } from './prepare-payload'
import { EXEMPT } from './prepare-value'

/** Tries what would become of events that a mapping takes. Returns one result for each event, in their order. */
export type Trial = (events: SegmentEvent[]) => Promise<Attempt[]>

/**
 * Creates the trial of a mapping. It prepares the mapping and the check of the fields once, which takes a fraction of the
 * framework's time. The action is the destination's own code. `test/properties/trial.test.ts` compares the results with
 * those of the framework.
 */
export function createTrial<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): Trial {
  return createPreparedTrial(definition, settings, mapping) ?? createFrameworkTrial(definition, settings, mapping)
}

/** What the mapping and the check of the fields make of an event. */
type Prepared = { ok: true; payload: JSONObject } | { ok: false; attempt: Attempt }

/** Returns undefined if only the framework can apply the mapping. */
function createPreparedTrial<Settings extends JSONObject>(
  { name, actions }: DestinationDefinition<Settings>,
  settings: Settings,
  { partnerAction, mapping }: Mapping
): Trial | undefined {
  const { fields, title, performBatch } = actions[partnerAction]
  const reader = compileMapping(mapping)
  if (!performBatch || !reader) return undefined
  const schema = fieldsToJsonSchema(fields)
  const makePayload = compilePayload(reader, schema as Parameters<typeof compilePayload>[1])
  const check = { schemaKey: `${name}:${title}`, throwIfInvalid: true, exempt: [EXEMPT] }

  function prepare(event: SegmentEvent): Prepared {
    let made: ReturnType<typeof makePayload>
    try {
      made = makePayload(event)
    } catch (error) {
      return { ok: false, attempt: toFailure(error, fields) }
    }
    const { payload, isValid } = made
    if (isValid) return { ok: true, payload }
    try {
      validateSchema(payload, schema, check)
      return { ok: true, payload }
    } catch (error) {
      return { ok: false, attempt: { ...toFailure(error, fields), status: 400 } }
    }
  }

  return async (events) => {
    const prepared = events.map(prepare)
    const payloads: JSONObject[] = []
    for (const each of prepared) if (each.ok) payloads.push(each.payload)
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
      return toAttempt(result, each.payload, fields)
    })
  }
}
