/**
 * The parts of the destination that preflight and replay use beside its definition. The folder `topsort` moves to Segment's
 * repository without this file, and imports only `@segment/actions-core`.
 */
export { previews } from './previews'
export { EVENTS_URL, linkUsersEndpoint } from './topsort/client'
export { isRetryable } from './topsort/failure'
export type { Settings } from './topsort/generated-types'
export { limit } from './topsort/limit'
export { at, firstOf } from './topsort/mappings'
export { toPrice, toQuantity } from './topsort/purchase/amount'
export { mayBeObject, toSentence } from './topsort/reasons'
export { MAX_EVENTS_PER_REQUEST } from './topsort/types'
