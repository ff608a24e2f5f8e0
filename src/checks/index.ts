/**
 * Finds mistakes that cost a marketplace money, and says how to correct them. docs/architecture.md says what a new check needs.
 */
export type { AttributionDays } from './attribution-windows'
export { createChecks } from './create-checks'
export type { Checks, ChecksOptions, Forgotten } from './create-checks'
export { compareCost, type Cost, type Finding, type Money, type Sample } from './finding'
export { findingLine } from './finding-line'
export { shortenId } from './ids'
export { listChecks } from './list-checks'
export { createSums } from './money'
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
export { ORDER_IDS } from './properties'
export { SEVERITIES, type Severity } from './severities'
export { type BreakdownCounts, type BreakdownGroup, readBreakdown } from './days/breakdown'
export { sayCost, sayFate, sayMissingCost, sayMoneys } from './say'
export { toTriggerFindings, triggerLosesMeaning } from './trigger-loses-meaning'
export { readLink } from './whole/click-memory'
export { listUnmappedNames, type UnmappedName } from './whole/unmapped-events'
export { failedField, findSiblings } from './whole/sibling'
export { createWholes, type SavedWholes } from './wholes'
