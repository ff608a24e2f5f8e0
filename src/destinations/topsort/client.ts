import type { JSONLikeObject, ModifiedResponse, RequestClient } from '@segment/actions-core'
import { readErrorBody, redact } from './error-body'
import type { RequestFailure } from './failure'
import { toError, toImpossibleKey, toNoAnswer, toRefusal } from './failure'
import type { Settings } from './generated-types'
import { toSentence } from './reasons'
import { toText } from './text'
import type { EventsByType, EventType, LinkedUsers } from './types'
import { MAX_EVENTS_PER_REQUEST } from './types'
import { TOPSORT_API_VERSION } from './versioning-info'

export const EVENTS_URL = `https://api.topsort.com/${TOPSORT_API_VERSION}/events`

/** An endpoint of Topsort's API, and how to post items to it. */
export type Endpoint<Item> = {
  url: string
  /** The name of an item in messages, such as `click`. */
  noun: string
  /** The largest number of items in a request. */
  maxItems: number
  toBody: (items: Item[]) => JSONLikeObject
  /** Returns the id of an item, which messages name if only some items of a Segment event fail. */
  idOf: (item: Item) => string
  /** Returns a key. Items of a batch with the same key are sent once. Without this function, each item is sent. */
  keyOf?: (item: Item) => string
  /** The name of the feature that is off if the answer is 403 or 404. */
  feature?: string
}

const NOUNS = { impressions: 'impression', clicks: 'click', purchases: 'purchase', pageviews: 'page view' }

/** Returns the endpoint for the events of a type. */
export function eventsEndpoint<Type extends EventType>(type: Type): Endpoint<EventsByType[Type]> {
  return {
    url: EVENTS_URL,
    noun: NOUNS[type],
    maxItems: MAX_EVENTS_PER_REQUEST,
    toBody: (events) => ({ [type]: events }),
    idOf: ({ id }) => id
  }
}

/** The endpoint for linked users. A request takes one pair. */
export const linkUsersEndpoint: Endpoint<LinkedUsers> = {
  url: `${EVENTS_URL}/beta/link-users`,
  noun: 'link',
  maxItems: 1,
  toBody: ([{ from, to }]) => ({ from, to }),
  idOf: () => 'the link',
  keyOf: ({ from, to }) => JSON.stringify([from, to]),
  feature: 'Linking users'
}

/** The result of a request. `body` is the body of Topsort's answer, which is empty for a 204. */
export type Answer = { ok: true; status: number; body: JSONLikeObject | string } | FailedAnswer

/** The result of a request that failed. `sent` is false if no request was made. */
export type FailedAnswer = { ok: false; sent: boolean; body: JSONLikeObject | string; failure: RequestFailure }

/** Sends one request to Topsort's API. Never rejects: every error becomes an answer. */
export async function post(
  request: RequestClient,
  settings: Settings,
  { url, feature }: Pick<Endpoint<never>, 'url' | 'feature'>,
  body: JSONLikeObject
): Promise<Answer> {
  const key = toText(settings.api_key) ?? ''
  // With other characters, the header is invalid, and the error message would quote the key.
  if (!/^[\x21-\x7e]+$/.test(key)) return { ok: false, sent: false, body: '', failure: toImpossibleKey(key) }

  let response: ModifiedResponse
  try {
    response = await request(url, {
      method: 'post',
      // Not the option `json`, with which the framework builds the Request twice.
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      throwHttpErrors: false,
      // Do not follow redirects. The request would become a GET, and its 200 would look like a delivery.
      redirect: 'manual',
      // Otherwise the framework reads a copy of the answer, and its time-out does not include the body.
      skipResponseCloning: true
    })
  } catch (error) {
    return { ok: false, sent: true, body: '', failure: toNoAnswer(error) }
  }
  const { status, content } = response
  // A 204 has no body. Parsing the empty text would throw an exception for each request.
  if (status === 204 && content === '') return { ok: true, status, body: '' }
  const said = readErrorBody(content, key)
  if (status >= 200 && status < 300) return { ok: true, status, body: said.record }
  const words = said.words || redact(toText(response.statusText) ?? '', key)
  return { ok: false, sent: true, body: said.record, failure: toRefusal(status, { ...said, words }, key, feature) }
}

/**
 * Checks that Topsort accepts the API key. There is no endpoint for that, so this sends a request without events, which
 * stores nothing. Only a refusal of the key fails the check. It passes if Topsort cannot be reached.
 * @throws InvalidAuthenticationError if Topsort does not accept the key
 */
export async function checkKey(request: RequestClient, settings: Settings): Promise<void> {
  const answer = await post(request, settings, { url: EVENTS_URL }, { impressions: [] })
  if (!answer.ok && answer.failure.kind === 'unauthorized') {
    throw toError(answer.failure, toSentence(answer.failure.reason, 'request'), answer.body)
  }
}
