import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Reason } from '../core'
import { readSent } from './exchanges'
import { payloadOf, recordPayloads } from './payloads'
import type { Mapping } from './mappings'
import { findMappingError } from './mapping-error'
import { type Fields, messageOf, readReason, toErrorReason, toSchemaReason } from './reason'

/** What the destination returned for one event in an attempt. */
export type EventResult = {
  /** The HTTP status that the destination gave. 500 if an error came without one, as Segment counts it. */
  status: number
  ok: boolean
  /** Why the event failed, or a note of the destination. Empty if there is none. */
  message: string
  /** The same as data: the reason of a failure, or the first note of a delivered event. Absent if there is none. */
  reason?: Reason
  /** The payload that the action got. Absent if the event did not reach the action. */
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

/** The framework's result of an event in a batch. `errorreporter` tells whether the framework or the action refused it. */
export type BatchResult = {
  status: number
  errormessage?: string
  errorreporter?: string
  sent?: unknown
  body?: unknown
}

/** Segment's own batches are larger. Here, somebody is waiting for the results. */
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
 * Hands events that the mapping takes to the destination once, through Segment's own framework.
 *
 * @returns one result for each event, in the order of the events. Never rejects, because each error becomes a result
 *
 * @example
 * const [{ ok, status, message }] = await attempt({ definition: topsort, settings, mapping }, [event])
 */
export async function attempt<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  events: SegmentEvent[]
): Promise<EventResult[]> {
  return isBatched(target)
    ? attemptBatch(target, events)
    : Promise.all(events.map((event) => attemptOne(target, event)))
}

async function attemptBatch<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  events: SegmentEvent[]
): Promise<EventResult[]> {
  const fields = fieldsOf(target)
  const { definition, payloads } = recordPayloads(target.definition, target.mapping.partnerAction)
  // The payloads belong to the events in order only if every event reached the action.
  const failAll = (error: unknown): EventResult[] =>
    events.map((_, index) => ({
      ...toFailedResult(error, fields),
      ...(payloads.length === events.length && { payload: payloads[index] })
    }))

  let results: Awaited<ReturnType<Destination['onBatch']>>
  try {
    results = await new Destination(definition).onBatch(events, settingsWithSubscription(target))
  } catch (error) {
    if (payloads.length > 0) return failAll(error)
    return (await attemptApart(target, events)) ?? failAll(error)
  }
  const nodes = results.flatMap(({ multistatus = [] }) => multistatus)
  if (nodes.length !== events.length) {
    return failAll(new Error(`The destination gave ${nodes.length} results for ${events.length} events.`))
  }
  return nodes.map((node) => toEventResult(node, payloadOf(node), fields))
}

/**
 * Attempts a batch that the framework could not hand to the action, because it fails a whole batch for one event. Fails
 * the events that the mapping cannot be applied to, and attempts the others together. If there is no such event, attempts
 * each event alone.
 *
 * @returns undefined for a single event whose mapping can be applied
 */
async function attemptApart<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  events: SegmentEvent[]
): Promise<EventResult[] | undefined> {
  const failures = events.map((event) => findMappingError(target.mapping.mapping, event, fieldsOf(target)))
  const others = events.filter((_, index) => failures[index] === undefined)
  if (others.length === events.length) {
    if (events.length === 1) return undefined
    return (await Promise.all(events.map((event) => attemptBatch(target, [event])))).flat()
  }
  const results = others.length > 0 ? await attemptBatch(target, others) : []
  const next = results.values()
  return failures.map((failure) => failure ?? (next.next().value as EventResult))
}

/**
 * Creates a `Destination` for each attempt, which takes microseconds. A `Destination` keeps all of its responses, so its
 * responses are those of this event, and no memory piles up.
 */
async function attemptOne<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  event: SegmentEvent
): Promise<EventResult> {
  const { definition, payloads } = recordPayloads(target.definition, target.mapping.partnerAction)
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
    const unmapped =
      payloads.length === 0 ? findMappingError(target.mapping.mapping, event, fieldsOf(target)) : undefined
    return unmapped ?? { ...toFailedResult(error, fieldsOf(target)), ...evidence() }
  }
}

function fieldsOf<Settings extends JSONObject>({ definition, mapping }: DeliveryTarget<Settings>): Fields {
  return definition.actions[mapping.partnerAction].fields
}

function settingsWithSubscription<Settings extends JSONObject>({
  settings,
  mapping
}: DeliveryTarget<Settings>): JSONObject {
  const { name, partnerAction, subscribe } = mapping
  return { ...settings, subscriptions: [{ name, partnerAction, subscribe, mapping: mapping.mapping }] }
}

/**
 * Reads the result of an event in a batch.
 *
 * @param payload what the action got
 * @param fields the fields of the action
 */
export function toEventResult(result: BatchResult, payload: unknown, fields: Fields): EventResult {
  const { status, errormessage, errorreporter, sent, body } = result
  const message = errormessage ?? readNote(body)
  // This is how the framework reports that the event does not fit the fields of the action.
  const isRefused = status === 400 && errorreporter === 'INTEGRATIONS'
  const ok = status >= 200 && status < 300
  // A note has a message. The body of a delivered event without one is only the answer.
  const reason =
    ok && message === '' ? undefined : (readReason(body) ?? (isRefused ? toSchemaReason(message, fields) : undefined))
  return {
    status,
    ok,
    message,
    ...(reason && { reason }),
    ...(payload !== undefined && { payload }),
    ...(sent !== undefined && { sent })
  }
}

/** Reads the note that a destination may put into the body of a successful result. */
function readNote(body: unknown): string {
  if (typeof body === 'string') return body
  const { message } = Object(body) as { message?: unknown }
  return typeof message === 'string' ? message : ''
}

/**
 * Returns the attempt of an event that failed with an error.
 *
 * @param fields the fields of the action
 */
export function toFailedResult(error: unknown, fields: Fields): EventResult {
  return { status: statusOf(error) ?? 500, ok: false, message: messageOf(error), reason: toErrorReason(error, fields) }
}

/** Returns the status of an error. Errors of the framework have one, and errors of the request client have a response. */
function statusOf(error: unknown): number | undefined {
  const { status, response } = Object(error) as { status?: unknown; response?: unknown }
  if (typeof status === 'number') return status
  return response === undefined ? undefined : statusOf(response)
}
