import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { filterOf, type Mapping } from '../pipeline'
import type { NameProfile } from './profile'

/** What a mapping reports. Each kind has a preset. */
export type Kind = 'purchase' | 'list' | 'impression' | 'click' | 'bannerImpression' | 'bannerClick' | 'pageView'

/** Any destination with the actions and presets of this one. */
export type Definition = Pick<DestinationDefinition<JSONObject>, 'actions' | 'presets'>

/** The preset of each kind, its action, and what people call such events. */
export const KINDS: Record<Kind, { preset: string; action: string; noun: string }> = {
  purchase: { preset: 'Purchase', action: 'purchase', noun: 'purchases' },
  click: { preset: 'Click', action: 'click', noun: 'clicks' },
  impression: { preset: 'Impression', action: 'impression', noun: 'impressions' },
  list: { preset: 'Impressions List', action: 'impressionsList', noun: 'lists of products' },
  bannerClick: { preset: 'Banner Click', action: 'click', noun: 'clicks on banners' },
  bannerImpression: { preset: 'Banner Impression', action: 'impression', noun: 'impressions of banners' },
  pageView: { preset: 'Page Views', action: 'pageviews', noun: 'page views' }
}

/**
 * Returns the mapping of the preset of a kind.
 *
 * @throws Error if the destination has no such preset
 */
export function presetOf({ presets = [] }: Definition, kind: Kind): JSONObject {
  const preset = presets.find(({ name }) => name === KINDS[kind].preset)
  if (!preset) throw new Error(`The destination has no preset "${KINDS[kind].preset}".`)
  return preset.mapping as JSONObject
}

/** Returns which of the mappings that are switched on take events of a name, or page calls. */
export function takersOf(mappings: readonly Mapping[], samples: NameProfile['samples']): Mapping[] {
  const events = samples.list()
  return mappings.filter((mapping) => mapping.enabled && events.some(filterOf(mapping)))
}
