/**
 * The parts of the destination that replay and preflight use beside its definition, which is in `topsort`. The folder
 * `topsort` moves to Segment's repository without this file.
 */
export { EVENTS_URL, linkUsersEndpoint } from './topsort/client'
export { isRetryable } from './topsort/failure'
export type { Settings } from './topsort/generated-types'
export { limit } from './topsort/limit'
export { toPrice, toQuantity } from './topsort/purchase/amount'
export { MAX_EVENTS_PER_REQUEST } from './topsort/types'
