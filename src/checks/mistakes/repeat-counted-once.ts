import type { Check } from '../model'
import { divideUses } from '../repeats'
import { toSighting } from '../sighting'

/** The same event came again with the same id, from an SDK that retried or from a reloaded confirmation page. */
export const repeatCountedOnce: Check = {
  code: 'repeat-counted-once',
  severity: 'good news',
  title: 'A repeated event was counted once',
  why: 'SDKs send an event again if an answer is lost. Both events had the same id, so Topsort counts one.',
  cure: 'Nothing needs to be done.',
  groups: { id: ({ idUses, past }) => divideUses(idUses, past).repeats.map((use) => toSighting(use)) }
}
