/**
 * Suggests mappings from events, with their evidence, and tries them. It knows events and mappings, and nothing of archives
 * or of the workbench.
 */
export type { Amounts, Figures } from './figures'
export { KINDS } from './kinds'
export { type Batches, createSuggester, type Suggester, type Suggestion, type Suggestions } from './suggest'
export type { FieldNote } from './unit'
