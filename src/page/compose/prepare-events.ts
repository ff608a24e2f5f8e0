import type { PastedEvent } from './parse-events'

/** The values that events of one shopper get before they are sent. */
export type Preparation = {
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

/** Returns whether a text needs the bid of an auction. */
export function needsBid(text: string): boolean {
  return text.includes('{{bid}}')
}

/** Fills in the user, the bid, the time and the message id of events that are sent together. */
export function prepareEvents(events: readonly PastedEvent[], preparation: Preparation): PastedEvent[] {
  const { now, run, isRepeated } = preparation
  return events.map((event, index) => {
    const filled = fill(event, preparation) as PastedEvent
    const timestamp = filled.timestamp ?? new Date(now - (events.length - 1 - index)).toISOString()
    const messageId = isRepeated ? undefined : filled.messageId
    return { ...filled, timestamp, messageId: messageId ?? `${run}-${crypto.randomUUID().slice(0, 13)}` }
  })
}

function fill(value: unknown, preparation: Preparation): unknown {
  const { user, bid } = preparation
  if (typeof value === 'string') return value.replaceAll('{{user}}', user).replaceAll('{{bid}}', bid)
  if (Array.isArray(value)) return value.map((item) => fill(item, preparation))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, fill(child, preparation)]))
}
