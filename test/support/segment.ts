import { Destination } from '@segment/actions-core'
import type {
  ActionDefinition,
  DestinationDefinition,
  RequestClient,
  Result,
  SegmentEvent
} from '@segment/actions-core'
import topsort from '../../src/destinations/topsort'
import type { Settings } from '../../src/destinations/topsort/generated-types'
import { presetMappings } from '../../src/pipeline/mappings'

/** The framework's result for one event of a batch. */
export type BatchResult = NonNullable<Result['multistatus']>[number]

/** The default mapping of a preset, with functions that deliver events through the framework. */
export type Subscription = {
  /** Delivers a single event. Rejects with the error of the action. */
  onEvent: (event: SegmentEvent) => Promise<void>
  /** Delivers a batch. Returns one result for each event. */
  onBatch: (events: SegmentEvent[]) => Promise<BatchResult[]>
}

export const KEY = 'TSE_4vN9kq2TzR'

/**
 * Subscribes to one of the destination's presets.
 *
 * @param client replaces the framework's client, which sends over HTTPS
 */
export function subscribe(
  preset: string,
  { settings = {}, client }: { settings?: Partial<Settings>; client?: RequestClient } = {}
): Subscription {
  const subscription = presetMappings(topsort).find(({ name }) => name === preset)
  if (!subscription) throw new Error(`There is no preset "${preset}"`)
  const destination = new Destination(client ? withClient(topsort, client) : topsort)
  const configuration = { api_key: KEY, ...settings, subscriptions: [subscription] }
  return {
    async onEvent(event) {
      await destination.onEvent(event, configuration)
    },
    async onBatch(events) {
      const results = await destination.onBatch(events, configuration)
      return results.flatMap(({ multistatus = [] }) => multistatus)
    }
  }
}

/** Returns the destination with another client. Its actions and the framework's work before them stay as they are. */
function withClient(
  definition: DestinationDefinition<Settings>,
  client: RequestClient
): DestinationDefinition<Settings> {
  const actions = Object.entries(definition.actions).map(([key, action]) => {
    const replaced: ActionDefinition<Settings> = {
      ...action,
      perform: (_, data): unknown => action.perform(client, data),
      performBatch: (_, data): unknown => action.performBatch?.(client, data)
    }
    return [key, replaced] as const
  })
  return { ...definition, actions: Object.fromEntries(actions) }
}
