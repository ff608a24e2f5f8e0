/**
 * Keeps memory bounded in a process that runs for days: collections that keep only their newest entries, and when garbage
 * is collected. Every room except the destination may import this one. It imports nothing.
 */
export { collectEarly } from './collect-early'
export { hashId } from './id-hash'
export { createIdTable, type IdTable, type SavedIdTable } from './id-table'
export { createNewestList, type NewestList } from './newest-list'
export { createNewestSet, type NewestSet } from './newest-set'
