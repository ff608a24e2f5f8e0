/**
 * Finds mistakes that cost a marketplace money, and says how to correct them. It reads Segment calls, their deliveries,
 * and auctions. It imports only types of `pipeline` and `sandbox`.
 *
 * A new check needs a file in `mistakes` with a test, an entry in `registry.ts`, and a section in `docs/findings.md`.
 */
export { createChecks } from './create-checks'
export type { Checks, ChecksOptions, Forgotten } from './create-checks'
export { type Finding, type Sample, SEVERITIES, type Severity } from './finding'
export { findingLine } from './finding-line'
export type {
  AuctionObservation,
  DirectObservation,
  EventObservation,
  LinkObservation,
  MappingDelivery,
  Observation,
  Winner,
  WireEvents
} from './observation'
