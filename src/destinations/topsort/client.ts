import type { JSONLikeObject, ModifiedResponse, RequestClient } from '@segment/actions-core'
import { readErrorBody, redact } from './error-body'
import type { Failure } from './failure'
import { toError, toImpossibleKey, toMissingFeature, toNoAnswer, toRefusal } from './failure'
import type { Settings } from './generated-types'
import { toText } from './text'
import type { EventsByType, EventType, LinkedUsers } from './types'
import { MAX_EVENTS_PER_REQUEST } from './types'
import { TOPSORT_API_VERSION } from './versioning-info'

export const EVENTS_URL = `https://api.topsort.com/${TOPSORT_API_VERSION}/events`

/** Where items are posted, and how. */
export type Endpoint<Item> = {
  url: string
  /** The most items that a request takes. */
  maxItems: number
  toBody: (items: Item[]) => JSONLikeObject
  /** What messages call one of several items. */
  nameOf: (item: Item) => string
  /** Tells items apart that are to be sent only once in a batch. Without it, each item is sent. */
  keyOf?: (item: Item) => string
  /** What to do if Topsort answers 403 or 404, where that says that a feature is off. */
  featureRemedy?: string
}

/** Returns the endpoint for the events of a type. */
export function eventsEndpoint<Type extends EventType>(type: Type): Endpoint<EventsByType[Type]> {
  return {
    url: EVENTS_URL,
    maxItems: MAX_EVENTS_PER_REQUEST,
    toBody: (events) => ({ [type]: events }),
    nameOf: ({ id }) => id
  }
}

/** The endpoint for linked users. A request takes one pair. */
export const linkUsersEndpoint: Endpoint<LinkedUsers> = {
  url: `${EVENTS_URL}/beta/link-users`,
  maxItems: 1,
  toBody: ([{ from, to }]) => ({ from, to }),
  nameOf: ({ from, to }) => `${from} to ${to}`,
  keyOf: ({ from, to }) => JSON.stringify([from, to]),
  featureRemedy: 'Linking users is a beta: ask Topsort to enable it for your marketplace.'
}

/** What came of a request. `body` is what Topsort answered, empty for a 204. */
export type Answer = { ok: true; status: number; body: JSONLikeObject | string } | FailedAnswer

/** The answer for items that are not delivered. `sent` is false if no request was made. */
export type FailedAnswer = { ok: false; sent: boolean; body: JSONLikeObject | string; failure: Failure }

/**
 * Posts to Topsort's API: one request, and whatever comes of it as an answer. It never rejects.
 * @param subject What messages call the events, such as `this click`
 */
export async function post(
  request: RequestClient,
  settings: Settings,
  { url, featureRemedy }: Pick<Endpoint<never>, 'url' | 'featureRemedy'>,
  body: JSONLikeObject,
  subject: string
): Promise<Answer> {
  const key = toText(settings.api_key) ?? ''
  // The error for a header with other characters would quote the key.
  if (!/^[\x21-\x7e]+$/.test(key)) return { ok: false, sent: false, body: '', failure: toImpossibleKey(key) }

  let response: ModifiedResponse
  try {
    response = await request(url, {
      method: 'post',
      headers: { authorization: `Bearer ${key}` },
      json: body,
      throwHttpErrors: false,
      // A redirect that is followed becomes a GET, and its 200 would look like a delivery.
      redirect: 'manual',
      // Without this the framework reads a copy of the answer, and the time-out does not cover its body.
      skipResponseCloning: true
    })
  } catch (error) {
    return { ok: false, sent: true, body: '', failure: toNoAnswer(error, subject) }
  }
  const { status, content } = response
  // A 204 has no body. Parsing its empty text would cost an exception for each request.
  if (status === 204 && content === '') return { ok: true, status, body: '' }
  const said = readErrorBody(content, key)
  if (status >= 200 && status < 300) return { ok: true, status, body: said.record }
  const words = said.words || redact(toText(response.statusText) ?? '', key)
  const failure =
    featureRemedy && (status === 403 || status === 404)
      ? toMissingFeature(status, words, subject, featureRemedy)
      : toRefusal(status, { ...said, words }, subject, key)
  return { ok: false, sent: true, body: said.record, failure }
}

/**
 * Asks Topsort whether it accepts the API key. There is no endpoint for that, so the request has no event and stores
 * nothing. Any answer but a refusal of the key accepts it, and a Topsort that cannot be reached blocks nobody.
 * @throws InvalidAuthenticationError if Topsort does not accept the key
 */
export async function checkKey(request: RequestClient, settings: Settings): Promise<void> {
  const answer = await post(request, settings, { url: EVENTS_URL }, { impressions: [] }, 'a request without events')
  if (!answer.ok && answer.failure.reason === 'unauthorized') throw toError(answer.failure)
}
