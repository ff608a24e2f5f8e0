/** Collections that keep only their newest entries, so that memory stays bounded in a process that runs for days. */
export { createNewestList, type NewestList } from './newest-list'
export { createNewestSet, type NewestSet } from './newest-set'
