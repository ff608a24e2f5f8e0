import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { type Exchange, readSent } from './exchanges'
import { payloadOf, recordPayloads } from './payloads'
import type { Mapping } from './mappings'
import { type Reason, readReason, toErrorReason, toSchemaReason } from './reason'

/** The result of trying to deliver one event once. */
export type EventResult = {
  /** The HTTP status that the destination gave. 500 if an error came without one, as Segment counts it. */
  status: number
  ok: boolean
  /** Why the event failed, or a note of the destination. Empty if there is nothing to say. */
  message: string
  /** The same as data: the reason of a failure, or the first note of a delivered event. Absent if there is none. */
  reason?: Reason
  /** What the mapping made of the event: what the action got. Absent if the event did not get to the action. */
  payload?: unknown
  /** What the destination sent for the event, if it says so. */
  sent?: unknown
}

/** Where events are delivered, and how. */
export type DeliveryTarget<Settings> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  mapping: Mapping
}

type OnExchange = (exchange: Exchange) => void

/** The result of an event in a batch. `errorreporter` says whether the framework or the action refused it. */
type BatchResult = { status: number; errormessage?: string; errorreporter?: string; sent?: unknown; body?: unknown }

/** Segment's own batches are larger. On one machine somebody is waiting for the result. */
const MAX_BATCH_SIZE = 50

/**
 * Returns how many events are handed to the destination together: the mapping's `batch_size`, at most and by default 50.
 * Returns 1 if the mapping or the action does not batch.
 */
export function batchSize<Settings>(target: DeliveryTarget<Settings>): number {
  if (!isBatched(target)) return 1
  const size = Number(target.mapping.mapping.batch_size)
  return Number.isInteger(size) && size >= 1 ? Math.min(size, MAX_BATCH_SIZE) : MAX_BATCH_SIZE
}

function isBatched<Settings>({ definition, mapping: { mapping, partnerAction } }: DeliveryTarget<Settings>): boolean {
  return mapping.enable_batching !== false && definition.actions[partnerAction].performBatch !== undefined
}

/**
 * Hands events that the mapping takes to the destination, once, through Segment's own framework.
 *
 * @param onExchange is called with each request of the destination when it starts. The answer is added when it has come
 * @returns one attempt for each event, in the order of the events. Never rejects: whatever is thrown is a failed attempt
 */
export async function attempt<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  events: SegmentEvent[],
  onExchange?: OnExchange
): Promise<EventResult[]> {
  return isBatched(target)
    ? attemptBatch(target, events, onExchange)
    : Promise.all(events.map((event) => attemptOne(target, event, onExchange)))
}

async function attemptBatch<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  events: SegmentEvent[],
  onExchange?: OnExchange
): Promise<EventResult[]> {
  const { definition, payloads } = recordPayloads(target.definition, target.mapping.partnerAction, onExchange)
  try {
    const results = await new Destination(definition).onBatch(events, settingsWithSubscription(target))
    const nodes = results.flatMap(({ multistatus = [] }) => multistatus)
    if (nodes.length !== events.length) {
      throw new Error(`The destination gave ${nodes.length} results for ${events.length} events.`)
    }
    return nodes.map((node) => toEventResult(node, payloadOf(node)))
  } catch (error) {
    // Only if no event failed before the action is it known which payload is whose.
    const isComplete = payloads.length === events.length
    return events.map((_, index) => ({ ...toFailedResult(error), ...(isComplete && { payload: payloads[index] }) }))
  }
}

/**
 * A `Destination` keeps every response that it gets for as long as it lives. Creating one takes microseconds, so each
 * attempt has its own: nothing piles up, and the responses are those of this event.
 */
async function attemptOne<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  event: SegmentEvent,
  onExchange?: OnExchange
): Promise<EventResult> {
  const { definition, payloads } = recordPayloads(target.definition, target.mapping.partnerAction, onExchange)
  const destination = new Destination(definition)
  const evidence = (): Pick<EventResult, 'payload' | 'sent'> => {
    const sent = readSent(destination.responses)
    return {
      ...(payloads.length > 0 && { payload: payloads[0] }),
      ...(sent !== undefined && { sent })
    }
  }
  try {
    await destination.onEvent(event, settingsWithSubscription(target))
    return { status: destination.responses.at(-1)?.status ?? 200, ok: true, message: '', ...evidence() }
  } catch (error) {
    return { ...toFailedResult(error), ...evidence() }
  }
}

function settingsWithSubscription<Settings extends JSONObject>({
  settings,
  mapping
}: DeliveryTarget<Settings>): JSONObject {
  const { name, partnerAction, subscribe } = mapping
  return { ...settings, subscriptions: [{ name, partnerAction, subscribe, mapping: mapping.mapping }] }
}

/** Reads the result of an event in a batch. `payload` is what the action got. */
export function toEventResult(result: BatchResult, payload: unknown): EventResult {
  const { status, errormessage, errorreporter, sent, body } = result
  const message = errormessage ?? readNote(body)
  // The framework reports this way that the event does not fit the fields of the action.
  const isRefused = status === 400 && errorreporter === 'INTEGRATIONS'
  const ok = status >= 200 && status < 300
  // A note has a message. The body of a delivered event without one is only the answer.
  const reason =
    ok && message === '' ? undefined : (readReason(body) ?? (isRefused ? toSchemaReason(message) : undefined))
  return {
    status,
    ok,
    message,
    ...(reason && { reason }),
    ...(payload !== undefined && { payload }),
    ...(sent !== undefined && { sent })
  }
}

/** A destination that delivered an event, or had nothing to deliver, may put a note into the body of its result. */
function readNote(body: unknown): string {
  if (typeof body === 'string') return body
  const { message } = Object(body) as { message?: unknown }
  return typeof message === 'string' ? message : ''
}

/** Returns the attempt of an event that failed with an error. */
export function toFailedResult(error: unknown): EventResult {
  const message = error instanceof Error ? error.message : String(error)
  return { status: statusOf(error) ?? 500, ok: false, message, reason: toErrorReason(error) }
}

/** The framework's errors carry a status. The request client's carry the response. */
function statusOf(error: unknown): number | undefined {
  const { status, response } = Object(error) as { status?: unknown; response?: unknown }
  if (typeof status === 'number') return status
  return response === undefined ? undefined : statusOf(response)
}
