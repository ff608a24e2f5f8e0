/**
 * Reads archives of Segment events from files, standard input and S3, and reports everything that it cannot read.
 * This folder imports types of `pipeline`, and knows nothing of mappings or of Topsort.
 */
export { listSources, type SourceOptions } from './list-sources'
export { OutOfOrderError, readInOrder } from './in-order'
export { formatPlace, type Place } from './read-source'
export { readArchive, type ArchiveOptions } from './read-archive'
export {
  filesBeingRead,
  readSource,
  type ArchiveBatch,
  type ArchiveRecord,
  type FileFormat,
  type ReadOptions
} from './read-source'
export { openSource, sizeOf, type Source } from './source'
export { readSorted } from './sorted'
