import type { Tone } from '../../../ui'
import type { DeliveryRow, RowStage } from '../../api'

/** What the color of a stage is. */
export const STAGE_TONES: Record<RowStage, Tone> = {
  received: 'accent',
  delivered: 'good',
  filtered: 'neutral',
  'pending retry': 'waiting',
  failed: 'bad',
  'failed on ingest': 'bad'
}

/** Says in a few words what became of an event: `delivered 204`, `failed 503 · 5 tries`. */
export function outcomeOf({ stage, status, attempts }: DeliveryRow): string {
  if (stage === 'filtered' || stage === 'received') return stage
  const tries = attempts > 1 ? ` · ${attempts} tries` : ''
  return `${stage} ${status}${tries}`
}

/** The name of an event, or what there is in its place. */
export function titleOf({ event }: Pick<DeliveryRow, 'event'>): string {
  if (event === null) return 'Refused request'
  return event.name || (event.type ? `${event.type} call` : 'Unnamed event')
}

/** The user of an event, by the id that Topsort gets by default. */
export function userOf({ event }: Pick<DeliveryRow, 'event'>): string {
  return event?.anonymousId ?? event?.userId ?? ''
}
