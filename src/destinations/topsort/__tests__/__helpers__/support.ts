import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { createTestIntegration, defaultValues } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../index'
import type { Reason } from '../../reasons'
import { InvalidEvent } from '../../reasons'
import type { EventsRequest } from '../../types'

export const testDestination = createTestIntegration(destination)

export const KEY = 'TSE_tests_only'
export const settings = { api_key: KEY }

beforeAll(() => {
  nock.disableNetConnect()
})

// nock changes the whole process, and the next test file may run in the same process.
afterAll(() => {
  nock.enableNetConnect()
  nock.restore()
})

afterEach(() => {
  const pending = nock.pendingMocks()
  nock.cleanAll()
  expect(pending).toEqual([])
})

/** A request to Topsort, with the headers that the tests check. */
export type Call = {
  method: string
  url: string
  headers: Record<string, string>
  body: EventsRequest
}

/** Returns the request with these events, as `api` should record it. */
export function request(body: EventsRequest): Call {
  return {
    method: 'POST',
    url: 'https://api.topsort.com/v2/events',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'user-agent': 'Segment (Actions)'
    },
    body
  }
}

/** An answer of Topsort: its status, its body, and other headers. */
export type Answer = [status: number, body?: nock.Body, headers?: Record<string, string>]

/**
 * Replaces Topsort's Events API and records the requests.
 * @param answer Returns the answer to each request. Default: 204, as Topsort answers
 */
export function api(answer: (body: EventsRequest, index: number) => Answer | Promise<Answer> = () => [204]): Call[] {
  const calls: Call[] = []
  nock('https://api.topsort.com')
    .persist()
    .post(/^\/v2\/events/)
    .reply(async function (_path, received) {
      const { method, path } = this.req
      const header = (name: string) => [this.req.headers[name]].join()
      const names = ['authorization', 'content-type', 'user-agent']
      const body = received as EventsRequest
      calls.push({
        method,
        url: `https://${header('host')}${path}`,
        headers: names.reduce((headers, name) => ({ ...headers, [name]: header(name) }), {}),
        body
      })
      const [status, content = '', headers = {}] = await answer(body, calls.length - 1)
      return [status, content, headers] as const
    })
  return calls
}

/** Replaces Topsort's Events API with a connection that breaks. */
export function brokenConnection(code: string): void {
  nock('https://api.topsort.com')
    .post('/v2/events')
    .replyWithError({ message: `it broke: ${code}`, code })
}

/** The body of a refusal as in the API's OpenAPI file. */
export const bidNotFound = {
  errCode: 'resolved_bid_id_not_found',
  message: 'could not find the provided resolved bid id',
  docUrl: 'https://docs.topsort.com/errors#resolved-bid-id-not-found'
}

/** The reason of that refusal in messages. */
export const BID_NOT_FOUND =
  'resolved_bid_id_not_found: could not find the provided resolved bid id (https://docs.topsort.com/errors#resolved-bid-id-not-found)'

export const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

/** Creates an event as Segment's library for browsers sends it. */
export function event(partial: Partial<SegmentEvent>): SegmentEvent {
  return {
    messageId: 'ajs-next-1741964966535-5f2b7c1e',
    type: 'track',
    timestamp: '2025-03-14T15:09:26.535Z',
    anonymousId: '23adfd82-aa0f-45a7-a756-24f2a7a4c895',
    context: {
      library: { name: 'analytics.js', version: 'next-1.70.0' },
      page: {
        path: '/search',
        title: 'Shoes | Shop',
        url: 'https://shop.example/search?q=shoes',
        referrer: 'https://shop.example/',
        search: '?q=shoes'
      },
      userAgent: CHROME
    },
    ...partial
  }
}

/** Texts that stand for a missing value. They identify nothing. */
export const MEANINGLESS = [
  ...['undefined', 'null', 'NaN', '[object Object]'],
  ...['Undefined', 'NULL', 'nan', '[object object]', ' undefined ', '\tnull\n']
]

/** The values that every action sends for `event`. */
export const facts = {
  id: 'ajs-next-1741964966535-5f2b7c1e',
  occurredAt: '2025-03-14T15:09:26.535Z',
  opaqueUserId: '23adfd82-aa0f-45a7-a756-24f2a7a4c895',
  deviceType: 'desktop' as const
}

/** The same without a device. */
export const factsWithoutDevice = { ...facts, deviceType: undefined }

type Options = {
  mapping?: JSONObject
  settings?: typeof settings & { skipZeroPricePurchases?: boolean }
  /** Ends the requests of a batch. */
  signal?: AbortSignal
}

/** Returns the mapping of a new customer. */
export function defaultMapping(action: string): JSONObject {
  return defaultValues(destination.actions[action].fields)
}

/** Delivers a single event. Uses the default mapping of the action if there is no other. */
export async function single(action: string, event: SegmentEvent, options: Options = {}) {
  const mapping = options.mapping ?? defaultMapping(action)
  await testDestination.testAction(action, { event, mapping, settings: options.settings ?? settings })
  return testDestination.results.map(({ data }) => data).filter((data) => data !== undefined)[0]
}

/** Delivers events in a batch, in the same way. */
export async function batch(action: string, events: SegmentEvent[], options: Options = {}) {
  const mapping = options.mapping ?? defaultMapping(action)
  const { settings: own = settings, signal } = options
  return testDestination.executeBatch(action, { events, mapping, settings: own, signal })
}

/** Returns the error that a task throws. */
export function thrownBy(task: () => unknown): Error {
  try {
    task()
  } catch (error) {
    return error as Error
  }
  throw new Error('Nothing is thrown.')
}

/** Returns the reason of the error that a task throws for an event that cannot be sent. */
export function reasonThrownBy(task: () => unknown): Reason {
  const error = thrownBy(task)
  if (error instanceof InvalidEvent) return error.reason
  throw error
}

/** The error of an event that is not delivered. */
export type Thrown = Error & { status?: number; code?: string; body?: unknown }

/** Returns the error of an event that is not delivered. */
export async function failure(delivery: Promise<unknown>): Promise<Thrown> {
  try {
    await delivery
  } catch (error) {
    return error as Error
  }
  throw new Error('There is no failure.')
}
