import type { Settings } from '../../destinations'

/** The destination's settings. This is a type, because the framework does not accept the generated interface as JSON. */
export type ReplaySettings = Pick<Settings, keyof Settings>
