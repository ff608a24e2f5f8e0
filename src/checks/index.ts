/**
 * Finds the mistakes that cost a marketplace money in what came in and what was sent, and says how to mend them.
 * This room imports types of `pipeline` and `sandbox`, and nothing that runs there.
 * A new check is a file in `mistakes`, a line in `registry.ts`, a test beside it, and a heading in `docs/findings.md`.
 */
export { createChecks } from './create-checks'
export type { Checks, ChecksOptions } from './create-checks'
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
