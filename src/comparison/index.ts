/**
 * Compares the payload of an event with what the Topsort destination sent for it, and explains each difference. The table
 * of fields in `fields.ts` has the name under which each field is sent, and the rules that change its value.
 */
export { type BlamedValue, findBlamed } from './blamed'
export { compareSent } from './compare-sent'
export type { Difference } from './differences'
export { findDifferences } from './differences'
export { type ExplainedDifference, explainDifferences, type Fields } from './explain'
