import { randomUUID } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import {
  EVENT_OBJECTS,
  InputError,
  isDeeper,
  isEmptyList,
  isObject,
  type JsonObject,
  MAX_EVENT_LEVELS,
  SEGMENT_EVENT_TYPES
} from '../core'
import { type EventLabel, labelOf } from './delivery'
import { formatTime, parseTime } from './times'
import type { TrackingCall } from './tracking-calls'

/**
 * An event as Segment hands it to destinations.
 *
 * `originalTimestamp` and `sentAt` are unchanged. `timestamp` is ISO 8601 in UTC, corrected for the sender's clock. A
 * `timestamp` that is not ISO 8601 text stays unchanged, because Segment does not document how it treats one.
 */
export type TakenEvent = SegmentEvent & {
  messageId: string
  receivedAt: string
}

/** A message that Segment would accept with a 200 and then drop, with the reason. */
export type RefusedMessage = {
  event: EventLabel
  message: string
  /** The message as it was sent. Absent if it is not an object, or nested too deep. */
  call?: JsonObject
}

/** The messages of one request. */
export type Intake = { events: TakenEvent[]; refused: RefusedMessage[] }

/** The Tracking API's limit for one event, in bytes of JSON. */
const MAX_EVENT_BYTES = 32 * 1024

/**
 * Reads the body of a Tracking API request as Segment does: puts the batch's `context`, `integrations` and `sentAt` under
 * those of its messages, gives each message its type and id, and corrects its time for the sender's clock. Refuses each
 * invalid message, and takes the others of its batch.
 *
 * @param call the call of the route. It is also the type of a single message that has none
 * @param body the parsed JSON of the request
 * @param receivedAt when the request came in
 * @throws InputError if the body as a whole cannot be read
 */
export function readMessages(call: TrackingCall, body: unknown, receivedAt: Date): Intake {
  if (!isObject(body)) throw new InputError('The body must be a JSON object.')
  return call === 'batch'
    ? readBatch(body, receivedAt)
    : readAll([{ type: call, ...body }], {}, () => `this ${call} call`, receivedAt)
}

/** Returns a note if Segment may treat the event's time differently. Empty for a time in ISO 8601. */
export function timeNote({ timestamp }: SegmentEvent): string {
  return parseTime(timestamp) === undefined
    ? 'Its "timestamp" is not ISO 8601 text with an offset, such as 2026-01-31T12:00:00Z. It was passed on as it came. Segment may treat it differently.'
    : ''
}

function readBatch({ batch, context, integrations, sentAt }: JsonObject, receivedAt: Date): Intake {
  if (!Array.isArray(batch)) throw new InputError('"batch" must be a list of messages.')
  const shared = withObjects({ context, integrations, sentAt })
  const problem = problemOfShared(shared)
  if (problem) throw new InputError(`In the body of the batch, ${problem}.`)
  return readAll(batch, shared, (index) => `batch[${index}]`, receivedAt)
}

function readAll(messages: unknown[], shared: JsonObject, where: (index: number) => string, receivedAt: Date): Intake {
  const intake: Intake = { events: [], refused: [] }
  messages.forEach((received, index) => {
    const message = isObject(received) ? withObjects(received) : received
    const problem = problemOf(message)
    if (problem) {
      const event = labelOf(isObject(message) ? message : {})
      const call = isObject(message) && !isDeeper(message, MAX_EVENT_LEVELS) ? message : undefined
      intake.refused.push({ event, message: `Segment refuses ${where(index)}: ${problem}.`, ...(call && { call }) })
    } else {
      intake.events.push(complete(message as SegmentEvent & JsonObject, shared, receivedAt))
    }
  })
  return intake
}

/** Returns a copy with empty objects in place of empty lists, or the message itself if it has none. */
function withObjects(message: JsonObject): JsonObject {
  const lists = EVENT_OBJECTS.filter((key) => isEmptyList(message[key]))
  return lists.length === 0 ? message : { ...message, ...Object.fromEntries(lists.map((key) => [key, {}])) }
}

/** Returns why Segment drops the message. Undefined if Segment takes it. */
function problemOf(message: unknown): string | undefined {
  if (!isObject(message)) return 'it is not a JSON object'
  if (isDeeper(message, MAX_EVENT_LEVELS)) {
    return `it is nested over ${MAX_EVENT_LEVELS} levels deep, which no mapping can read`
  }
  const bytes = Buffer.byteLength(JSON.stringify(message))
  if (bytes > MAX_EVENT_BYTES) return `it has ${bytes} bytes of JSON, and an event may have ${MAX_EVENT_BYTES}`

  const { type, event, messageId, userId, anonymousId } = message
  if (!SEGMENT_EVENT_TYPES.includes(type)) return `"type" must be one of ${SEGMENT_EVENT_TYPES.join(', ')}`
  if (!isId(userId) && !isId(anonymousId)) return 'it has neither "userId" nor "anonymousId"'
  if (type === 'track' && (typeof event !== 'string' || !event.trim())) return '"event" must say what happened'
  if (isGiven(messageId) && typeof messageId !== 'string') return '"messageId" must be a string'
  return problemOfShared(message)
}

/** Checks the parts that both a batch and a message may have. */
function problemOfShared(message: JsonObject): string | undefined {
  const wrong = EVENT_OBJECTS.find((key) => isGiven(message[key]) && !isObject(message[key]))
  return wrong && `"${wrong}" must be an object`
}

/**
 * Adds the values that Segment adds. The sender's clock may be wrong, but the time between the event and its sending is
 * right by any clock. So the event happened that long before it was received.
 *
 * Source: https://segment.com/docs/connections/spec/common/#timestamps
 */
function complete(message: SegmentEvent & JsonObject, shared: JsonObject, receivedAt: Date): TakenEvent {
  const original = message.originalTimestamp ?? message.timestamp
  const sentAt = message.sentAt ?? shared.sentAt
  const times: JsonObject = {
    originalTimestamp: original ?? undefined,
    sentAt: sentAt ?? undefined,
    receivedAt: receivedAt.toISOString(),
    timestamp: correctTime(original, sentAt, receivedAt)
  }
  return {
    ...message,
    context: { ...(shared.context as object), ...message.context },
    integrations: { ...(shared.integrations as object), ...message.integrations },
    messageId: message.messageId?.trim() ? message.messageId : randomUUID(),
    ...times
  } as TakenEvent
}

function correctTime(original: unknown, sentAt: unknown, receivedAt: Date): unknown {
  if (!isGiven(original)) return receivedAt.toISOString()
  const happened = parseTime(original)
  if (happened === undefined) return original
  const sent = parseTime(sentAt)
  const corrected = sent === undefined ? happened : receivedAt.getTime() - (sent - happened)
  return formatTime(corrected) ?? original
}

/** Returns whether a value is given. In JSON, null is a way to omit a value. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
}
