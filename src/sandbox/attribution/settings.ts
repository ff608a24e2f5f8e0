import { FORMATS, type Format } from '../contract'
import { compileReader } from '../validation'

/** The attribution settings of a marketplace. */
export type AttributionSettings = {
  /** The longest time between an interaction and its order, in days, for each format. */
  windowDays: Record<Format, number>
  /** `last-click`: only clicks count. `last-impression`: impressions count as well, and clicks beat them. */
  model: 'last-click' | 'last-impression'
  /** Whether an ad can also get the credit for other products of its vendor. */
  halo: boolean
}

/** Changes to the settings. A number in `windowDays` is for all formats. Absent keys stay as they are. */
export type AttributionChanges = Partial<
  Omit<AttributionSettings, 'windowDays'> & { windowDays: number | Partial<Record<Format, number>> }
>

/** Topsort's pages disagree on the default window: some say 14 days, others 7. */
export const DEFAULT_SETTINGS: AttributionSettings = {
  windowDays: { listings: 14, banners: 14 },
  model: 'last-click',
  halo: false
}

const days = { type: 'integer', minimum: 1, maximum: 90 } as const

const changesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    windowDays: {
      type: ['integer', 'object'],
      minimum: days.minimum,
      maximum: days.maximum,
      additionalProperties: false,
      properties: Object.fromEntries(FORMATS.map((format) => [format, days]))
    },
    model: { type: 'string', enum: ['last-click', 'last-impression'] },
    halo: { type: 'boolean' }
  }
}

/**
 * Checks changes to the settings that come from outside, such as the body of a request.
 *
 * @throws Error with the path of the invalid value: `windowDays.listings must be <= 90`.
 */
export const parseAttributionSettings = compileReader<AttributionChanges>(changesSchema, 'settings')

/** Returns the settings with the changes applied. */
export function changeSettings(settings: AttributionSettings, changes: AttributionChanges): AttributionSettings {
  const { windowDays, ...others } = changes
  const days = typeof windowDays === 'number' ? { listings: windowDays, banners: windowDays } : windowDays
  return { ...settings, ...others, windowDays: { ...settings.windowDays, ...days } }
}
