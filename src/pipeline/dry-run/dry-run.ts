/**
 * A dry run returns what the destination would make of events, and sends nothing. `test/properties/dry-run.test.ts` is its
 * specification: it compares each result with the framework's own, for all fixtures, and for generated events and
 * mappings.
 *
 * The framework interprets the mapping and checks the payload for every event, which takes most of its time. Here the
 * mapping (`compile-mapping.ts`) and the schema of the fields (`compile-value.ts`) are compiled once, and joined to one
 * function (`compile-payload.ts`).
 *
 * - A mapping that cannot be compiled goes to the framework as a whole.
 * - A prepared value is the framework's own, or it is not sure to fit its field. The framework checks every payload with
 *   such a value.
 * - An event is never changed. All lists and objects of a payload are copies.
 * - The action is the destination's own code.
 */
import { fieldsToJsonSchema, MultiStatusResponse, validateSchema } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { type EventResult, toEventResult, toFailedResult } from '../attempt'
import { findMappingError } from '../mapping-error'
import type { Mapping } from '../mappings'
import { compileMapping } from './compile-mapping'
import { compilePayload } from './compile-payload'
import { EXEMPT, type Schema } from './compile-value'
import { createFrameworkDryRun, type DryRun, storingClient } from './framework-dry-run'

/**
 * Creates the dry run of a mapping.
 *
 * @example
 * const dryRun = createDryRun(topsort, { api_key: 'TSE_1' }, mapping)
 * const [{ ok, message, sent }] = await dryRun([event])
 */
export function createDryRun<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): DryRun {
  return createCompiledDryRun(definition, settings, mapping) ?? createFrameworkDryRun(definition, settings, mapping)
}

/** The payload that the mapping makes of an event, or the result of an event that does not get to the action. */
type Made = { ok: true; payload: JSONObject } | { ok: false; result: EventResult }

/** Returns undefined if only the framework can apply the mapping. */
function createCompiledDryRun<Settings extends JSONObject>(
  { name, actions }: DestinationDefinition<Settings>,
  settings: Settings,
  { partnerAction, mapping }: Mapping
): DryRun | undefined {
  const { fields, title, performBatch } = actions[partnerAction]
  const reader = compileMapping(mapping)
  if (!performBatch || !reader) return undefined
  const schema = fieldsToJsonSchema(fields)
  const makePayload = compilePayload(reader, schema as Schema)
  const check = { schemaKey: `${name}:${title}`, throwIfInvalid: true, exempt: [EXEMPT] }

  function make(event: SegmentEvent): Made {
    let made: ReturnType<typeof makePayload>
    try {
      made = makePayload(event)
    } catch (error) {
      return { ok: false, result: findMappingError(mapping, event, fields) ?? toFailedResult(error, fields) }
    }
    const { payload, isSure } = made
    if (isSure) return { ok: true, payload }
    try {
      validateSchema(payload, schema, check)
      return { ok: true, payload }
    } catch (error) {
      return { ok: false, result: { ...toFailedResult(error, fields), status: 400 } }
    }
  }

  return async (events) => {
    const made = events.map(make)
    const payloads = made.flatMap((each) => (each.ok ? each.payload : []))
    if (payloads.length === 0) return made.flatMap((each) => (each.ok ? [] : each.result))
    const data = { payload: payloads, settings } as unknown as Parameters<typeof performBatch>[1]
    const results = await performBatch(storingClient, data)
    if (!(results instanceof MultiStatusResponse)) {
      throw new Error(`The action ${title} gives no result for each event.`)
    }
    let next = 0
    return made.map((each) => {
      if (!each.ok) return each.result
      const result = results.getResponseAtIndex(next).value()
      next += 1
      return toEventResult(result, each.payload, fields)
    })
  }
}
