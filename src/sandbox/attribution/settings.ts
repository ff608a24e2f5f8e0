import type { Format } from '../contract'
import { compileReader } from '../validation'

/** `last-click`: only clicks count. `last-impression`: impressions count as well, and clicks beat them. */
export type AttributionModel = 'last-click' | 'last-impression'

/** The rules for one group of ad formats. */
export type FormatRules = {
  model: AttributionModel
  /** The longest time between an interaction and its order, in days. */
  windowDays: number
}

/**
 * The attribution settings of a marketplace. As at Topsort, each group of formats has its own rules. `banners` are banners,
 * native ads and videos.
 */
export type AttributionSettings = Record<Format, FormatRules> & {
  /** Whether an ad can also get the credit for other products of its vendor. */
  halo: boolean
}

/**
 * Changes to the settings. Absent keys stay as they are. `model` and `windowDays` at the top are for all groups, or for
 * those that `windowDays` names. A group's own rules win over them.
 *
 * @example
 * { listings: { windowDays: 7 }, banners: { model: 'last-impression', windowDays: 30 } }
 */
export type AttributionChanges = Partial<Record<Format, Partial<FormatRules>>> & {
  windowDays?: number | Partial<Record<Format, number>>
  model?: AttributionModel
  halo?: boolean
}

/** Topsort's pages disagree on the default window: some say 14 days, others 7. */
const DEFAULT_RULES: FormatRules = { model: 'last-click', windowDays: 14 }

/** The settings of a new sandbox. */
export const DEFAULT_SETTINGS: AttributionSettings = {
  listings: DEFAULT_RULES,
  brands: DEFAULT_RULES,
  banners: DEFAULT_RULES,
  halo: false
}

const days = { type: 'integer', minimum: 1, maximum: 90 } as const
const model = { type: 'string', enum: ['last-click', 'last-impression'] } as const
const rules = { type: 'object', additionalProperties: false, properties: { model, windowDays: days } } as const

const changesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...forEachFormat(() => rules),
    windowDays: {
      type: ['integer', 'object'],
      minimum: days.minimum,
      maximum: days.maximum,
      additionalProperties: false,
      properties: forEachFormat(() => days)
    },
    model,
    halo: { type: 'boolean' }
  }
}

/**
 * Checks changes to the settings that come from outside, such as the body of a request.
 *
 * @throws Error with the path of the invalid value: `listings.windowDays must be <= 90`.
 */
export const parseAttributionSettings = compileReader<AttributionChanges>(changesSchema, 'settings')

/** Returns the settings with the changes applied. */
export function changeSettings(settings: AttributionSettings, changes: AttributionChanges): AttributionSettings {
  const { windowDays, model, halo = settings.halo } = changes
  const changeRules = (format: Format): FormatRules => {
    const days = typeof windowDays === 'object' ? windowDays[format] : windowDays
    return {
      ...settings[format],
      ...(model !== undefined && { model }),
      ...(days !== undefined && { windowDays: days }),
      ...changes[format]
    }
  }
  return { ...forEachFormat(changeRules), halo }
}

/** Returns the settings with one model for all formats. */
export function withModel(settings: AttributionSettings, model: AttributionModel): AttributionSettings {
  return changeSettings(settings, { model, ...forEachFormat(() => ({ model })) })
}

/** Returns the window of each format, in days. */
export function listWindows(settings: AttributionSettings): Record<Format, number> {
  return forEachFormat((format) => settings[format].windowDays)
}

function forEachFormat<Value>(make: (format: Format) => Value): Record<Format, Value> {
  return { listings: make('listings'), brands: make('brands'), banners: make('banners') }
}
