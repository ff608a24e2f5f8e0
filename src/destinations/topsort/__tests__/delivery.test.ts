import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { PayloadValidationError, createRequestClient } from '@segment/actions-core'
import nock from 'nock'
import click from '../click'
import type { Payload } from '../click/generated-types'
import { eventsEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import type { Click, EventsRequest } from '../types'
import type { Answer } from './__helpers__/support'
import {
  BID_NOT_FOUND,
  api,
  batch,
  bidNotFound,
  event,
  facts,
  failure,
  request,
  settings,
  single
} from './__helpers__/support'

/** Returns a click on the ad with this name. `topsort` refuses names that start with `bad`. */
function clicked(name: string): SegmentEvent {
  return event({ event: 'Product Clicked', messageId: name, properties: { resolvedBidId: name } })
}

function clicks(count: number, rename: Record<number, string> = {}): SegmentEvent[] {
  return range(count).map((index) => clicked(rename[index] ?? `click-${index}`))
}

/** Returns a list with this number of products. `topsort` refuses the products at the indexes in `bad`. */
function list(name: string, length: number, bad: number[] = []): SegmentEvent {
  const products = range(length).map((index) => ({
    resolvedBidId: bad.includes(index) ? `bad-${index}` : `bid-${index}`
  }))
  return event({ event: 'Product List Viewed', messageId: name, properties: { products } })
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}

function sent({ clicks = [], impressions = [] }: EventsRequest) {
  return [...clicks, ...impressions]
}

function ids(body: EventsRequest): string[] {
  return sent(body).map(({ id }) => id)
}

/** Answers like Topsort: stores all events of a request, or none of them if one is bad. */
function topsort(refusal: Answer = [400, bidNotFound]) {
  const stored: string[] = []
  const calls = api((body) => {
    if (sent(body).some(({ resolvedBidId }) => resolvedBidId?.startsWith('bad'))) return refusal
    stored.push(...ids(body))
    return [204]
  })
  return { calls, stored }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

const REFUSED = `Topsort refused this click: ${BID_NOT_FOUND}`
const AGAIN = 'Segment tries again for about four hours.'

/** The reason of `bidNotFound`. */
const refusedBid = { code: 'topsort_refused', status: 400, errCode: 'resolved_bid_id_not_found', said: BID_NOT_FOUND }

/** Returns the result of a click whose request did not start. */
function withheld(status: number, errortype: string, after: string) {
  return {
    status,
    errortype,
    errorreporter: 'DESTINATION',
    errormessage: `This click was not sent, because an earlier request of the same delivery failed (${status}). ${AGAIN}`,
    body: { code: 'request_withheld', after, status }
  }
}

describe('Packing', () => {
  test.each<[number, number[]]>([
    [1, [1]],
    [49, [49]],
    [50, [50]],
    [51, [50, 1]],
    [120, [50, 50, 20]],
    [1_000, range(20).map(() => 50)]
  ])('sends %i clicks in as few requests as possible', async (count, sizes) => {
    const { calls, stored } = topsort()
    const events = clicks(count)

    const results = await batch('click', events)

    expect(calls.map(({ body }) => sent(body).length).sort((a, b) => b - a)).toEqual(sizes)
    expect(stored.sort()).toEqual(events.map(({ messageId }) => messageId).sort())
    expect(results.map(({ status }) => status)).toEqual(events.map(() => 204))
  })

  it('makes one request of a batch, in the order of its events', async () => {
    const { calls } = topsort()

    await batch('click', clicks(3))

    const click = { ...facts, placement: { path: '/search' } }
    expect(calls).toEqual([
      request({
        clicks: [
          { ...click, id: 'click-0', resolvedBidId: 'click-0' },
          { ...click, id: 'click-1', resolvedBidId: 'click-1' },
          { ...click, id: 'click-2', resolvedBidId: 'click-2' }
        ]
      })
    ])
  })

  test.each<[string, number[], number[]]>([
    ['lists that fit together', [20, 30], [50]],
    ['lists that do not', [30, 30, 30], [30, 30, 30]],
    ['small ones beside a large one', [45, 5, 10], [50, 10]],
    ['a list that is larger than a request', [120], [50, 50, 20]],
    ['its rest with the next list', [120, 30], [50, 50, 50]]
  ])('keeps lists together if they fit into a request: %s', async (_name, lengths, sizes) => {
    const calls = api()

    const results = await batch(
      'impressionsList',
      lengths.map((length, index) => list(`list-${index}`, length))
    )

    expect(calls.map(({ body }) => sent(body).length)).toEqual(sizes)
    expect(results.map(({ status }) => status)).toEqual(lengths.map(() => 204))
  })

  it('gives one result for a list that took several requests, with all that was sent', async () => {
    api()

    const [result] = await batch('impressionsList', [list('list', 120)])

    expect(result).toMatchObject({ status: 204, body: '' })
    expect(ids((result as { sent: EventsRequest }).sent).sort()).toEqual(
      range(120)
        .map((index) => `list-${index}`)
        .sort()
    )
  })

  it('runs four requests at once if there are enough, and never more', async () => {
    let underway = 0
    let most = 0
    const calls = api(async () => {
      underway += 1
      most = Math.max(most, underway)
      await pause(20)
      underway -= 1
      return [204]
    })

    await batch('click', clicks(500))

    expect([calls.length, most]).toEqual([10, 4])
  })

  it('runs at most four requests at once while it looks for bad events', async () => {
    let underway = 0
    let most = 0
    api(async () => {
      underway += 1
      most = Math.max(most, underway)
      await pause(2)
      underway -= 1
      return [400, bidNotFound]
    })

    await batch('click', clicks(60))

    expect(most).toBe(4)
  })
})

describe('A request that Topsort refuses', () => {
  it('fails only the bad event, with the reason that Topsort gave', async () => {
    const { stored } = topsort()

    const results = await batch('click', clicks(50, { 13: 'bad' }))

    expect(stored.sort()).toEqual(
      range(50)
        .filter((index) => index !== 13)
        .map((index) => `click-${index}`)
        .sort()
    )
    expect(results.map(({ status }) => status)).toEqual(range(50).map((index) => (index === 13 ? 400 : 204)))
    expect(results[13]).toEqual({
      status: 400,
      errortype: 'BAD_REQUEST',
      errormessage: REFUSED,
      errorreporter: 'DESTINATION',
      sent: { clicks: [{ ...facts, id: 'bad', resolvedBidId: 'bad', placement: { path: '/search' } }] },
      body: { ...refusedBid, answer: bidNotFound }
    })
  })

  it('A request that Topsort refuses costs at most 14 requests for one bad event at any place of 50', async () => {
    const { calls, stored } = topsort()
    const costs: number[] = []
    for (const place of range(50)) {
      const before = calls.length
      await batch('click', clicks(50, { [place]: 'bad' }))
      costs.push(calls.length - before)
    }

    expect(Math.max(...costs)).toBe(14)
    expect(stored).toHaveLength(50 * 49)
  })

  it('A request that Topsort refuses costs 65 requests for 50 bad events', async () => {
    const { calls, stored } = topsort()
    const names = Object.fromEntries(range(50).map((index) => [index, `bad-${index}`]))

    const results = await batch('click', clicks(50, names))

    expect(calls).toHaveLength(65)
    expect(stored).toEqual([])
    expect(results).toMatchObject(
      range(50).map((index) => ({ status: 400, errormessage: REFUSED, sent: { clicks: [{ id: `bad-${index}` }] } }))
    )
  })

  it('fails only the bad events if there are several', async () => {
    const { stored } = topsort()
    const bad = [3, 4, 31, 77]

    const results = await batch('click', clicks(90, { 3: 'bad-a', 4: 'bad-b', 31: 'bad-c', 77: 'bad-d' }))

    expect(results.map(({ status }) => status)).toEqual(range(90).map((index) => (bad.includes(index) ? 400 : 204)))
    expect(stored).toHaveLength(86)
    expect(new Set(stored).size).toBe(86)
  })

  test.each<[number, number[]]>([
    [7, [7, 1, 1, 1, 1, 1, 1, 1]],
    [8, [8, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1]]
  ])(
    'A request that Topsort refuses is split in half, and into single events if there are 7 or fewer: %i',
    async (count, sizes) => {
      const { calls } = topsort()

      await batch('click', clicks(count, Object.fromEntries(range(count).map((index) => [index, `bad-${index}`]))))

      expect(calls.map(({ body }) => ids(body).length).sort((a, b) => b - a)).toEqual(sizes)
    }
  )

  test.each<[number, Answer, string]>([
    [413, [413], 'Topsort refused this click: Payload Too Large'],
    [422, [422, { errCode: 'bad_request' }], 'Topsort refused this click: bad_request'],
    [409, [409], 'Topsort refused this click: Conflict'],
    [
      403,
      [403, '<p>Blocked</p>'],
      "Something other than Topsort's API refused this click (403 Blocked), such as a firewall in front of it. If it goes on, send this message to Topsort's support."
    ]
  ])(
    'A request that Topsort refuses is also split after a %i that does not mean a bad key',
    async (status, refusal, errormessage) => {
      const { stored } = topsort(refusal)

      const results = await batch('click', clicks(10, { 6: 'bad' }))

      expect(results[6]).toMatchObject({ status, errormessage })
      expect(results.filter((result) => result.status === 204)).toHaveLength(9)
      expect(stored).toHaveLength(9)
    }
  )

  it('A request that Topsort refuses is not sent again with a single event', async () => {
    const { calls } = topsort([413])

    const [result] = await batch('click', [clicked('bad')])

    expect(calls).toHaveLength(1)
    expect(result).toMatchObject({ status: 413, errortype: 'PAYLOAD_TOO_LARGE' })
  })

  it.each([404, 405, 410, 501])(
    'A request that Topsort refuses is not split after a %i, which no event causes, and fails for good',
    async (status) => {
      const calls = api((body) => (ids(body).includes('click-0') ? [status] : [204]))

      const results = await batch('click', clicks(60))

      expect(calls.map(({ body }) => ids(body).length)).toEqual([50, 10])
      expect(results.map((result) => result.status)).toEqual(range(60).map((index) => (index < 50 ? status : 204)))
    }
  )

  it('loses only the bad product of a list, and the result names it', async () => {
    const { stored } = topsort()

    const results = await batch('impressionsList', [list('good', 5), list('mixed', 10, [3]), list('fine', 2)])

    expect(results.map(({ status }) => status)).toEqual([204, 400, 204])
    expect(results[1]).toMatchObject({
      errormessage: `Not delivered: 1 of 10 impressions. mixed-3: Topsort refused this impression: ${BID_NOT_FOUND}`,
      body: {
        code: 'partly_delivered',
        count: 1,
        of: 10,
        reasons: [{ ...refusedBid, ids: ['mixed-3'] }],
        answer: bidNotFound
      }
    })
    expect(ids((results[1] as { sent: EventsRequest }).sent)).toHaveLength(10)
    expect(stored).toHaveLength(16)
    expect(stored).not.toContain('mixed-3')
  })

  it('A request that Topsort refuses costs at most 14 requests for one bad product in a list of 50', async () => {
    const { calls, stored } = topsort()
    const costs: number[] = []
    for (const place of [0, 6, 7, 24, 25, 49]) {
      const before = calls.length
      await failure(single('impressionsList', list('list', 50, [place])))
      costs.push(calls.length - before)
    }

    expect(Math.max(...costs)).toBe(14)
    expect(stored).toHaveLength(6 * 49)
  })

  it('names five bad products of a list and counts the others', async () => {
    const { stored } = topsort()

    const [result] = await batch('impressionsList', [list('list', 40, range(12))])

    expect(stored).toHaveLength(28)
    expect(result).toMatchObject({
      errormessage: `Not delivered: 12 of 40 impressions. list-0, list-1, list-2, list-3, list-4, and 7 more: Topsort refused this impression: ${BID_NOT_FOUND}`,
      body: {
        code: 'partly_delivered',
        count: 12,
        of: 40,
        reasons: [{ ...refusedBid, ids: range(12).map((index) => `list-${index}`) }]
      }
    })
  })

  it('gives the reason once if all products of a list are bad', async () => {
    topsort()

    const error = await failure(single('impressionsList', list('list', 3, [0, 1, 2])))

    expect(error).toMatchObject({ status: 400, message: `Topsort refused this impression: ${BID_NOT_FOUND}` })
    expect(error.body).toEqual({ ...refusedBid, answer: bidNotFound })
  })

  it('A request that Topsort refuses is not split after a redirect, which is not followed', async () => {
    const calls = api(() => [308, '', { location: 'https://api.topsort.com/v3/events' }])

    const results = await batch('click', clicks(50))

    expect(calls).toHaveLength(1)
    expect(results.map(({ status }) => status)).toEqual(range(50).map(() => 400))
    expect(results[49]).toMatchObject({ errortype: 'BAD_REQUEST', body: { code: 'request_refused', status: 308 } })
  })
})

describe('A key that Topsort does not accept', () => {
  const MESSAGE =
    'Topsort did not accept the API key (401 invalid_api_key). Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'

  it('fails the batch with one request, which is not split', async () => {
    const calls = api(() => [403, { errCode: 'forbidden' }])

    const results = await batch('click', clicks(50))

    expect(calls).toHaveLength(1)
    expect(results.map(({ status }) => status)).toEqual(range(50).map(() => 401))
    expect(results[49]).toMatchObject({
      errortype: 'UNAUTHORIZED',
      sent: { clicks: [{ id: 'click-49' }] },
      body: { code: 'key_rejected', status: 403, errCode: 'forbidden', answer: { errCode: 'forbidden' } }
    })
  })

  it('stops a delivery: waiting events are not sent, and delivered events stay delivered', async () => {
    const calls = api(async (_body, index) => {
      if (index === 1) return [401, { errCode: 'invalid_api_key' }]
      await pause(50)
      return [204]
    })

    const results = await batch('click', clicks(300))

    expect(calls).toHaveLength(4)
    expect(results.map(({ status }) => status)).toEqual(
      range(300).map((index) => ([0, 2, 3].includes(Math.floor(index / 50)) ? 204 : 401))
    )
    expect(results[50]).toMatchObject({ errormessage: MESSAGE, errortype: 'UNAUTHORIZED', sent: { clicks: [{}] } })
    expect(results[299]).toEqual({
      status: 401,
      errormessage: MESSAGE,
      errortype: 'UNAUTHORIZED',
      errorreporter: 'DESTINATION',
      body: {
        code: 'key_rejected',
        status: 401,
        errCode: 'invalid_api_key',
        said: 'invalid_api_key',
        hasKeyPrefix: true
      }
    })
  })

  it('stops the search for bad events', async () => {
    const calls = api((_body, index) => (index === 0 ? [400, bidNotFound] : [401, { errCode: 'invalid_api_key' }]))

    const results = await batch('click', clicks(50))

    expect(calls.length).toBeLessThanOrEqual(3)
    expect(results.map(({ status }) => status)).toEqual(range(50).map(() => 401))
  })

  it('A key that Topsort does not accept is remembered for one delivery only', async () => {
    const calls = api((_body, index) => (index === 0 ? [401] : [204]))

    const [refused] = await batch('click', clicks(1))
    const [delivered] = await batch('click', clicks(1))

    expect([refused.status, delivered.status, calls.length]).toEqual([401, 204, 2])
  })
})

describe('A failure that pauses a delivery', () => {
  const busy = { errCode: 'too_many_requests' }

  test.each<[number, string]>([
    [429, 'TOO_MANY_REQUESTS'],
    [408, 'REQUEST_TIMEOUT']
  ])(
    'A failure that pauses a delivery is an answer %i: no further request starts, and requests under way count by their own answer',
    async (status, errortype) => {
      const calls = api(async (_body, index) => {
        if (index === 1) return [status, busy]
        await pause(50)
        return index === 2 ? [503] : [204]
      })

      const results = await batch('click', clicks(300))

      expect(calls.map(({ body }) => ids(body)[0])).toEqual(['click-0', 'click-50', 'click-100', 'click-150'])
      expect(results.map((result) => result.status)).toEqual(
        range(300).map((index) => [204, status, 503, 204, status, status][Math.floor(index / 50)])
      )
      expect(results[50]).toEqual({
        status,
        errortype,
        errorreporter: 'DESTINATION',
        errormessage: `Topsort could not take this click: ${status} too_many_requests. ${AGAIN}`,
        sent: { clicks: [{ ...facts, id: 'click-50', resolvedBidId: 'click-50', placement: { path: '/search' } }] },
        body: {
          code: 'topsort_unavailable',
          status,
          errCode: 'too_many_requests',
          said: 'too_many_requests',
          answer: busy
        }
      })
      expect(results[200]).toEqual(withheld(status, errortype, 'topsort_unavailable'))
      expect(results[299]).toEqual(results[200])
    }
  )

  it('A failure that pauses a delivery is a time-out: no further request starts', async () => {
    nock('https://api.topsort.com')
      .post('/v2/events', (body: EventsRequest) => ids(body).includes('click-0'))
      .replyWithError({ code: 'ETIMEDOUT' })
    const calls = api(async () => {
      await pause(50)
      return [204]
    })

    const results = await batch('click', clicks(300))

    expect(calls.map(({ body }) => ids(body)[0])).toEqual(['click-50', 'click-100', 'click-150'])
    expect(results.map(({ status }) => status)).toEqual(
      range(300).map((index) => [408, 204, 204, 204, 408, 408][Math.floor(index / 50)])
    )
    expect(results[0]).toMatchObject({ sent: { clicks: [{ id: 'click-0' }] }, body: { code: 'answer_timed_out' } })
    expect(results[299]).toEqual(withheld(408, 'REQUEST_TIMEOUT', 'answer_timed_out'))
  })

  it('A failure that pauses a delivery is a request that Segment ended: no further request starts', async () => {
    const controller = new AbortController()
    const calls = api(async (_body, index) => {
      if (index < 3) return [204]
      await pause(30)
      controller.abort()
      await pause(30)
      return [204]
    })

    const results = await batch('click', clicks(500), { signal: controller.signal })

    expect(calls).toHaveLength(7)
    expect(results.map(({ status }) => status)).toEqual(range(500).map((index) => (index < 150 ? 204 : 408)))
    expect(results[349]).toMatchObject({ sent: { clicks: [{ id: 'click-349' }] }, body: { code: 'request_aborted' } })
    expect(results[350]).toEqual(withheld(408, 'REQUEST_TIMEOUT', 'request_aborted'))
    expect(results[499]).toEqual(results[350])
  })

  it('decides about the waiting events if it is the first one', async () => {
    const calls = api(async (_body, index) => {
      await pause([10, 40, 60, 60][index])
      return ([[429], [401], [408], [204]] as Answer[])[index]
    })

    const results = await batch('click', clicks(300))

    expect(calls).toHaveLength(4)
    expect(results.map(({ status }) => status)).toEqual(
      range(300).map((index) => [429, 401, 408, 204, 429, 429][Math.floor(index / 50)])
    )
    expect(results[299]).toEqual(withheld(429, 'TOO_MANY_REQUESTS', 'topsort_unavailable'))
  })

  it('stops the search for bad events', async () => {
    const calls = api((_body, index) => (index === 0 ? [400, bidNotFound] : [429]))

    const results = await batch('click', clicks(50))

    expect(calls.length).toBeLessThanOrEqual(3)
    expect(results.map(({ status }) => status)).toEqual(range(50).map(() => 429))
  })

  it('A failure that pauses a delivery is remembered for one delivery only', async () => {
    const calls = api((_body, index) => (index === 0 ? [429] : [204]))

    const [refused] = await batch('click', clicks(1))
    const [delivered] = await batch('click', clicks(1))

    expect([refused.status, delivered.status, calls.length]).toEqual([429, 204, 2])
  })

  it('fails a long list of which only the first part was sent', async () => {
    api(async (_body, index) => {
      if (index === 0) return [429]
      await pause(50)
      return [204]
    })

    const [result] = await batch('impressionsList', [list('list', 300)])

    expect(result).toMatchObject({
      status: 429,
      errormessage: `Not delivered: 150 of 300 impressions. list-0, list-1, list-2, list-3, list-4, and 45 more: Topsort could not take this impression: 429 Too Many Requests. ${AGAIN} list-200, list-201, list-202, list-203, list-204, and 95 more: This impression was not sent, because an earlier request of the same delivery failed (429). ${AGAIN}`,
      body: {
        code: 'partly_delivered',
        count: 150,
        of: 300,
        reasons: [
          { code: 'topsort_unavailable', ids: range(50).map((index) => `list-${index}`) },
          { code: 'request_withheld', ids: range(100).map((index) => `list-${200 + index}`) }
        ]
      }
    })
    expect(ids((result as { sent: EventsRequest }).sent)).toEqual(range(200).map((index) => `list-${index}`))
  })
})

describe('A temporary failure', () => {
  it('A temporary failure of the last part of a list wins over a refusal of its first product', async () => {
    api((body) => {
      if (ids(body).includes('list-50')) return [503]
      return ids(body).includes('list-0') ? [400, bidNotFound] : [204]
    })

    const [result] = await batch('impressionsList', [list('list', 51)])

    expect(result).toMatchObject({
      status: 503,
      errormessage: `Not delivered: 2 of 51 impressions. list-0: Topsort refused this impression: ${BID_NOT_FOUND} list-50: Topsort could not take this impression: 503 Service Unavailable. ${AGAIN}`
    })
    expect(result).toHaveProperty('body', {
      code: 'partly_delivered',
      count: 2,
      of: 51,
      reasons: [
        { ...refusedBid, ids: ['list-0'] },
        { code: 'topsort_unavailable', status: 503, said: 'Service Unavailable', ids: ['list-50'] }
      ]
    })
  })

  test.each<[string, Partial<SegmentEvent>]>([
    ['impression', { properties: { product_id: 'p-1' } }],
    ['click', { properties: { product_id: 'p-1' } }],
    ['purchase', { properties: { products: [{ product_id: 'p-1', price: 1 }] } }],
    ['page view', { type: 'page' }]
  ])('names the event in its message: %s', async (noun, partial) => {
    api(() => [503])
    const error = await failure(single(noun === 'page view' ? 'pageviews' : noun, event(partial)))

    expect(error.message).toContain(`Topsort could not take this ${noun}: 503`)
  })

  test.each<[number, string]>([
    [423, 'LOCKED'],
    [500, 'INTERNAL_SERVER_ERROR'],
    [503, 'SERVICE_UNAVAILABLE']
  ])('fails only the events of its request, and Segment retries them (%i)', async (status, errortype) => {
    const calls = api((body) => (ids(body).includes('click-50') ? [status] : [204]))

    const results = await batch('click', clicks(320))

    expect(calls).toHaveLength(7)
    expect(results.map((result) => result.status)).toEqual(
      range(320).map((index) => (Math.floor(index / 50) === 1 ? status : 204))
    )
    expect(results[50]).toMatchObject({ errortype, sent: { clicks: [{ id: 'click-50' }] } })
  })

  it('fails only the events of its request if the connection breaks', async () => {
    nock('https://api.topsort.com')
      .post('/v2/events', (body: EventsRequest) => ids(body).includes('click-0'))
      .replyWithError({ code: 'ECONNRESET' })
    api()

    const results = await batch('click', clicks(260))

    expect(results.map(({ status }) => status)).toEqual(range(260).map((index) => (index < 50 ? 503 : 204)))
  })

  test.each([
    ['first', 0],
    ['last', 30]
  ])('wins over the refusal of another part of a list if its answer comes %s', async (_name, wait) => {
    const calls = api(async (body) => {
      if (!ids(body).includes('list-0')) return [400, bidNotFound]
      await pause(wait)
      return [503]
    })

    const error = await failure(single('impressionsList', list('list', 51)))
    const [result] = await batch('impressionsList', [list('list', 51)])

    expect(error).toMatchObject({ name: 'RetryableError', status: 503 })
    expect(error.message).toMatch(
      /^Not delivered: 51 of 51 impressions\. list-0, .*, and 45 more: Topsort could not take .* list-50: Topsort refused /
    )
    const body = {
      code: 'partly_delivered',
      count: 51,
      of: 51,
      reasons: [
        {
          code: 'topsort_unavailable',
          status: 503,
          said: 'Service Unavailable',
          ids: range(50).map((index) => `list-${index}`)
        },
        { ...refusedBid, ids: ['list-50'] }
      ]
    }
    expect(error.body).toEqual(body)
    expect(result).toMatchObject({ status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: error.message, body })
    expect(calls).toHaveLength(4)
  })
})

describe('The results', () => {
  it('The results list the events of a long list in order, whichever answer comes first', async () => {
    api(async ({ impressions = [] }) => {
      if (impressions[0].id === 'list-0') await new Promise((resolve) => setTimeout(resolve, 50))
      return impressions.some(({ id }) => ['list-0', 'list-60'].includes(id)) ? [400, bidNotFound] : [204]
    })
    const products = Array.from({ length: 120 }, (_, index) => ({ resolvedBidId: `bid-${index}` }))

    const [result] = await batch('impressionsList', [event({ messageId: 'list', properties: { products } })])

    const sent = result.sent as { impressions: { id: string }[] }
    expect(sent.impressions.map(({ id }) => id)).toEqual(products.map((_, index) => `list-${index}`))
    expect(result).toMatchObject({
      errormessage: `Not delivered: 2 of 120 impressions. list-0, list-60: Topsort refused this impression: ${BID_NOT_FOUND}`
    })
  })

  it('The results are in the order of the events, including events that cannot be sent', async () => {
    const calls = api()
    const invalid = (partial: Partial<SegmentEvent>) => event({ properties: { resolvedBidId: 'bid' }, ...partial })

    const results = await batch('click', [
      invalid({ messageId: 'a' }),
      invalid({ messageId: undefined }),
      invalid({ messageId: 'b' }),
      invalid({ messageId: 'about nothing', properties: {} }),
      invalid({ messageId: 'no time', timestamp: 'Tue, 14 Mar 2025 15:09:26 GMT' }),
      invalid({ messageId: 'no user', anonymousId: ' ' }),
      invalid({ messageId: 'c' })
    ])

    expect(results.map(({ status }) => status)).toEqual([204, 400, 204, 400, 400, 400, 204])
    expect(results.map((result) => (result as { errormessage?: string }).errormessage)).toEqual([
      undefined,
      "The root value is missing the required field 'id'.",
      undefined,
      "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click.",
      'Invalid occurredAt in this click: "Tue, 14 Mar 2025 15:09:26 GMT". Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.',
      'Missing opaqueUserId in this click. Send it, or map the field to a property that is never empty.',
      undefined
    ])
    expect(results.map((result) => (result as { errortype?: string }).errortype)).toEqual([
      undefined,
      'PAYLOAD_VALIDATION_FAILED',
      undefined,
      'PAYLOAD_VALIDATION_FAILED',
      'PAYLOAD_VALIDATION_FAILED',
      'PAYLOAD_VALIDATION_FAILED',
      undefined
    ])
    expect(calls.map(({ body }) => ids(body))).toEqual([['a', 'b', 'c']])
  })

  it('The results need no request if no event of a batch can be sent', async () => {
    const results = await batch('click', [event({ properties: {} })])

    expect(results).toEqual([
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errorreporter: 'DESTINATION',
        errormessage:
          "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click.",
        body: { code: 'about_nothing' }
      }
    ])
  })

  it('The results say what was omitted, even if the event fails', async () => {
    topsort()
    const products = [{ resolvedBidId: 'bad' }, { resolvedBidId: '' }]

    const results = await batch('impressionsList', [event({ properties: { products } })])

    const message = `Topsort refused this impression: ${BID_NOT_FOUND} Left out of this list: 1 of 2 products. Product 2: This impression is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic impression.`
    const body = {
      ...refusedBid,
      notes: [{ code: 'products_left_out', count: 1, of: 2, problems: [{ code: 'about_nothing', products: [2] }] }],
      answer: bidNotFound
    }
    expect(results).toEqual([
      {
        status: 400,
        errortype: 'BAD_REQUEST',
        errorreporter: 'DESTINATION',
        errormessage: message,
        sent: {
          impressions: [
            {
              ...facts,
              id: 'ajs-next-1741964966535-5f2b7c1e-0',
              resolvedBidId: 'bad',
              placement: { path: '/search' }
            }
          ]
        },
        body
      }
    ])
    const error = await failure(single('impressionsList', event({ properties: { products } })))
    expect(error).toMatchObject({ status: 400, message })
    expect(error.body).toEqual(body)
  })

  it('The results are successes for events with nothing to send', async () => {
    const calls = api()
    const order = (price: number) =>
      event({ messageId: `order-${price}`, properties: { products: [{ id: 'gift', price }] } })
    const note = {
      code: 'order_unpriced',
      of: 1,
      problems: [{ code: 'line_price_not_positive', lines: [1], values: ['0'] }],
      message: 'No line of this order has a price above 0: line 1 has a price of 0.'
    }

    const results = await batch('purchase', [order(0), order(5)])

    expect(results[0]).toEqual({ status: 200, sent: {}, body: note })
    expect(results[1]).toMatchObject({ status: 204, sent: { purchases: [{ id: 'order-5' }] }, body: '' })
    expect(await single('purchase', order(0))).toEqual({ status: 200, sent: undefined, body: note })
    expect(calls).toHaveLength(1)
  })

  it('The results show what was sent for each event, and Topsort’s status', async () => {
    api(() => [202, { accepted: true }])

    expect(await batch('click', clicks(2))).toMatchObject([
      { status: 202, sent: { clicks: [{ id: 'click-0' }] }, body: { accepted: true } },
      { status: 202, sent: { clicks: [{ id: 'click-1' }] }, body: { accepted: true } }
    ])
  })

  it("The results have Topsort's answer beside the notes of a delivered event", async () => {
    api(() => [202, { accepted: true }])
    const products: JSONObject[] = [{ resolvedBidId: 'good' }, { name: 'no id' }]

    const [result] = await batch('impressionsList', [event({ properties: { products } })])

    expect(result).toMatchObject({
      status: 202,
      body: { code: 'products_left_out', count: 1, of: 2, answer: { accepted: true } }
    })
  })

  it('The results say each note once, in the order in which they came', async () => {
    api()
    const attribution = (type: string) => ({ resolvedBidId: 'bid', additionalAttribution: { id: 'a-1', type } })
    const products = ['brand', 'shop', 'brand', 'brand'].map(attribution)

    const [result] = await batch('impressionsList', [event({ properties: { products } })])

    const sentence = (type: string) =>
      `Left out: the additional attribution of the type "${type}". Topsort accepts product and vendor.`
    expect(result).toHaveProperty('body', {
      code: 'attribution_type_unknown',
      value: '"brand"',
      message: `${sentence('brand')} ${sentence('shop')}`,
      notes: [{ code: 'attribution_type_unknown', value: '"shop"' }]
    })
  })
})

describe('A single event', () => {
  it('A single event is sent as it is in a batch of one', async () => {
    const calls = api()

    await single('click', clicked('click-0'))
    await batch('click', [clicked('click-0')])

    expect(calls[0]).toEqual(calls[1])
    expect(calls).toHaveLength(2)
  })

  it('fails with the message of its conversion', async () => {
    const error = await failure(single('click', event({ properties: {} })))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(
      "This click is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic click."
    )
    expect(error.body).toEqual({ code: 'about_nothing' })
  })

  it('A single event is delivered only if all of its parts are', async () => {
    topsort()

    const error = await failure(single('impressionsList', list('list', 60, [55])))

    expect(error).toMatchObject({
      name: 'APIError',
      status: 400,
      message: `Not delivered: 1 of 60 impressions. list-55: Topsort refused this impression: ${BID_NOT_FOUND}`
    })
    expect(error.body).toEqual({
      code: 'partly_delivered',
      count: 1,
      of: 60,
      reasons: [{ ...refusedBid, ids: ['list-55'] }],
      answer: bidNotFound
    })
  })
})

describe('A fault of the destination itself', () => {
  it('fails only its event, and Segment retries that event', async () => {
    const calls = api()
    const broken: Conversion<{ id: string }, Click> = {
      noun: 'click',
      endpoint: eventsEndpoint('clicks'),
      convert: ({ id }) => {
        if (id === 'bad') throw new TypeError('x is not a function')
        return [{ id, occurredAt: facts.occurredAt, opaqueUserId: 'u' }]
      }
    }
    const payloads = [{ id: 'good' }, { id: 'bad' }]

    const results = await deliverBatch(createRequestClient(), settings, payloads, broken)
    const error = await failure(deliverOne(createRequestClient(), settings, payloads[1], broken))

    const message = `The destination failed at this click: x is not a function. ${AGAIN}`
    const body = { code: 'conversion_failed', error: 'x is not a function' }
    expect(results.getAllResponses().map((response) => response.value())).toMatchObject([
      { status: 204 },
      { status: 500, errortype: 'INTERNAL_SERVER_ERROR', errormessage: message, body }
    ])
    expect(error).toMatchObject({ name: 'RetryableError', status: 500, message })
    expect(error.body).toEqual(body)
    expect(calls.map(({ body }) => ids(body))).toEqual([['good']])
  })
})

describe('The payloads', () => {
  type BatchInput = Parameters<NonNullable<typeof click.performBatch>>[1]

  function deepFreeze<Value>(value: Value): Value {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze)
    return Object.freeze(value)
  }

  it('The payloads are not changed', async () => {
    const calls = api()
    const payload: Payload[] = deepFreeze([
      {
        id: ' click-0 ',
        occurredAt: 1741964966,
        opaqueUserId: 'user',
        resolvedBidId: 'bid',
        additionalAttribution: { id: 'shoe-1', type: 'Product' },
        entity: { id: 'shoe-1', type: 'PRODUCT' },
        placement: { path: '/search', position: '0', categoryIds: ['shoes', ''] },
        page: { type: 'plp', pageId: '/search', value: ['a', 'b'] },
        dspMetadata: { gclid: 'x', list: [1] }
      }
    ])
    const input = { payload, settings: deepFreeze({ ...settings }) } as BatchInput

    await click.performBatch?.(createRequestClient(), input)

    expect(calls.map(({ body }) => ids(body))).toEqual([['click-0']])
  })
})
