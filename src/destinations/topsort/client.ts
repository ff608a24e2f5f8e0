import type { JSONLikeObject, RequestClient } from '@segment/actions-core'
import { readErrorBody, recordBody, redact } from './error-body'
import type { Failure } from './failure'
import { impossibleKey, noAnswer, refusal, toError } from './failure'
import type { Settings } from './generated-types'
import { text } from './normalize'
import type { EventsRequest } from './types'
import { TOPSORT_API_VERSION } from './versioning-info'

export const EVENTS_URL = `https://api.topsort.com/${TOPSORT_API_VERSION}/events`

/** What became of a request. */
export type Answer = {
  /** Whether a request was made at all. */
  sent: boolean
  /** Topsort's status, or, without an answer, the one that stands for that: 408 after a time-out, 503 otherwise. */
  status: number
  /** What Topsort answered; blank for a 204. */
  body: JSONLikeObject | string
  /** Why the events are not delivered; absent when they are. */
  failure?: Failure
}

/**
 * Posts events to Topsort's Events API: one request, and whatever comes of it as an answer. Throws nothing.
 * @param subject What messages call the events, such as `this click`
 */
export async function reportEvents(
  request: RequestClient,
  settings: Settings,
  events: EventsRequest,
  subject: string
): Promise<Answer> {
  const key = text(settings.api_key) ?? ''
  // The error for a header with other characters would quote the key.
  if (!/^[\x21-\x7e]+$/.test(key)) return unanswered(impossibleKey(key), false)

  let response
  try {
    response = await request(EVENTS_URL, {
      method: 'post',
      headers: { authorization: `Bearer ${key}` },
      json: events,
      throwHttpErrors: false,
      // A redirect that is followed becomes a GET, and its 200 would pass for a delivery.
      redirect: 'manual',
      // The time-out covers the body only when the answer itself is read, not a copy of it.
      skipResponseCloning: true
    })
  } catch (error) {
    return unanswered(noAnswer(error, subject), true)
  }
  const { status } = response
  const content = redact(response.content, key)
  const answer: Answer = { sent: true, status, body: recordBody(content) }
  if (status >= 200 && status < 300) return answer
  const said = readErrorBody(content)
  const reason = said.words ? said : { words: redact(text(response.statusText) ?? '', key) }
  return { ...answer, failure: refusal(status, reason, subject, key) }
}

/**
 * Asks Topsort whether it accepts the API key, with a request that holds no event and so stores nothing: there is no
 * endpoint for it. Any answer but a 401 or 403 accepts the key, and a Topsort that cannot be reached blocks nobody.
 * @throws InvalidAuthenticationError when the key is bad
 */
export async function checkKey(request: RequestClient, settings: Settings): Promise<void> {
  const { failure } = await reportEvents(request, settings, { impressions: [] }, 'a request without events')
  if (failure?.reason === 'unauthorized') throw toError(failure)
}

function unanswered(failure: Failure, sent: boolean): Answer {
  return { sent, status: failure.status, body: '', failure }
}
