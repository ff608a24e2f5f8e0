/**
 * Topsort's API in memory, for trying a client without an account and without a network. Nothing is billed. It knows
 * nothing of Segment.
 */
export type { Refusal } from './answers'
export type { SandboxExchange, SandboxApp } from './app'
export type { AttributedLine, Attribution, PersonTrace } from './attribution/attribution'
export type { NoCreditCode } from './attribution/explain-no-credit'
export type { AdInteraction } from './attribution/interaction'
export { addUp } from './attribution/order-line'
export {
  type AttributionChanges,
  type AttributionSettings,
  changeSettings,
  listWindows,
  parseAttributionSettings
} from './attribution/settings'
export type { AuctionRun } from './auctions/auction-house'
export { parseCatalogue, type Product } from './auctions/catalogue'
export { type AuctionScript, parseAuctionScripts } from './auctions/scripts'
export { type JsonBody, readJsonBody } from './body'
export {
  type Auction,
  type EventsByType,
  type EventsRequest,
  eventsRequestSchema,
  type EventType,
  type LinkUsersRequest
} from './contract'
export { type Fault, parseFaults } from './faults'
export type { Dropped, Ledger } from './ledger'
export { parseSnapshot, type ScriptsLeft, type Snapshot } from './snapshot'
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox'
