import type { DestinationDefinition, JSONObject, RequestClient, SegmentEvent } from '@segment/actions-core'
import { attempt, type EventResult } from '../attempt'
import type { Mapping } from '../mappings'
import { wrapClient } from '../wrap-client'

/** Returns the result that an event would have. Sends nothing. A promise if only the framework can tell. */
export type DryRun = (event: SegmentEvent) => EventResult | Promise<EventResult>

/** Topsort's answer to a request that it stores. */
const STORED = { ok: true, status: 204, statusText: 'No Content', content: '', data: undefined }

/** Answers each request at once, as if Topsort stored it. It opens no socket, so nothing can be sent. */
const storingClient = (() => Promise.resolve(STORED)) as unknown as RequestClient

/** Creates a dry run that hands each event to the framework as a whole. It can apply every mapping, and is slow. */
export function createFrameworkDryRun<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): DryRun {
  // A batch has a result for each event. How many events a request holds makes no difference to what is sent.
  const batched = { ...mapping, mapping: { ...mapping.mapping, enable_batching: true } }
  const target = { definition: wrapClient(definition, () => storingClient), settings, mapping: batched }
  return async (event) => (await attempt(target, [event]))[0]
}
