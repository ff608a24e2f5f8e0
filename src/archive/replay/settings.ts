import type { Settings } from '../../destinations'

/** The destination's settings, as the framework takes them. An interface, such as the generated one, is no JSON object. */
export type ReplaySettings = Pick<Settings, keyof Settings>
