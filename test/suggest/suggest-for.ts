import { previews } from '../../src/destinations'
import topsort from '../../src/destinations/topsort'
import { type Mapping, presetMappings } from '../../src/pipeline'
import { createSuggester, type Suggestion, type Suggestions } from '../../src/suggest'
import { makeVisits, track, type Tracking, type Visit } from './visits'

export const presets = presetMappings(topsort)

/** Suggests mappings for all visits of a shop. */
export async function suggestFor(
  tracking: Tracking,
  mappings: readonly Mapping[] = presets,
  visits: readonly Visit[] = makeVisits().visits
): Promise<Suggestions> {
  const events = track(visits, tracking)
  const suggester = createSuggester({ definition: topsort, settings: { api_key: 'TSE_1' }, previews, mappings })
  events.forEach(suggester.observe)
  return suggester.suggest(() => [events])
}

/** Returns the suggestion for events of a name, which must be there. */
export function find({ suggestions }: Suggestions, event: string): Suggestion {
  const found = suggestions.find(({ events }) => events.some(({ name }) => name === event))
  if (!found) throw new Error(`Nothing is suggested for ${event}.`)
  return found
}
