import type { EventObservation } from '../observation'
import { libraryOf, sourceOf } from './source'

/** Returns the source of a call, or its library if the call names no source. */
export function readSourceName(event: EventObservation['event']): string {
  return sourceOf(event).source || libraryOf(event)
}

/** Names a source in a sentence. */
export function nameSource(source: string): string {
  return source === '' ? 'an unnamed source' : `source ${source}`
}
