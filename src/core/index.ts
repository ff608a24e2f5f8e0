/**
 * Parts that every room except the destination may use. This room imports no other room. The page imports only the files
 * that do not need Node.
 */
export { hashId } from './bounded/id-hash'
export { createIdTable, type IdTable } from './bounded/id-table'
export { createNewestList } from './bounded/newest-list'
export { createNewestSet, type NewestSet } from './bounded/newest-set'
export { remember } from './bounded/remember'
export { collect, TooLargeError } from './collect'
export { decompress, type Encoding, ENCODINGS, encodingOf } from './decompress'
export { DAY, HOUR, MINUTE, SECOND } from './durations'
export { InputError, readJsonText } from './input-error'
export { callerFolder, type CommandName, commandLine, isPackage, programLine } from './installation'
export { isDeeper, isObject, type JsonObject, parseJson } from './json'
export { getOrCreate, groupBy } from './maps'
export {
  describeOption,
  listOptions,
  nameOption,
  type Options,
  type ParsedArguments,
  parseOptions,
  toColumns
} from './options'
export { collectEarly, surviveOutputErrors } from './process'
export { isReason, listCodes, listOwnCodes, listProblems, listReasons, readPlaces, type Reason } from './reason'
export {
  quoteValue,
  readSearchTime,
  readTerms,
  SEARCH_KEYS,
  type SearchKey,
  type SearchKeyName,
  type SearchTerm,
  toTerm
} from './search-language'
export { EVENT_OBJECTS, isEmptyList, MAX_EVENT_LEVELS, SEGMENT_EVENT_TYPES } from './segment-events'
export { createSlices, forEachInSlices, type Slices } from './slices'
export { clip, compareText, simplify } from './text'
export { SEGMENT_TIME, toUtc } from './utc'
