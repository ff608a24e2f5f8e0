/** The stretch of Segment between its Tracking API and one destination, in one process. */
export type { Counts, Delivery, EventLabel, Stage } from './delivery'
export { InputError } from './input-error'
export { readMessages, type Intake, type Refusal, type TakenEvent } from './intake'
export type { Mapping, Switch } from './mappings'
export { createPipeline, type Pending, type Pipeline, type PipelineOptions, type SettledResult } from './pipeline'
export type { Timing } from './queue'
export { readSavedMappings, type SavedSubscriptions, writeSavedMappings } from './saved-mappings'
export { trackingCalls, type TrackingCall } from './tracking-calls'
