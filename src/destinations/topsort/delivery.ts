/**
 * Delivers the items that actions make from Segment events, and returns one outcome for each Segment event.
 *
 * If one event of a request is bad, Topsort stores none of them and does not say which one it is. So a refused request
 * is split in half, and the halves again, until each bad event is alone. Only refused events, which are not stored, are
 * sent again here. All other retries are Segment's: it sends an event with a retryable outcome again, with the same
 * ids. It always repeats the whole Segment event, including the requests that succeeded.
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

/** Describes how an action converts payloads to items, and where it sends them. */
export type Conversion<Payload, Item> = {
  /** The name of an item in messages, such as `click`. */
  noun: string
  endpoint: Endpoint<Item>
  /**
   * Converts one payload to items.
   * @throws one of the framework's errors if a fact is missing or invalid
   */
  convert: (payload: Payload, settings: Settings) => Converted<Item>
}

/** The items of one payload, and a note for people if some or all of it is omitted. */
export type Converted<Item> = { items: Item[]; note?: string }

/** The result of one Segment event. `sent` is the part of the request bodies that belongs to it. */
type Outcome =
  | { ok: true; status: number; sent?: JSONLikeObject; body: JSONLikeObject | string }
  | { ok: false; failure: Failure; sent?: JSONLikeObject; body: JSONLikeObject | string }

/**
 * Delivers one payload, for the `perform` of an action.
 * @throws one of the framework's errors, with a message for people, if a part of the payload is not delivered
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

/** Delivers payloads, for the `performBatch` of an action. The response has one result for each payload, in order. */
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
 * Items of one payload that stay together. `owners` are the indexes of that payload and of others with the same items.
 * `start` is the index of the first item in the payload.
 */
type Parcel<Item> = { owners: number[]; start: number; items: Item[] }

/** Items of a payload and the answer to their last request. `start` is the index of the first one in the payload. */
type Receipt<Item> = { start: number; items: Item[]; answer: Answer }

/** Delivers the only item of a single payload, which needs no packing, no queue and no splitting. */
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
    : toOutcome(conversion, converted, [{ start: 0, items, answer }])
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
      for (const { owners, start, items } of load) {
        for (const owner of owners) receipts[owner].push({ start, items, answer })
      }
    }
  }

  await Promise.all(pack(attempts, endpoint).map(send))
  return attempts.map((attempt, owner) =>
    attempt.ok ? toOutcome(conversion, attempt, receipts[owner]) : { ok: false, failure: attempt.failure, body: '' }
  )
}

/** The items of a payload, or the reason why it cannot be converted. */
type Attempt<Item> = ({ ok: true } & Converted<Item>) | { ok: false; failure: Failure }

/**
 * An error of the framework means that the event is invalid. Any other error is a bug of ours, so Segment may retry.
 */
function tryToConvert<Payload, Item>(
  { convert, noun }: Conversion<Payload, Item>,
  payload: Payload,
  settings: Settings
): Attempt<Item> {
  try {
    const { items, note } = convert(payload, settings)
    return { ok: true, items, note }
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

/**
 * Groups the items into loads, one for each request. The items of a payload stay together if they fit into a request.
 */
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

/** Splits a load in two, or into single parcels if it is small. Splits a parcel only if it is alone. */
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

/** Splits the items of a parcel in half, or into single items if there are few. */
function open<Item>({ owners, start, items }: Parcel<Item>): Parcel<Item>[] {
  const step = items.length <= MAX_SENT_ONE_BY_ONE ? 1 : Math.ceil(items.length / 2)
  const parcels: Parcel<Item>[] = []
  for (let from = 0; from < items.length; from += step) {
    parcels.push({ owners, start: start + from, items: items.slice(from, from + step) })
  }
  return parcels
}

/**
 * Returns the outcome of a payload. It succeeds if all items are delivered. A temporary failure wins over a final one.
 */
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

/** Returns the reason if it is the same for all items. Otherwise returns each reason with the names of its items. */
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
