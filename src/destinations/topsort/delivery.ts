/**
 * Delivers the items that actions make from Segment events, and returns one result for each Segment event.
 *
 * If one event of a request is bad, Topsort stores none of them and does not say which one it is. So a refused request
 * is split in half, and the halves again, until each bad event is alone. Only refused events, which are not stored, are
 * sent again here. All other retries are Segment's: it sends an event with a retryable result again, with the same
 * ids. It always repeats the whole Segment event, including the requests that succeeded.
 */
import type { JSONLikeObject, RequestClient } from '@segment/actions-core'
import { MultiStatusResponse } from '@segment/actions-core'
import type { Answer, Endpoint, FailedAnswer } from './client'
import { post } from './client'
import type { Failure } from './failure'
import { isRetryable, toError, toWithheld } from './failure'
import type { Settings } from './generated-types'
import { limit } from './limit'
import type { Reason, RequestReason } from './reasons'
import { groupByReason, InvalidEvent, toSentence } from './reasons'

const MAX_REQUESTS_AT_ONCE = 4

/**
 * A refused part of at most this many items is sent one by one, not in halves. 50 items split to 25, 13 and 7.
 * All bad: 1 + 2 + 4 + 8 + 50 = 65 requests. One bad: 1 + 2 + 2 + 2 + 7 = 14 requests.
 */
const MAX_SENT_ONE_BY_ONE = 7

/** Describes how an action converts payloads to items, and where it sends them. */
export type Conversion<Payload, Item> = {
  /** The name of the Segment event in messages, such as `click`. */
  noun: string
  endpoint: Endpoint<Item>
  /**
   * Converts one payload to items.
   * @param notes Gets a reason for each part of the payload that is omitted
   * @throws InvalidEvent if a fact is missing or invalid
   */
  convert: (payload: Payload, notes: Reason[], settings: Settings) => Item[]
}

/** The items of one payload, and a reason for each part of it that is omitted. */
type Converted<Item> = { items: Item[]; notes: Reason[] }

/** What a result contains about an event: a reason or Topsort's answer. */
type Body = JSONLikeObject | string

/** The result of one Segment event. `sent` is the part of the request bodies that belongs to it. */
export type Result =
  | { ok: true; status: number; sent?: JSONLikeObject; body: Body }
  | { ok: false; failure: Failure; message: string; sent?: JSONLikeObject; body: Body }

/**
 * Delivers one payload, for the `perform` of an action.
 * @throws one of the framework's errors, with a message for people, if a part of the payload is not delivered. Its
 *   `body` is the body of the result that a batch would have
 */
export async function deliverOne<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  payload: Payload,
  conversion: Conversion<Payload, Item>
): Promise<{ status: number; sent?: JSONLikeObject; body: Body }> {
  const converted = tryToConvert(conversion, payload, settings)
  const result =
    converted.ok && converted.items.length === 1
      ? await deliverItem(request, settings, converted, conversion.endpoint)
      : (await deliver(request, settings, [converted], conversion))[0]
  const { sent, body } = result
  if (!result.ok) throw toError(result.failure, result.message, body)
  return { status: result.status, sent, body }
}

/** Delivers payloads, for the `performBatch` of an action. The response has one result for each payload, in order. */
export async function deliverBatch<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  payloads: Payload[],
  conversion: Conversion<Payload, Item>
): Promise<MultiStatusResponse> {
  const converted = payloads.map((payload) => tryToConvert(conversion, payload, settings))
  const results = new MultiStatusResponse()
  for (const result of await deliver(request, settings, converted, conversion)) {
    const { sent, body } = result
    if (result.ok) {
      results.pushSuccessResponse({ status: result.status, sent: sent ?? {}, body })
    } else {
      const { kind, status } = result.failure
      const errortype = kind === 'invalid' ? 'PAYLOAD_VALIDATION_FAILED' : undefined
      results.pushErrorResponse({ status, errormessage: result.message, errortype, sent, body })
    }
  }
  return results
}

/**
 * Items of one payload that stay together in a request. `payloadIndexes` are the indexes of that payload and of others
 * with the same items. `start` is the index of the first item in the payload.
 */
type Chunk<Item> = { payloadIndexes: number[]; start: number; items: Item[] }

/** Items of a payload and the answer to their last request. `start` is the index of the first one in the payload. */
type Receipt<Item> = { start: number; items: Item[]; answer: Answer }

/** Delivers the only item of a single payload, which needs no packing, no queue and no splitting. */
async function deliverItem<Item>(
  request: RequestClient,
  settings: Settings,
  converted: Converted<Item>,
  endpoint: Endpoint<Item>
): Promise<Result> {
  const { items } = converted
  const answer = await post(request, settings, endpoint, endpoint.toBody(items))
  return toResult(endpoint, converted, [{ start: 0, items, answer }])
}

async function deliver<Payload, Item>(
  request: RequestClient,
  settings: Settings,
  converted: ConvertedPayload<Item>[],
  { endpoint, noun }: Pick<Conversion<Payload, Item>, 'endpoint' | 'noun'>
): Promise<Result[]> {
  const receipts = converted.map((): Receipt<Item>[] => [])
  const takeTurn = limit(MAX_REQUESTS_AT_ONCE)
  /** The answer to all further requests, once one failed in a way that ends the call. */
  let lastAnswer: FailedAnswer | undefined

  async function postItems(items: Item[]): Promise<Answer> {
    if (lastAnswer) return lastAnswer
    const answer = await post(request, settings, endpoint, endpoint.toBody(items))
    if (!answer.ok && (answer.failure.kind === 'unauthorized' || answer.failure.kind === 'paused')) {
      lastAnswer ??= { ok: false, sent: false, body: '', failure: toWithheld(answer.failure) }
    }
    return answer
  }

  async function send(chunks: Chunk<Item>[]): Promise<void> {
    const items = chunks.length === 1 ? chunks[0].items : chunks.flatMap((chunk) => chunk.items)
    const answer = await takeTurn(() => postItems(items))
    if (!answer.ok && answer.failure.kind === 'refused' && items.length > 1) {
      await Promise.all(split(chunks).map(send))
    } else {
      for (const { payloadIndexes, start, items } of chunks) {
        for (const index of payloadIndexes) receipts[index].push({ start, items, answer })
      }
    }
  }

  await Promise.all(pack(converted, endpoint).map(send))
  return converted.map((each, index) =>
    each.ok ? toResult(endpoint, each, receipts[index]) : toFailed(each.failure, noun, [], '')
  )
}

/** The items of a payload, or the reason why it cannot be converted. */
type ConvertedPayload<Item> = ({ ok: true } & Converted<Item>) | { ok: false; failure: Failure }

/** Any error but `InvalidEvent` is a bug of ours, so Segment may retry. */
export function tryToConvert<Payload, Item>(
  { convert }: Conversion<Payload, Item>,
  payload: Payload,
  settings: Settings
): ConvertedPayload<Item> {
  try {
    const notes: Reason[] = []
    const items = convert(payload, notes, settings)
    return { ok: true, items, notes: notes.length > 1 ? removeRepeats(notes) : notes }
  } catch (error) {
    return error instanceof InvalidEvent
      ? { ok: false, failure: { kind: 'invalid', status: 400, reason: error.reason } }
      : {
          ok: false,
          failure: {
            kind: 'unavailable',
            status: 500,
            reason: { code: 'conversion_failed', error: (error as Error).message }
          }
        }
  }
}

/**
 * Groups the items into requests. The items of a payload stay together if they fit into one.
 * @returns the chunks of each request
 */
function pack<Item>(converted: ConvertedPayload<Item>[], { maxItems, keyOf }: Endpoint<Item>): Chunk<Item>[][] {
  const requests: Chunk<Item>[][] = []
  const indexesByKey = new Map<string, number[]>()
  let free = 0
  converted.forEach((each, index) => {
    const all = each.ok ? each.items : []
    const key = keyOf && all.length === 1 ? keyOf(all[0]) : undefined
    const sameKey = key === undefined ? undefined : indexesByKey.get(key)
    if (sameKey) return void sameKey.push(index)
    const payloadIndexes = [index]
    if (key !== undefined) indexesByKey.set(key, payloadIndexes)
    for (let start = 0; start < all.length; start += maxItems) {
      const items = all.length <= maxItems ? all : all.slice(start, start + maxItems)
      if (items.length > free) {
        requests.push([])
        free = maxItems
      }
      requests[requests.length - 1].push({ payloadIndexes, start, items })
      free -= items.length
    }
  })
  return requests
}

/** Splits the chunks of a request in two, or into single ones if they are few. Splits a chunk only if it is alone. */
function split<Item>(chunks: Chunk<Item>[]): Chunk<Item>[][] {
  const [first, ...others] = chunks
  if (others.length === 0) return splitChunk(first).map((chunk) => [chunk])
  const size = chunks.reduce((sum, { items }) => sum + items.length, 0)
  if (size <= MAX_SENT_ONE_BY_ONE) return chunks.map((chunk) => [chunk])
  let middle = 1
  for (let sum = first.items.length; middle < chunks.length - 1; middle += 1) {
    sum += chunks[middle].items.length
    if (sum > size / 2) break
  }
  return [chunks.slice(0, middle), chunks.slice(middle)]
}

/** Splits the items of a chunk in half, or into single items if there are few. */
function splitChunk<Item>({ payloadIndexes, start, items }: Chunk<Item>): Chunk<Item>[] {
  const step = items.length <= MAX_SENT_ONE_BY_ONE ? 1 : Math.ceil(items.length / 2)
  const chunks: Chunk<Item>[] = []
  for (let from = 0; from < items.length; from += step) {
    chunks.push({ payloadIndexes, start: start + from, items: items.slice(from, from + step) })
  }
  return chunks
}

/**
 * Returns the result of a payload. It succeeds if all items are delivered. A temporary failure wins over a final one.
 */
export function toResult<Item>(
  { toBody, noun, idOf }: Endpoint<Item>,
  { items, notes }: Converted<Item>,
  receipts: Receipt<Item>[]
): Result {
  if (items.length === 0) return { ok: true, status: 200, body: toDeliveredBody(notes, noun, '') }
  const [{ answer }] = receipts
  if (answer.ok && receipts.every((receipt) => receipt.answer.ok)) {
    return { ok: true, status: answer.status, sent: toBody(items), body: toDeliveredBody(notes, noun, answer.body) }
  }
  const inOrder = [...receipts].sort((a, b) => a.start - b.start)
  const sentItems = inOrder.flatMap(({ answer, items }) => (answer.ok || answer.sent ? items : []))
  const failed = inOrder.flatMap(({ answer, items }) =>
    answer.ok ? [] : [{ ...answer, reason: answer.failure.reason, places: items.map(idOf) }]
  )
  const { failure, body } = failed.find(({ failure: { status } }) => isRetryable(status)) ?? failed[0]
  const reason = joinFailures(failed, items.length)
  const sent = sentItems.length > 0 ? toBody(sentItems) : undefined
  return { ...toFailed({ ...failure, reason }, noun, notes, body), sent }
}

/** Returns the reason if it is the same for all items. Otherwise returns each reason with the ids of its items. */
function joinFailures(failures: { reason: RequestReason; places: string[] }[], of: number): Reason {
  const groups = groupByReason(failures)
  if (groups[0].places.length === of) return groups[0].reason
  const reasons = groups.map(({ reason, places }) => ({ ...reason, ids: places }))
  return { code: 'partly_delivered', count: reasons.reduce((sum, { ids }) => sum + ids.length, 0), of, reasons }
}

/** Returns the result of an event that failed. Its body has the reason, the notes, and Topsort's answer if it came. */
export function toFailed(failure: Failure, noun: string, notes: Reason[], answer: Body): Result & { ok: false } {
  const message = [failure.reason, ...notes].map((reason) => toSentence(reason, noun)).join(' ')
  const body = { ...failure.reason, ...(notes.length > 0 && { notes }), ...(answer !== '' && { answer }) }
  return { ok: false, failure, message, body }
}

/** Returns the body of a result for a delivered event: the answer. With notes, it has the first one and its message. */
function toDeliveredBody(notes: Reason[], noun: string, answer: Body): Body {
  if (notes.length === 0) return answer
  const [first, ...others] = notes
  const message = notes.map((note) => toSentence(note, noun)).join(' ')
  return { ...first, message, ...(others.length > 0 && { notes: others }), ...(answer !== '' && { answer }) }
}

/** The products of a list may all have the same note. */
function removeRepeats(notes: Reason[]): Reason[] {
  return groupByReason(notes.map((reason) => ({ reason, places: [] }))).map(({ reason }) => reason)
}
