/** Topsort's Events API v2 in memory, to try a client against: no account, no network, nothing billed. */
export type { Refusal } from './answers'
export { type JsonBody, readJsonBody } from './body'
export { type EventsByType, type EventsRequest, type EventType, eventsRequestSchema } from './contract'
export { type Fault, parseFaults } from './faults'
export type { Dropped, Ledger } from './ledger'
export { createSandbox, type Exchange, type Sandbox, type SandboxApp, type SandboxOptions } from './sandbox'
