/**
 * Compares what a mapping made of an event with what the Topsort destination sent for it, and explains each difference.
 * The table of fields in `fields.ts` knows under which name each field is sent, and why its value changes.
 */
export { compareSent } from './compare-sent'
export type { Difference } from './difference'
export { findDifferences } from './differences'
export { type ExplainedDifference, explainDifferences, type Fields } from './explain'
