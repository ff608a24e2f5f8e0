/**
 * Finds mistakes that cost a marketplace money, and says how to correct them. docs/architecture.md says what a new check needs.
 */
export type { AttributionDays } from './times'
export { type Checks, type ChecksOptions, createChecks, type Forgotten } from './create-checks'
export { type Diagnosis, diagnose, isTelling, listConsequences, sayFinding } from './diagnosis'
export type { EventKind } from './finding-work'
export { compareCost, type Cost, type Finding, type Money, type Sample } from './finding'
export { findingLine } from './finding-line'
export type { FindingWork } from './finding-work'
export { shortenId } from './properties'
export { looksLikePrice, looksLikeProductId, looksLikeUserId } from './key-names'
export { listChecks } from './registry'
export { addMoneys, createSums, roundAmount } from './money'
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
export { lineRevenue } from './money'
export { fitsTotal } from './orders/explain-total'
export { listOwnTotals } from './orders/explain-total'
export { ORDER_IDS } from './properties'
export { SEVERITIES, type Severity } from './severities'
export { type BreakdownCounts, type BreakdownGroup, readBreakdown } from './days/breakdown'
export { sayCost, sayCount, sayFate, sayList, sayMissingCost, sayMoneys, sayShare } from './say'
export { compareSamples, createIdSample, type IdSample } from './sketches/id-sample'
export type { Trend } from './timeline'
export { toTriggerFindings, triggerLosesMeaning } from './trigger-loses-meaning'
export { type ClickOfProduct, createClickMemory, productOf, readLink } from './whole/click-memory'
export { NO_PRODUCT_ID } from './whole/id-transforms'
export { mayNotBeOrder } from './whole/looks-like'
export { listUnmappedNames, type UnmappedName } from './whole/unmapped-events'
export { failedField, findSiblings, looksLikeId } from './whole/sibling'
export { createWholes, type SavedWholes } from './wholes'
