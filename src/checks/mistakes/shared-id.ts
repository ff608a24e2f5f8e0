import type { Sighting } from '../finding'
import type { Check } from '../model'
import { type EventObservation, listSent, type MappingDelivery } from '../observation'
import { divideUses } from '../repeats'
import { toCallSighting, toSighting } from '../sighting'

/** Different events have one id, within a list or in several Segment calls. */
export const sharedId: Check = {
  code: 'shared-id',
  severity: 'loses data',
  title: 'Different events have the same id',
  why: 'Segment and Topsort treat an event with a known id as a repeat, so only the first one counts.',
  cure: 'Give each event its own id, and keep it when the event is sent again. Map Event ID to the message id, and let the SDK make the message id.',
  needs: 'lists',
  ofEvent: (observation) => observation.deliveries.flatMap((delivery) => findSharedIds(observation, delivery)),
  groups: {
    id: ({ idUses, past }) => {
      const { events } = divideUses(idUses, past)
      if (past) return events.map((use) => toSighting(use))
      return events.slice(1).map((use) => toSighting(use, { otherMessageId: events[0].messageId }))
    }
  }
}

function findSharedIds(observation: EventObservation, delivery: MappingDelivery): Sighting[] {
  return listSent(delivery).flatMap((list) => {
    const ids = new Set<string>()
    for (const { id } of list) ids.add(id)
    if (ids.size === list.length) return []
    const shared = list.filter(({ id }) => !ids.delete(id))
    const { messageId } = observation.event
    return shared.map(({ id, opaqueUserId }, index) =>
      toCallSighting(
        observation,
        { user: opaqueUserId, otherMessageId: messageId },
        `${id}\n${delivery.mapping}\n${index}`
      )
    )
  })
}
