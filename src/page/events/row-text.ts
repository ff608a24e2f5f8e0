import type { Tone } from '../ui'
import type { DeliveryRow, RowStage } from '../../workbench/api'

/** The colors of the stages. */
export const STAGE_TONES: Record<RowStage, Tone> = {
  received: 'accent',
  delivered: 'good',
  filtered: 'neutral',
  'pending retry': 'waiting',
  failed: 'bad',
  'failed on ingest': 'bad'
}

/** Writes the result of an event in a few words: `delivered 204`, `failed 503 · 5 attempts`. */
export function resultOf({ stage, status, attempts }: DeliveryRow): string {
  if (stage === 'filtered' || stage === 'received') return stage
  const times = attempts > 1 ? ` · ${attempts} attempts` : ''
  return `${stage} ${status}${times}`
}

/** Returns the name of an event, or its type if it has no name. */
export function titleOf({ event, stage }: Pick<DeliveryRow, 'event' | 'stage'>): string {
  if (event === null) return stage === 'delivered' ? 'Request with a warning' : 'Refused request'
  return event.name || (event.type ? `${event.type} call` : 'Unnamed event')
}

/** Returns the user of an event: the id that Topsort gets by default. */
export function userOf({ event }: Pick<DeliveryRow, 'event'>): string {
  return event?.anonymousId ?? event?.userId ?? ''
}
