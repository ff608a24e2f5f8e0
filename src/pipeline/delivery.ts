import type { EventResult } from './attempt'

/**
 * How far an event got, in the words of Segment's Event Delivery tab.
 *
 * Source: https://segment.com/docs/connections/event-delivery/
 */
export type Stage = 'failed on ingest' | 'filtered' | 'pending retry' | 'failed' | 'delivered'

/** Identifies an event to the person who sent it. A part that the event does not have is an empty string. */
export type EventLabel = {
  messageId: string
  type: string
  /** The event of a track call, or the name of a page or screen. */
  name: string
  userId?: string
  anonymousId?: string
}

/**
 * All that becomes of one event at one mapping: its latest result, its stage and its attempts. An event that no mapping
 * takes has one delivery, too. Its status is 200 if it was filtered, and 400 if Segment would refuse it.
 */
export type Delivery = EventResult & {
  /** Null for a request that was refused, or accepted with a warning, as a whole. */
  event: EventLabel | null
  /** The name of the mapping. Null if the event reached none. */
  mapping: string | null
  stage: Stage
  /** The number of attempts. 0 if the event reached no mapping. */
  attempts: number
}

/**
 * How many events reached each stage since the start. An event that two mappings take is received once and delivered
 * twice. A request that was refused as a whole counts as one event, because the number of its events is unknown.
 */
export type Counts = {
  received: number
  failedOnIngest: number
  filtered: number
  pendingRetry: number
  failed: number
  delivered: number
}

/** Returns the label of an event, which may be malformed. */
export function labelOf(event: object): EventLabel {
  const { messageId, type, event: name, name: title, userId, anonymousId } = event as Partial<Record<string, unknown>>
  return {
    messageId: toText(messageId),
    type: toText(type),
    name: toText(name) || toText(title),
    ...toUser('userId', userId),
    ...toUser('anonymousId', anonymousId)
  }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Returns the id of a user, which may be a number. */
function toUser(key: 'userId' | 'anonymousId', value: unknown): Partial<EventLabel> {
  return typeof value === 'number' || toText(value) !== '' ? { [key]: String(value) } : {}
}
