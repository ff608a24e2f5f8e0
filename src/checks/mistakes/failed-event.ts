import type { Check } from '../model'
import { isTemporary } from '../reasons'
import { toCallSighting } from '../sighting'

/** A mapping takes an event, but it does not reach Topsort, and no other check of single events says why. */
export const failedEvent: Check = {
  code: 'failed-event',
  severity: 'loses data',
  title: 'An event fails',
  why: 'A mapping takes the event, but Topsort does not get it. A click that fails is not billed, and an order that fails is not credited.',
  cure: 'Read the message of the failed event. It names the field and what to change in the event or in the mapping.',
  isFallback: true,
  needs: 'reasons',
  ofEvent: (observation) =>
    observation.deliveries
      .filter(({ ok, reason }) => !ok && !isTemporary(reason))
      .map((delivery) => toCallSighting(observation, {}, delivery.mapping))
}
