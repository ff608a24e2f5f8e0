import { sight } from '../check'
import type { Check } from '../check'
import { divideUses } from '../repeats'

/** The same event again, under the same id: a retry of an SDK, or an order whose id is mapped. */
export const repeatCountedOnce: Check = {
  code: 'repeat-counted-once',
  severity: 'good news',
  title: 'A repeated event was counted once',
  why: 'It had the same id as the first one, as it should. SDKs send an event again if an answer is lost.',
  cure: 'Nothing needs to be done.',
  groups: { id: ({ idUses }) => divideUses(idUses).repeats.map((use) => sight(use)) }
}
