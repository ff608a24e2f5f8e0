import type { PastedEvent } from './parse-events'

/** The values that events of one shopper get before they are sent. */
type Preparation = {
  /** Replaces `{{user}}`. */
  user: string
  /** Replaces `{{bid}}`. */
  bid: string
  /** The time of the last event, in epoch milliseconds. Each event before it is a millisecond earlier. */
  now: number
  /** The start of the ids that events get, so that a search finds all events that were sent together. */
  run: string
  /** Replaces the ids of events. An event without an id always gets one. */
  isRepeated: boolean
}

/** Fills in the user, the bid, the time and the message id of events that are sent together. */
export function prepareEvents(events: readonly PastedEvent[], preparation: Preparation): PastedEvent[] {
  const { user, bid, now, run, isRepeated } = preparation
  const fill = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('{{user}}', user).replaceAll('{{bid}}', bid) : value
  return events.map((event, index) => {
    const filled = JSON.parse(JSON.stringify(event), fill) as PastedEvent
    const timestamp = filled.timestamp ?? new Date(now - (events.length - 1 - index)).toISOString()
    const messageId = isRepeated ? undefined : filled.messageId
    return { ...filled, timestamp, messageId: messageId ?? `${run}-${crypto.randomUUID().slice(0, 13)}` }
  })
}
