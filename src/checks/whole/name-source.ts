import type { EventObservation } from '../observation'
import { sourceOf } from './source'

/** Returns the source of a call, or its library if the call names no source. */
export function readSourceName(event: EventObservation['event']): string {
  const { source, sdk } = sourceOf(event)
  return source || sdk
}

/** Names a source in a sentence. */
export function nameSource(source: string): string {
  return source === '' ? 'an unnamed source' : `source ${source}`
}
