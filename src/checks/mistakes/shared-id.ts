import { sight } from '../check'
import type { Check } from '../check'
import { timeOf, toKeptId } from '../facts'
import type { Sighting } from '../finding'
import type { EventObservation, MappingDelivery } from '../observation'
import { divideUses } from '../repeats'

/** Events that say different things under one id: within a list, or in several Segment calls. */
export const sharedId: Check = {
  code: 'shared-id',
  severity: 'loses data',
  title: 'Different events have the same id',
  why: 'Segment and Topsort take an event whose id they know for a repeat, so only the first one counts.',
  cure: 'Give each event an id of its own that stays the same when the event is sent again. Map Event ID to the message id, and leave the message id to the SDK.',
  ofEvent: (observation) => observation.deliveries.flatMap((delivery) => sharedIn(observation, delivery)),
  groups: {
    id: ({ idUses }) => {
      const { events } = divideUses(idUses)
      return events.slice(1).map((use) => sight(use, { otherMessageId: events[0].messageId }))
    }
  }
}

function sharedIn(observation: EventObservation, { mapping, sent = {} }: MappingDelivery): Sighting[] {
  const messageId = toKeptId(observation.event.messageId)
  return [sent.impressions, sent.clicks, sent.purchases].flatMap((list = []) => {
    const ids = list.map(({ id }) => id)
    if (new Set(ids).size === ids.length) return []
    const shared = list.filter(({ id }, index) => ids.indexOf(id) < index)
    return shared.map(({ id, opaqueUserId }, index) => ({
      key: `${id}\n${mapping}\n${index}`,
      time: timeOf(observation).time,
      sample: { messageId, user: opaqueUserId, otherMessageId: messageId }
    }))
  })
}
