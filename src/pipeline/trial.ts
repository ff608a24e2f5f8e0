import type { DestinationDefinition, JSONObject, RequestClient, SegmentEvent } from '@segment/actions-core'
import { attempt } from './attempt'
import type { Attempt } from './attempt'
import type { Mapping } from './mappings'
import { wrapClient } from './wrap-client'

/** Tries what would become of events that a mapping takes. Returns one result for each, in their order. */
export type Trial = (events: SegmentEvent[]) => Promise<Attempt[]>

/** The answer of Topsort to a request that it stores. */
const STORED = { ok: true, status: 204, statusText: 'No Content', content: '', data: undefined }

/** Answers each request as if Topsort stored it, at once. No socket is opened, so nothing can be sent. */
export const storingClient = (() => Promise.resolve(STORED)) as unknown as RequestClient

/** Creates the trial of a mapping. It has the framework's own mapping and checks, and the destination's own code. */
export function createTrial<Settings extends JSONObject>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  mapping: Mapping
): Trial {
  // A batch has a result for each event. How many events a request holds makes no difference to what is sent.
  const batched = { ...mapping, mapping: { ...mapping.mapping, enable_batching: true } }
  const target = { definition: wrapClient(definition, () => storingClient), settings, mapping: batched }
  return (events) => attempt(target, events)
}
