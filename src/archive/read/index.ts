/**
 * Reads archives of Segment events from files, standard input and S3, and reports everything that it cannot read.
 * This folder imports types of `pipeline`, and knows nothing of mappings or of Topsort.
 */
export { listSources } from './list-sources'
export { OutOfOrderError, readInOrder } from './in-order'
export {
  type ArchiveBatch,
  type ArchiveRecord,
  type FileFormat,
  filesBeingRead,
  formatPlace,
  type Place,
  type ReadOptions
} from './read-source'
export { openSource, sizeOf, type Source } from './source'
export { readSorted } from './sorted'
