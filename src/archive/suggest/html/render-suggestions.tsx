import type { Suggestions } from '../../../suggest'
import { renderDocument } from '../../preflight/html/render-report'
import { SuggestionsPage } from './SuggestionsPage'

/** Writes suggestions as one HTML page that needs no other file. Values of events are always text in it, never HTML. */
export function renderSuggestions(suggestions: Suggestions): string {
  return renderDocument('Suggested mappings for Topsort', <SuggestionsPage result={suggestions} />)
}
