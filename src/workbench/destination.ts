import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import topsort from '../destinations/topsort'

/** The destination that the workbench runs. Its routes work with any settings, which are checked where they come in. */
export const definition = topsort as unknown as DestinationDefinition<JSONObject>
