/**
 * Delivers what actions make of Segment events, and gives one outcome for each Segment event.
 *
 * Topsort stores nothing of a request in which one event is bad, and does not say which one it is. So a refused request
 * is split in half, and the halves again, until the bad events stand alone. Only events that a refusal left unstored are
 * sent twice. Nothing else is tried again here: Segment does that, with the same ids, for events whose outcome asks for
 * it. Segment repeats whole Segment events. If one made several requests, those that succeeded are sent again too.
 */
import type { JSONLikeObject, RequestClient } from '@segment/actions-core'
import { IntegrationError, MultiStatusResponse } from '@segment/actions-core'
import type { Answer, Endpoint, FailedAnswer } from './client'
import { post } from './client'
import type { Failure } from './failure'
import { toError } from './failure'
import type { Settings } from './generated-types'
import { limit } from './limit'
import { joinReasons } from './messages'

const MAX_REQUESTS_AT_ONCE = 4

/**
 * A refused part of at most this many items is sent one by one, not in halves. 50 items split to 25, 13 and 7.
 * All bad: 1 + 2 + 4 + 8 + 50 = 65 requests. One bad: 1 + 2 + 2 + 2 + 7 = 14 requests.
 */
const MAX_SENT_ONE_BY_ONE = 7

/** What an action sends for its payloads, and where. */
export type Conversion<Payload, Item> = {
  /** What messages call an item, such as `click`. */
  noun: string
  endpoint: Endpoint<Item>
  /**
   * Makes the items of one payload.
   * @throws one of the framework's errors if a fact is missing or invalid
   */
  convert: (payload: Payload, settings: Settings) => Converted<Item>
}

/** The items of one payload, and a note for people if some of it, or all, is left out. */
export type Converted<Item> = { items: Item[]; note?: string }

/** What came of one Segment event. `sent` is the part of the requests' bodies that is about it. */
type Outcome =
  | { ok: true; status: number; sent?: JSONLikeObject; body: JSONLikeObject | string }
  | { ok: false; failure: Failure; sent?: JSONLikeObject; body: JSONLikeObject | string }

/**
 * Delivers one payload, for the `perform` of an action.
 * @throws one of the framework's errors, with a message for people, unless all of the payload is delivered
 */
export async function deliverOne<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  payload: Payload,
  conversion: Conversion<Payload, Item>
): Promise<{ status: number; sent?: JSONLikeObject; body: JSONLikeObject | string }> {
  const attempt = tryToConvert(conversion, payload, settings)
  const outcome =
    attempt.ok && attempt.items.length === 1
      ? await deliverItem(request, settings, attempt, conversion)
      : (await deliver(request, settings, [attempt], conversion))[0]
  if (!outcome.ok) throw toError(outcome.failure)
  const { status, sent, body } = outcome
  return { status, sent, body }
}

/** Delivers payloads, for the `performBatch` of an action. The response has one result for each, in their order. */
export async function deliverBatch<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  payloads: Payload[],
  conversion: Conversion<Payload, Item>
): Promise<MultiStatusResponse> {
  const attempts = payloads.map((payload) => tryToConvert(conversion, payload, settings))
  const results = new MultiStatusResponse()
  for (const outcome of await deliver(request, settings, attempts, conversion)) {
    const { sent, body } = outcome
    if (outcome.ok) {
      results.pushSuccessResponse({ status: outcome.status, sent: sent ?? {}, body })
    } else {
      const { reason, status, message } = outcome.failure
      const errortype = reason === 'invalid' ? 'PAYLOAD_VALIDATION_FAILED' : undefined
      results.pushErrorResponse({ status, errormessage: message, errortype, sent, body })
    }
  }
  return results
}

/**
 * Items that travel together. `owners` are the places of their payload, and of others with the same items. `start` is the
 * place of the first item in the payload.
 */
type Parcel<Item> = { owners: number[]; start: number; items: Item[] }

/** A parcel, and the answer to the last request that it was part of. */
type Receipt<Item> = Parcel<Item> & { answer: Answer }

/** Delivers the only item of a payload: without packing, without waiting for a turn, and with nothing to split. */
async function deliverItem<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  converted: Converted<Item>,
  conversion: Conversion<Payload, Item>
): Promise<Outcome> {
  const { endpoint, noun } = conversion
  const { items, note } = converted
  const sent = endpoint.toBody(items)
  const answer = await post(request, settings, endpoint, sent, `this ${noun}`)
  return answer.ok
    ? { ok: true, status: answer.status, sent, body: note ?? answer.body }
    : toOutcome(conversion, converted, [{ owners: [0], start: 0, items, answer }])
}

async function deliver<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  attempts: Attempt<Item>[],
  conversion: Conversion<Payload, Item>
): Promise<Outcome[]> {
  const { endpoint, noun } = conversion
  const receipts = attempts.map((): Receipt<Item>[] => [])
  const takeTurn = limit(MAX_REQUESTS_AT_ONCE)
  let badKey: FailedAnswer | undefined

  async function postItems(items: Item[]): Promise<Answer> {
    if (badKey) return badKey
    const answer = await post(request, settings, endpoint, endpoint.toBody(items), `this ${noun}`)
    if (!answer.ok && answer.failure.reason === 'unauthorized') badKey = { ...answer, sent: false }
    return answer
  }

  async function send(load: Parcel<Item>[]): Promise<void> {
    const items = load.flatMap((parcel) => parcel.items)
    const answer = await takeTurn(() => postItems(items))
    if (!answer.ok && answer.failure.reason === 'refused' && items.length > 1) {
      await Promise.all(split(load).map(send))
    } else {
      for (const parcel of load) {
        for (const owner of parcel.owners) receipts[owner].push({ ...parcel, answer })
      }
    }
  }

  await Promise.all(pack(attempts, endpoint).map(send))
  return attempts.map((attempt, owner) =>
    attempt.ok ? toOutcome(conversion, attempt, receipts[owner]) : { ok: false, failure: attempt.failure, body: '' }
  )
}

/** The items of a payload, or why there are none. */
type Attempt<Item> = ({ ok: true } & Converted<Item>) | { ok: false; failure: Failure }

/** The framework's errors are the event's fault. Any other is ours, so the event is worth another try. */
function tryToConvert<Payload, Item>(
  { convert, noun }: Conversion<Payload, Item>,
  payload: Payload,
  settings: Settings
): Attempt<Item> {
  try {
    return { ok: true, ...convert(payload, settings) }
  } catch (error) {
    const { message } = error as Error
    return error instanceof IntegrationError
      ? { ok: false, failure: { reason: 'invalid', status: 400, message } }
      : {
          ok: false,
          failure: { reason: 'unavailable', status: 500, message: `The destination failed at this ${noun}: ${message}` }
        }
  }
}

/** Groups the items into loads that fit into requests. Items of one payload stay together if a request takes them all. */
function pack<Item>(attempts: Attempt<Item>[], { maxItems, keyOf }: Endpoint<Item>): Parcel<Item>[][] {
  const loads: Parcel<Item>[][] = []
  const owners = new Map<string, number[]>()
  let room = 0
  attempts.forEach((attempt, owner) => {
    const all = attempt.ok ? attempt.items : []
    const key = keyOf && all.length === 1 ? keyOf(all[0]) : undefined
    const twins = key === undefined ? undefined : owners.get(key)
    if (twins) return void twins.push(owner)
    const own = [owner]
    if (key !== undefined) owners.set(key, own)
    for (let start = 0; start < all.length; start += maxItems) {
      const items = all.length <= maxItems ? all : all.slice(start, start + maxItems)
      if (items.length > room) {
        loads.push([])
        room = maxItems
      }
      loads[loads.length - 1].push({ owners: own, start, items })
      room -= items.length
    }
  })
  return loads
}

/** Splits a load in two, or into single parcels if it is small. A parcel is opened only when it is alone. */
function split<Item>(load: Parcel<Item>[]): Parcel<Item>[][] {
  const [first, ...others] = load
  if (others.length === 0) return open(first).map((parcel) => [parcel])
  const size = load.reduce((sum, { items }) => sum + items.length, 0)
  if (size <= MAX_SENT_ONE_BY_ONE) return load.map((parcel) => [parcel])
  let middle = 1
  for (let sum = first.items.length; middle < load.length - 1; middle += 1) {
    sum += load[middle].items.length
    if (sum > size / 2) break
  }
  return [load.slice(0, middle), load.slice(middle)]
}

/** Divides the items of a parcel in two halves, or one by one if they are few. */
function open<Item>({ owners, start, items }: Parcel<Item>): Parcel<Item>[] {
  const step = items.length <= MAX_SENT_ONE_BY_ONE ? 1 : Math.ceil(items.length / 2)
  const parcels: Parcel<Item>[] = []
  for (let from = 0; from < items.length; from += step) {
    parcels.push({ owners, start: start + from, items: items.slice(from, from + step) })
  }
  return parcels
}

/** A payload is delivered if all of its items are. A failure that may pass wins over one that will not. */
function toOutcome<Payload, Item>(
  { endpoint, noun }: Conversion<Payload, Item>,
  { items, note }: Converted<Item>,
  receipts: Receipt<Item>[]
): Outcome {
  if (items.length === 0) return { ok: true, status: 200, body: note ?? '' }
  const [{ answer }] = receipts
  if (answer.ok && receipts.every((receipt) => receipt.answer.ok)) {
    return { ok: true, status: answer.status, sent: endpoint.toBody(items), body: note ?? answer.body }
  }
  const inOrder = [...receipts].sort((a, b) => a.start - b.start)
  const sentItems = inOrder.flatMap(({ answer, items }) => (answer.ok || answer.sent ? items : []))
  const failed = inOrder.flatMap(({ answer, items }) => (answer.ok ? [] : { ...answer, items }))
  const { failure, body } = failed.find(({ failure }) => failure.reason === 'unavailable') ?? failed[0]
  const message = [explain(failed, items.length, noun, endpoint.nameOf), note].filter(Boolean).join(' ')
  return {
    ok: false,
    failure: { ...failure, message },
    sent: sentItems.length > 0 ? endpoint.toBody(sentItems) : undefined,
    body
  }
}

/** Gives one reason for all items as it is. Otherwise it gives each reason with the items that it is about. */
function explain<Item>(
  failed: { items: Item[]; failure: Failure }[],
  total: number,
  noun: string,
  nameOf: (item: Item) => string
): string {
  const reasons = failed.flatMap(({ items, failure }) =>
    items.map((item) => ({ name: nameOf(item), reason: failure.message }))
  )
  const [{ reason }] = reasons
  if (reasons.length === total && reasons.every((other) => other.reason === reason)) return reason
  return `Not delivered: ${reasons.length} of ${total} ${noun}s. ${joinReasons(reasons)}`
}
