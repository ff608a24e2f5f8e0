import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import topsort from '../destinations/topsort'

/** The destination that the workbench runs. Its type takes any settings. The routes check them. */
export const definition = topsort as unknown as DestinationDefinition<JSONObject>
