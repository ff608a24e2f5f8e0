import { MultiStatusResponse } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'

/**
 * The key of the payload in the result of an event. The index in a batch would not do, because invalid events never reach
 * the action.
 */
const PAYLOAD = Symbol('payload')

/**
 * Wraps an action of a destination so that its payloads are recorded. Invalid payloads of a batch never reach it.
 *
 * @example
 * const { definition, payloads } = recordPayloads(topsort, 'click')
 * await new Destination(definition).onEvent(event, settings)
 */
export function recordPayloads<Settings>(
  definition: DestinationDefinition<Settings>,
  actionKey: string
): { definition: DestinationDefinition<Settings>; payloads: unknown[] } {
  const payloads: unknown[] = []
  const action = definition.actions[actionKey]
  const { performBatch } = action
  const recording: ActionDefinition<Settings> = {
    ...action,
    perform: (request, data): unknown => {
      payloads.push(data.payload)
      return action.perform(request, data)
    },
    ...(performBatch && {
      performBatch: async (request, data): Promise<unknown> => {
        const batch = data.payload as unknown[]
        payloads.push(...batch)
        const results = await performBatch(request, data)
        if (results instanceof MultiStatusResponse) tag(results, batch)
        return results
      }
    })
  }
  return { definition: { ...definition, actions: { ...definition.actions, [actionKey]: recording } }, payloads }
}

/** Reads the payload of an event from its result in a batch, if the event got to the action. */
export function payloadOf(result: object): unknown {
  return (result as { [PAYLOAD]?: unknown })[PAYLOAD]
}

function tag(results: MultiStatusResponse, batch: unknown[]): void {
  const count = Math.min(results.length(), batch.length)
  for (let index = 0; index < count; index += 1) {
    Object.assign(results.getResponseAtIndex(index).value(), { [PAYLOAD]: batch[index] })
  }
}
