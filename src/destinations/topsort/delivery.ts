/**
 * From Segment events to Topsort and back: wire events, packed into requests of at most 50, and one outcome for each
 * Segment event.
 *
 * Topsort stores nothing of a request in which one event is bad, and does not say which one it was. So a request that is
 * refused is split in half, and the halves again, until the bad events stand alone: that sends nothing twice but what a
 * refusal left unstored. Nothing else is tried again here. Segment does that, with the same ids, for the events whose
 * outcome asks for it. (It does so for whole Segment events: of one whose fan-out took several requests, or was split,
 * what is stored already arrives once more.)
 */
import type { JSONLikeObject, RequestClient } from '@segment/actions-core'
import { IntegrationError, MultiStatusResponse } from '@segment/actions-core'
import type { Answer } from './client'
import { reportEvents } from './client'
import { enumerate } from './enumerate'
import type { Failure } from './failure'
import { toError } from './failure'
import type { Settings } from './generated-types'
import { limit } from './limit'
import type { EventsByType, EventType } from './types'
import { MAX_EVENTS_PER_REQUEST } from './types'

const MAX_REQUESTS_AT_ONCE = 4

/** What an action is beside its fields: the events that it makes, and how. */
export type Conversion<Payload, Type extends EventType> = {
  /** The list of the request that the events go into. */
  type: Type
  /** What messages call one of the events, such as `click`. */
  noun: string
  /**
   * The events of one payload.
   * @throws one of the framework's errors where a fact is missing or cannot be sent
   */
  convert: (payload: Payload, settings: Settings) => Converted<EventsByType[Type]>
}

/** The events of one payload; with none of them, or not all, a note for people that says why. */
export type Converted<Event> = { events: Event[]; note?: string }

/** What became of one Segment event. */
type Outcome = {
  status: number
  /** The part of the requests' bodies that was sent for it; absent when nothing was. */
  sent?: JSONLikeObject
  /** What Topsort answered, or a note for people. */
  body: JSONLikeObject | string
  /** Why it was not delivered, or not as a whole; absent when it was. */
  failure?: Failure
  /** What to throw for the failure. */
  error?: Error
}

/**
 * Delivers one payload: what the `perform` of an action does.
 * @throws one of the framework's errors, with a message for people, unless all of it is delivered
 */
export async function deliverOne<Payload, Type extends EventType>(
  request: RequestClient,
  settings: Settings,
  payload: Payload,
  conversion: Conversion<Payload, Type>
): Promise<Pick<Outcome, 'status' | 'sent' | 'body'>> {
  const [{ status, sent, body, error }] = await deliver(request, settings, [payload], conversion)
  if (error) throw error
  return { status, sent, body }
}

/** Delivers any number of payloads: what the `performBatch` of an action does. One result for each, in their order. */
export async function deliverBatch<Payload, Type extends EventType>(
  request: RequestClient,
  settings: Settings,
  payloads: Payload[],
  conversion: Conversion<Payload, Type>
): Promise<MultiStatusResponse> {
  const results = new MultiStatusResponse()
  for (const { status, sent, body, failure } of await deliver(request, settings, payloads, conversion)) {
    if (failure) {
      const errortype = failure.reason === 'invalid' ? 'PAYLOAD_VALIDATION_FAILED' : undefined
      results.pushErrorResponse({ status, errormessage: failure.message, errortype, sent, body })
    } else {
      results.pushSuccessResponse({ status, sent: sent ?? {}, body })
    }
  }
  return results
}

/** Events of one Segment event that travel together. */
type Parcel<Event> = { owner: number; events: Event[] }

/** A parcel and the answer that decided on it. */
type Receipt<Event> = Parcel<Event> & { answer: Answer }

async function deliver<Payload, Type extends EventType>(
  request: RequestClient,
  settings: Settings,
  payloads: Payload[],
  conversion: Conversion<Payload, Type>
): Promise<Outcome[]> {
  const attempts = payloads.map((payload) => attempt(() => conversion.convert(payload, settings)))
  const parcels = attempts.flatMap(({ converted }, owner) => chunks(converted?.events ?? [], owner))

  const turn = limit(MAX_REQUESTS_AT_ONCE)
  let badKey: Answer | undefined

  async function send(load: Parcel<EventsByType[Type]>[]): Promise<Receipt<EventsByType[Type]>[]> {
    const events = load.flatMap((parcel) => parcel.events)
    const answer = await turn(async () => {
      if (badKey) return { ...badKey, sent: false }
      const answer = await reportEvents(request, settings, { [conversion.type]: events }, `this ${conversion.noun}`)
      if (answer.failure?.reason === 'unauthorized') badKey = answer
      return answer
    })
    return events.length > 1 && leavesGoodEventsUnstored(answer)
      ? sendAll(halves(load))
      : load.map((parcel) => ({ ...parcel, answer }))
  }

  async function sendAll(loads: Parcel<EventsByType[Type]>[][]): Promise<Receipt<EventsByType[Type]>[]> {
    return (await Promise.all(loads.map(send))).flat()
  }

  const receipts = payloads.map((): Receipt<EventsByType[Type]>[] => [])
  for (const receipt of await sendAll(pack(parcels))) receipts[receipt.owner].push(receipt)

  return attempts.map(({ converted, error }, owner) =>
    converted ? outcomeOf(conversion, converted, receipts[owner]) : unconverted(error, conversion.noun)
  )
}

type Attempt<Event> = { converted: Converted<Event>; error?: never } | { converted?: never; error: Error }

/** A conversion's result, or its error: what one event throws is nobody else's business. */
function attempt<Event>(convert: () => Converted<Event>): Attempt<Event> {
  try {
    return { converted: convert() }
  } catch (error) {
    return { error: error as Error }
  }
}

/** A Segment event's events, in as few parcels as fit into requests. */
function chunks<Event>(events: Event[], owner: number): Parcel<Event>[] {
  const parcels: Parcel<Event>[] = []
  for (let start = 0; start < events.length; start += MAX_EVENTS_PER_REQUEST) {
    parcels.push({ owner, events: events.slice(start, start + MAX_EVENTS_PER_REQUEST) })
  }
  return parcels
}

/** Parcels, unopened and in their order, in loads that fit into requests. */
function pack<Event>(parcels: Parcel<Event>[]): Parcel<Event>[][] {
  const loads: Parcel<Event>[][] = []
  let room = 0
  for (const parcel of parcels) {
    if (parcel.events.length > room) {
      loads.push([])
      room = MAX_EVENTS_PER_REQUEST
    }
    loads[loads.length - 1].push(parcel)
    room -= parcel.events.length
  }
  return loads
}

/** Whether a request was refused for some of its events, or for its size, and so none of them was stored. */
function leavesGoodEventsUnstored({ status, failure }: Answer): boolean {
  return failure?.reason === 'refused' && [400, 413, 422].includes(status)
}

/** A load in two, with about as many events in each. A parcel is opened only when it is alone. */
function halves<Event>(load: Parcel<Event>[]): Parcel<Event>[][] {
  const [{ owner, events }] = load
  if (load.length === 1) {
    const middle = events.length >> 1
    return [[{ owner, events: events.slice(0, middle) }], [{ owner, events: events.slice(middle) }]]
  }
  const half = load.reduce((sum, parcel) => sum + parcel.events.length, 0) / 2
  let middle = 1
  for (let size = events.length; middle < load.length - 1; middle += 1) {
    size += load[middle].events.length
    if (size > half) break
  }
  return [load.slice(0, middle), load.slice(middle)]
}

/** The framework's errors are the event's fault; any other is ours, and the event is worth another try. */
function unconverted(error: Error, noun: string): Outcome {
  const isInvalid = error instanceof IntegrationError || error.name === 'AggregateAjvError'
  const failure: Failure = isInvalid
    ? { reason: 'invalid', status: 400, message: error.message }
    : { reason: 'unavailable', status: 500, message: `The destination failed at this ${noun}: ${error.message}` }
  return { status: failure.status, body: '', failure, error: isInvalid ? error : toError(failure) }
}

/** A Segment event is delivered when all of its events are; a failure that may pass wins over one that will not. */
function outcomeOf<Type extends EventType>(
  { type, noun }: Pick<Conversion<never, Type>, 'type' | 'noun'>,
  { events, note }: Converted<EventsByType[Type]>,
  receipts: Receipt<EventsByType[Type]>[]
): Outcome {
  if (events.length === 0) return { status: 200, body: note ?? '' }
  const sentEvents = receipts.flatMap((receipt) => (receipt.answer.sent ? receipt.events : []))
  const sent = sentEvents.length > 0 ? { [type]: sentEvents } : undefined
  const failures = receipts.flatMap(({ events, answer: { failure, body } }) =>
    failure ? events.map(({ id }) => ({ id, failure, body })) : []
  )
  if (failures.length === 0) {
    const { status, body } = receipts[0].answer
    return { status, sent, body: note ?? body }
  }
  const { failure, body } = failures.find(({ failure }) => failure.reason === 'unavailable') ?? failures[0]
  const message = [explain(failures, events.length, noun), note].filter(Boolean).join(' ')
  const explained = { ...failure, message }
  return { status: failure.status, sent, body, failure: explained, error: toError(explained) }
}

/** One reason for all is given as it is; otherwise each with the events that it is the reason of. */
function explain(failures: { id: string; failure: Failure }[], total: number, noun: string): string {
  const idsByReason = new Map<string, string[]>()
  for (const { id, failure } of failures) {
    const ids = idsByReason.get(failure.message)
    if (ids) ids.push(id)
    else idsByReason.set(failure.message, [id])
  }
  const reasons = [...idsByReason].map(([message, ids]) => `${enumerate(ids, ', ')}: ${message}`)
  if (failures.length === total && reasons.length === 1) return failures[0].failure.message
  return `Not delivered: ${failures.length} of ${total} ${noun}s. ${enumerate(reasons, ' ')}`
}
