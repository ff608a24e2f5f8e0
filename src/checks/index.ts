/**
 * Finds mistakes that cost a marketplace money, and says how to correct them. It may import `bounded`, `json`, and types of
 * `pipeline` and `sandbox`. docs/architecture.md says what a new check needs.
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
