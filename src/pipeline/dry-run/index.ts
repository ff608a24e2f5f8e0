/** Returns what the destination would make of events, and sends nothing. */
export { createDryRun, type DryRun } from './dry-run'
