import type { DestinationDefinition, JSONObject, RequestClient, SegmentEvent } from '@segment/actions-core'
import { attempt } from './attempt'
import type { Attempt } from './attempt'
import type { Mapping } from './mappings'

/** Tries what would become of events that a mapping takes. Returns one result for each, in their order. */
export type Trial = (events: SegmentEvent[]) => Promise<Attempt[]>

/** The answer of Topsort to a request that it stores. */
const STORED = { ok: true, status: 204, statusText: 'No Content', content: '', data: undefined }

/** Answers at once. No socket is opened, so nothing can be sent. */
const request = (() => Promise.resolve(STORED)) as unknown as RequestClient

/** Creates the trial of a mapping. It has the framework's own mapping and checks, and the destination's own code. */
export function createTrial<Settings extends JSONObject>(
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
