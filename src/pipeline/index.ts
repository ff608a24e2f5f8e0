/**
 * The part of Segment between its Tracking API and one destination, in one process: intake, filters, mappings, batches and
 * retries. It runs any definition.
 */
export { attempt, type EventResult, batchSize, toEventResult, toFailedResult } from './attempt'
export { type Counts, type Delivery, type EventLabel, labelOf, type Stage } from './delivery'
export { type Exchange, readBody, readSent } from './exchanges'
export { type Filter, readFilterJson, readFilters } from './filters'
export { readMessages, type Intake, type RefusedMessage, type TakenEvent } from './intake'
export { filterOf, type Mapping, presetMappings, type MappingSwitch } from './mappings'
export type { Observer, Attempt } from './observer'
export { recordPayloads } from './payloads'
export { createPipeline, type PipelineState, type Pending, type Pipeline, type PipelineOptions } from './pipeline'
export type { Timing } from './queue'
export {
  readSavedMappings,
  type SavedSubscriptions,
  type TerraformFile,
  writeSavedMappings,
  writeTerraform
} from './saved-mappings'
export { COUNT_OF_STAGE, NO_COUNTS, type SettledResult } from './results'
export { messageOf } from './reason'
export { createRouter, type LeftOut, type Routed, type Router } from './route'
export { createDryRun, type Previews } from './dry-run/dry-run'
export type { DryRun } from './dry-run/framework-dry-run'
export { MAX_STRAYS } from './stray'
export { writeTrigger } from './trigger-forms'
export { trackingCalls, type TrackingCall } from './tracking-calls'
export {
  checkTriggers,
  explainTrigger,
  findLostTriggers,
  type LostTrigger,
  type TriggerProblem
} from './trigger-meaning'
export { listTests } from './trigger-syntax'
export { wrapClient } from './wrap-client'
