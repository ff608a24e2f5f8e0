/** Tries what the destination would make of events, and sends nothing. */
export { createTrial, type Trial } from './trial'
