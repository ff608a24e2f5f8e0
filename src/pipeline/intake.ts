import { randomUUID } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import { InputError } from './input-error'

/**
 * The calls of Segment's Tracking API by the last part of their path, `/v1/<path>`. Server libraries use the words,
 * browser and mobile libraries the letters.
 *
 * Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ and the libraries themselves.
 */
export const trackingCalls = {
  batch: 'batch',
  track: 'track',
  page: 'page',
  screen: 'screen',
  identify: 'identify',
  group: 'group',
  alias: 'alias',
  b: 'batch',
  t: 'track',
  p: 'page',
  s: 'screen',
  i: 'identify',
  g: 'group',
  a: 'alias'
} as const

/** What a request to the Tracking API carries: one message of a type, or a batch of any type. */
export type TrackingCall = (typeof trackingCalls)[keyof typeof trackingCalls]

/** An event as Segment hands it to destinations. Every time in it is ISO 8601 in UTC. */
export type TakenEvent = SegmentEvent & {
  messageId: string
  /** When the event happened by the sender's clock, where the sender said so. */
  originalTimestamp?: string
  /** When the event left the sender, by the sender's clock, where the sender said so. */
  sentAt?: string
  receivedAt: string
  /** When the event happened by Segment's clock. */
  timestamp: string
}

/** What identifies an event to the person who sent it. A part that the event does not have is an empty string. */
export type EventLabel = {
  messageId: string
  type: string
  /** The event of a track call, the name of a page or screen. */
  name: string
}

/** A message that Segment would accept with a 200 and then drop, and why. */
export type Refusal = { event: EventLabel; message: string }

/** What came in with one request. */
export type Intake = { events: TakenEvent[]; refused: Refusal[] }

type JsonObject = { [key: string]: unknown }

const EVENT_TYPES: readonly unknown[] = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** The Tracking API's limit for one event, in bytes of JSON. */
const MAX_EVENT_BYTES = 32 * 1024

/** The framework's mappings throw at a few thousand levels, and then for the whole batch. */
const MAX_LEVELS = 500

/** The last millisecond of the year 9999: what ISO 8601 writes with four digits. */
const LAST_TIME = Date.UTC(10_000, 0) - 1

/**
 * Reads the body of a Tracking API request as Segment does: puts the batch's `context`, `integrations` and `sentAt` under
 * those of its messages, gives each message its type and id, and corrects its time for the sender's clock.
 * A message that cannot be taken is refused alone; the others of its batch are taken.
 *
 * @param call what the route carries; it is also the type of a lone message that has none
 * @param body the parsed JSON of the request
 * @param receivedAt when the request came in
 * @throws InputError when the body as a whole cannot be read
 */
export function readMessages(call: TrackingCall, body: unknown, receivedAt: Date): Intake {
  if (!isObject(body)) throw new InputError('The body must be a JSON object.')
  return call === 'batch'
    ? readBatch(body, receivedAt)
    : readAll([{ type: call, ...body }], {}, () => `this ${call} call`, receivedAt)
}

/** @returns what the person who sent the event knows it by */
export function labelOf(event: { messageId?: unknown; type?: unknown; event?: unknown; name?: unknown }): EventLabel {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return { messageId: text(event.messageId), type: text(event.type), name: text(event.event) || text(event.name) }
}

function readBatch({ batch, context, integrations, sentAt }: JsonObject, receivedAt: Date): Intake {
  if (!Array.isArray(batch)) throw new InputError('"batch" must be a list of messages.')
  const shared = { context, integrations, sentAt }
  const problem = problemOfShared(shared)
  if (problem) throw new InputError(`In the body of the batch, ${problem}.`)
  return readAll(batch, shared, (index) => `batch[${index}]`, receivedAt)
}

function readAll(messages: unknown[], shared: JsonObject, where: (index: number) => string, receivedAt: Date): Intake {
  const intake: Intake = { events: [], refused: [] }
  messages.forEach((message, index) => {
    const problem = problemOf(message)
    if (problem) {
      const event = labelOf(isObject(message) ? message : {})
      intake.refused.push({ event, message: `Segment refuses ${where(index)}: ${problem}.` })
    } else {
      intake.events.push(complete(message as SegmentEvent & JsonObject, shared, receivedAt))
    }
  })
  return intake
}

/** @returns why Segment drops the message, or nothing */
function problemOf(message: unknown): string | undefined {
  if (!isObject(message)) return 'it is not a JSON object'

  if (isDeeper(message, MAX_LEVELS)) return `it is nested over ${MAX_LEVELS} levels deep, which no mapping can read`
  const bytes = Buffer.byteLength(JSON.stringify(message))
  if (bytes > MAX_EVENT_BYTES) return `it has ${bytes} bytes of JSON, and an event may have ${MAX_EVENT_BYTES}`

  const { type, event, messageId, userId, anonymousId } = message
  if (!EVENT_TYPES.includes(type)) return `"type" must be one of ${EVENT_TYPES.join(', ')}`
  if (!isId(userId) && !isId(anonymousId)) return 'it has neither "userId" nor "anonymousId"'
  if (type === 'track' && (typeof event !== 'string' || !event.trim())) return '"event" must say what happened'
  if (isGiven(messageId) && typeof messageId !== 'string') return '"messageId" must be a string'
  return problemOfShared(message)
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1))
}

/** The checks of what may stand in a message as well as beside a batch. */
function problemOfShared(message: JsonObject): string | undefined {
  const isNoObject = (key: string): boolean => isGiven(message[key]) && !isObject(message[key])
  const isNoTime = (key: string): boolean => isGiven(message[key]) && toTime(message[key]) === undefined

  const noObject = ['context', 'properties', 'traits', 'integrations'].find(isNoObject)
  if (noObject) return `"${noObject}" must be an object`
  const noTime = ['timestamp', 'originalTimestamp', 'sentAt'].find(isNoTime)
  return noTime && `"${noTime}" must be a time in ISO 8601`
}

/**
 * The sender's clock may be wrong, but how long an event waited before it was sent is right by any clock. So the event
 * happened that long before it was received.
 *
 * Source: https://segment.com/docs/connections/spec/common/#timestamps
 */
function complete(message: SegmentEvent & JsonObject, shared: JsonObject, receivedAt: Date): TakenEvent {
  const original = toTime(message.originalTimestamp ?? message.timestamp)
  const sent = toTime(message.sentAt ?? shared.sentAt)
  const received = receivedAt.getTime()
  const happened = original !== undefined && sent !== undefined ? received - (sent - original) : (original ?? received)

  return {
    ...message,
    context: { ...(shared.context as object), ...message.context },
    integrations: { ...(shared.integrations as object), ...message.integrations },
    messageId: message.messageId?.trim() ? message.messageId : randomUUID(),
    originalTimestamp: toIso(original),
    sentAt: toIso(sent),
    receivedAt: receivedAt.toISOString(),
    timestamp: new Date(happened).toISOString()
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** In JSON that people write, null is a way to leave something out. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
}

/** @returns milliseconds since 1970, or nothing for what is no time */
function toTime(value: unknown): number | undefined {
  const time = typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : NaN
  return time >= 0 && time <= LAST_TIME ? time : undefined
}

function toIso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
