/**
 * A dry run returns what the destination would make of an event, and sends nothing. `test/properties/dry-run.test.ts` is its
 * specification: it compares each result with the framework's own, for all fixtures, and for generated events and
 * mappings. It also counts how often the slow way is taken.
 *
 * The framework interprets the mapping and checks the payload for every event, which takes most of its time. Here the
 * mapping (`compile-mapping.ts`) and the schema of the fields (`compile-value.ts`) are compiled once. These hold for every
 * event:
 *
 * - A prepared value is what the framework makes of it, or it is an `Unsure` one. A list or an object with an `Unsure` part
 *   is `Unsure` too. The framework checks each payload that is.
 * - The event never changes. All lists and objects of a payload are copies.
 * - The action is the destination's own code, without its requests.
 * - There are two slow ways. A mapping that cannot be compiled goes to the framework as a whole, and so does a mapping whose
 *   action has no preview. An `Unsure` payload is checked by the framework.
 */
import { fieldsToJsonSchema, validateSchema } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { type BatchResult, toEventResult, toFailedResult } from '../attempt'
import { findMappingError } from '../mapping-error'
import type { Mapping } from '../mappings'
import { compileMapping } from './compile-mapping'
import { compileValue, EXEMPT, type Schema, Unsure } from './compile-value'
import { createFrameworkDryRun, type DryRun } from './framework-dry-run'

/**
 * For each action, a function that returns the result of a payload if all that is sent is stored. It sends nothing, never
 * throws, and gives the same as `performBatch`.
 */
export type Previews<Settings> = {
  readonly [action: string]: ((payload: JSONObject, settings: Settings) => BatchResult) | undefined
}

/**
 * Creates the dry run of a mapping.
 *
 * @param previews what the actions would send. Without the preview of the action, the framework makes each dry run
 *
 * @example
 * const dryRun = createDryRun(topsort, { api_key: 'TSE_1' }, mapping, previews)
 * const { ok, message, sent } = await dryRun(event)
 */
export function createDryRun<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping,
  previews: Previews<Settings> = {}
): DryRun {
  return (
    createCompiledDryRun(definition, settings, mapping, previews[mapping.partnerAction]) ??
    createFrameworkDryRun(definition, settings, mapping)
  )
}

/** Returns undefined if only the framework can apply the mapping. */
function createCompiledDryRun<Settings extends JSONObject>(
  { name, actions }: DestinationDefinition<Settings>,
  settings: Settings,
  { partnerAction, mapping }: Mapping,
  preview: Previews<Settings>[string]
): DryRun | undefined {
  const { fields, title } = actions[partnerAction]
  const read = preview && compileMapping(mapping)
  if (!read) return undefined
  const schema = fieldsToJsonSchema(fields)
  const prepare = compileValue(schema as Schema, false)
  const check = { schemaKey: `${name}:${title}`, throwIfInvalid: true, exempt: [EXEMPT] }

  return (event) => {
    let made: unknown
    try {
      made = prepare(read(event))
    } catch (error) {
      return findMappingError(mapping, event, fields) ?? toFailedResult(error, fields)
    }
    const payload = (made instanceof Unsure ? made.value : made) as JSONObject
    try {
      if (made instanceof Unsure) validateSchema(payload, schema, check)
    } catch (error) {
      return { ...toFailedResult(error, fields), status: 400 }
    }
    return toEventResult(preview(payload, settings), payload, fields)
  }
}
