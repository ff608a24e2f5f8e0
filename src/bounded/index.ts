/**
 * Collections that keep only their newest entries, so that memory stays bounded in a process that runs for days. Every room
 * except the destination may import this one. It imports nothing.
 */
export { hashId } from './id-hash'
export { createIdTable, type IdTable, type SavedIdTable } from './id-table'
export { createNewestList, type NewestList } from './newest-list'
export { createNewestSet, type NewestSet } from './newest-set'
