import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'

/**
 * Returns a destination whose actions send through another client. Everything else stays the same.
 *
 * @param wrap makes the client of one call from the framework's client
 *
 * @example
 * const silent = wrapClient(topsort, () => storingClient)
 */
export function wrapClient<Settings>(
  definition: DestinationDefinition<Settings>,
  wrap: (client: RequestClient) => RequestClient
): DestinationDefinition<Settings> {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const { performBatch } = action
    const wrapped: ActionDefinition<Settings> = {
      ...action,
      perform: (client, data): unknown => action.perform(wrap(client), data),
      ...(performBatch && { performBatch: (client, data): unknown => performBatch(wrap(client), data) })
    }
    return [key, wrapped] as const
  })
  return { ...definition, actions: Object.fromEntries(actions) }
}
