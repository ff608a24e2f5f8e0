/** Collections that keep their newest entries, so that a process can run for days. */
export { createNewestList, type NewestList } from './newest-list'
export { createNewestSet, type NewestSet } from './newest-set'
