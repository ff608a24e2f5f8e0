import { APIError, InvalidAuthenticationError, RetryableError } from '@segment/actions-core'
import nock from 'nock'
import type { Answer } from './__helpers__/support'
import {
  BID_NOT_FOUND,
  KEY,
  api,
  batch,
  bidNotFound,
  brokenConnection,
  event,
  facts,
  failure,
  request,
  single
} from './__helpers__/support'

const clicked = event({ event: 'Product Clicked', properties: { resolvedBidId: 'bid-1' } })
const click = { ...facts, resolvedBidId: 'bid-1', placement: { path: '/search' } }

const REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'
const AGAIN = 'Segment tries again for about four hours.'
const json = { 'content-type': 'application/json' }

describe('A request', () => {
  it('A request is a POST of the events with the trimmed key', async () => {
    const calls = api()

    await single('click', clicked, { settings: { api_key: `\t${KEY} ` } })

    expect(calls).toEqual([request({ clicks: [click] })])
  })

  test.each(['', '  ', 'TSE_a\r\nb', 'TSE_a b', 'TSE_ключ'])(
    'A request is not sent if the key is %j',
    async (api_key) => {
      const error = await failure(single('click', clicked, { settings: { api_key } }))
      const [result] = await batch('click', [clicked], { settings: { api_key } })

      const hasKeyPrefix = api_key.startsWith('TSE_')
      const message = `The API key is empty or contains characters that are not allowed. ${REMEDY}${
        hasKeyPrefix ? '' : ' A Marketplace API Key starts with TSE_.'
      }`
      const body = { code: 'key_malformed', hasKeyPrefix }
      expect(error).toBeInstanceOf(InvalidAuthenticationError)
      expect(error).toMatchObject({ status: 401, message })
      expect(error.body).toEqual(body)
      expect(result).toEqual({
        status: 401,
        errortype: 'UNAUTHORIZED',
        errorreporter: 'DESTINATION',
        errormessage: message,
        body
      })
    }
  )
})

describe('An answer with a 2xx status', () => {
  test.each<[number, Answer, unknown]>([
    [204, [204], ''],
    [200, [200, { accepted: 1 }], { accepted: 1 }],
    [200, [200, [{ accepted: 1 }]], '[{"accepted":1}]'],
    [202, [202, 'accepted'], 'accepted'],
    [299, [299, ''], '']
  ])('delivers the event (%i), and the result shows what was sent and answered', async (status, answer, body) => {
    api(() => answer)

    expect(await single('click', clicked)).toEqual({ status, sent: { clicks: [click] }, body })
    expect(await batch('click', [clicked])).toEqual([{ status, sent: { clicks: [click] }, body }])
  })
})

describe('Any other answer', () => {
  const page =
    '<!DOCTYPE html>\r\n<html><head><style>h1 { color: red }</style></head>\r\n<body><h1>Sorry</h1>\r\n<script>track("x")</script><p>We are\tdown</p></body></html>'
  const refused = 'Topsort refused this click'
  const busy = 'Topsort could not take this click'
  const badKey = 'Topsort did not accept the API key'
  const firewall = (said: string) =>
    `Something other than Topsort's API refused this click (${said}), such as a firewall in front of it. If it goes on, send this message to Topsort's support.`

  const unsupported = (said: string) =>
    `Topsort's API refused the request, and not because of this click (${said}). If it goes on, send this message to Topsort's support.`

  type Row = [
    answer: Answer,
    error: typeof APIError | typeof RetryableError | typeof InvalidAuthenticationError,
    status: number,
    errortype: string,
    message: string,
    body: Record<string, unknown>
  ]

  const refusedBid = {
    code: 'topsort_refused',
    status: 400,
    errCode: 'resolved_bid_id_not_found',
    said: BID_NOT_FOUND
  }
  const without = (code: string, status: number, said: string) => ({ code, status, said })

  test.each<Row>([
    [
      [400, bidNotFound],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: ${BID_NOT_FOUND}`,
      { ...refusedBid, answer: bidNotFound }
    ],
    [
      [400, [bidNotFound]],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: ${BID_NOT_FOUND}`,
      { ...refusedBid, answer: JSON.stringify([bidNotFound]) }
    ],
    [
      [400, ''],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: Bad Request`,
      without('topsort_refused', 400, 'Bad Request')
    ],
    [
      [400, '[]', json],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: Bad Request`,
      { ...without('topsort_refused', 400, 'Bad Request'), answer: '[]' }
    ],
    [
      [400, '{"errCode":"no"}', { 'content-type': 'text/plain' }],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: no`,
      { ...without('topsort_refused', 400, 'no'), errCode: 'no', answer: { errCode: 'no' } }
    ],
    [
      [401, { errCode: 'invalid_api_key', message: 'no such key' }],
      InvalidAuthenticationError,
      401,
      'UNAUTHORIZED',
      `${badKey} (401 invalid_api_key). ${REMEDY}`,
      {
        ...without('key_rejected', 401, 'invalid_api_key: no such key'),
        errCode: 'invalid_api_key',
        hasKeyPrefix: true,
        answer: { errCode: 'invalid_api_key', message: 'no such key' }
      }
    ],
    [
      [401, ''],
      InvalidAuthenticationError,
      401,
      'UNAUTHORIZED',
      `${badKey} (401 Unauthorized). ${REMEDY}`,
      { ...without('key_rejected', 401, 'Unauthorized'), hasKeyPrefix: true }
    ],
    [
      [403, { error: 'Forbidden', message: 'no' }],
      InvalidAuthenticationError,
      401,
      'UNAUTHORIZED',
      `${badKey} (403 Forbidden). ${REMEDY}`,
      {
        ...without('key_rejected', 403, 'Forbidden: no'),
        errCode: 'Forbidden',
        hasKeyPrefix: true,
        answer: { error: 'Forbidden', message: 'no' }
      }
    ],
    [
      [403, page],
      APIError,
      403,
      'FORBIDDEN',
      firewall('403 Sorry We are down'),
      { ...without('firewall_refused', 403, 'Sorry We are down'), answer: page }
    ],
    [
      [403, '{"message":"Forbidden"}', json],
      APIError,
      403,
      'FORBIDDEN',
      firewall('403 Forbidden'),
      { ...without('firewall_refused', 403, 'Forbidden'), answer: { message: 'Forbidden' } }
    ],
    [
      [403, '{"blocked":true}', json],
      APIError,
      403,
      'FORBIDDEN',
      firewall('403 Forbidden'),
      { ...without('firewall_refused', 403, 'Forbidden'), answer: { blocked: true } }
    ],
    [[403, ''], APIError, 403, 'FORBIDDEN', firewall('403 Forbidden'), without('firewall_refused', 403, 'Forbidden')],
    [[404, ''], APIError, 404, 'NOT_FOUND', unsupported('404 Not Found'), without('request_refused', 404, 'Not Found')],
    [
      [408, ''],
      RetryableError,
      408,
      'REQUEST_TIMEOUT',
      `${busy}: 408 Request Timeout. ${AGAIN}`,
      without('topsort_unavailable', 408, 'Request Timeout')
    ],
    [
      [413, ''],
      APIError,
      413,
      'PAYLOAD_TOO_LARGE',
      `${refused}: Payload Too Large`,
      without('topsort_refused', 413, 'Payload Too Large')
    ],
    [
      [422, { errCode: 'no' }],
      APIError,
      422,
      'UNPROCESSABLE_ENTITY',
      `${refused}: no`,
      { ...without('topsort_refused', 422, 'no'), errCode: 'no', answer: { errCode: 'no' } }
    ],
    [
      [429, { errCode: 'too_many_requests' }, { 'X-RateLimit-Remaining': '0' }],
      RetryableError,
      429,
      'TOO_MANY_REQUESTS',
      `${busy}: 429 too_many_requests. ${AGAIN}`,
      {
        ...without('topsort_unavailable', 429, 'too_many_requests'),
        errCode: 'too_many_requests',
        answer: { errCode: 'too_many_requests' }
      }
    ],
    [
      [500, { errCode: 'internal_server_error', message: 'it is us' }],
      RetryableError,
      500,
      'INTERNAL_SERVER_ERROR',
      `${busy}: 500 internal_server_error: it is us. ${AGAIN}`,
      {
        ...without('topsort_unavailable', 500, 'internal_server_error: it is us'),
        errCode: 'internal_server_error',
        answer: { errCode: 'internal_server_error', message: 'it is us' }
      }
    ],
    [
      [503, page],
      RetryableError,
      503,
      'SERVICE_UNAVAILABLE',
      `${busy}: 503 Sorry We are down. ${AGAIN}`,
      { ...without('topsort_unavailable', 503, 'Sorry We are down'), answer: page }
    ],
    [
      [520, ''],
      RetryableError,
      503,
      'SERVICE_UNAVAILABLE',
      `${busy}: 520. ${AGAIN}`,
      without('topsort_unavailable', 520, '')
    ]
  ])(
    'fails the event with a message that says what to do: %j',
    async (answer, type, status, errortype, message, body) => {
      api(() => answer)

      const error = await failure(single('click', clicked))
      const results = await batch('click', [clicked])

      expect(error).toBeInstanceOf(type)
      expect(error).toMatchObject({ status, message })
      expect(error.body).toEqual(body)
      expect(results).toEqual([
        {
          status,
          errortype,
          errorreporter: 'DESTINATION',
          errormessage: message,
          sent: { clicks: [click] },
          body
        }
      ])
    }
  )

  test.each<[number, number, string]>([
    [300, 400, 'Multiple Choices'],
    [302, 400, 'Found'],
    [307, 400, 'Temporary Redirect'],
    [501, 501, 'Not Implemented']
  ])('Any other answer is final if its status is %i, and has the status %i', async (status, reported, said) => {
    const calls = api(() => [status, '', { location: 'https://api.topsort.com/elsewhere' }])

    const error = await failure(single('click', clicked))
    const [result] = await batch('click', [clicked])

    const message = unsupported(`${status} ${said}`)
    const body = without('request_refused', status, said)
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status: reported, message })
    expect(error.body).toEqual(body)
    expect(result).toMatchObject({ status: reported, errormessage: message, sent: { clicks: [click] }, body })
    expect(calls).toEqual([request({ clicks: [click] }), request({ clicks: [click] })])
  })

  it('Any other answer is cut in the message and in the result if it is very long', async () => {
    api(() => [400, { errCode: 'bad_request', message: 'x'.repeat(1024 * 1024) }, json])

    const [result] = await batch('click', [clicked])

    expect((result as { errormessage?: string }).errormessage).toMatch(/^Topsort refused this click: bad_request: x+…$/)
    expect(JSON.stringify(result).length).toBeLessThan(4_000)
  })

  test.each<[string, number, nock.Body]>([
    ['a message', 400, { errCode: 'bad_request', message: `Bearer ${KEY} may not do this` }],
    ['a code', 401, { errCode: KEY }],
    ['an escaped code', 401, `{"errCode":"\\u0054${KEY.slice(1)}"}`],
    ['a link', 422, { errCode: 'bad_request', docUrl: `https://docs.topsort.com/?key=${KEY}` }],
    ['a page', 500, `<html><body>Bearer ${KEY}</body></html>`],
    ['the answer to a delivery', 200, { key: KEY }]
  ])('Any other answer does not reveal the key if it repeats the key in %s', async (_name, status, body) => {
    api(() => [status, body])

    const outcome = await single('click', clicked).catch((error: unknown) => error)
    const results = await batch('click', [clicked])

    expect(`${String(outcome)} ${JSON.stringify(outcome)} ${JSON.stringify(results)}`).not.toContain(KEY)
    expect(JSON.stringify(results)).toContain('[API key]')
  })
})

describe('Without an answer', () => {
  test.each<[string, number, string, string]>([
    ['ECONNRESET', 503, 'SERVICE_UNAVAILABLE', 'The connection to Topsort broke (ECONNRESET)'],
    ['ENOTFOUND', 503, 'SERVICE_UNAVAILABLE', 'The connection to Topsort broke (ENOTFOUND)'],
    ['ETIMEDOUT', 408, 'REQUEST_TIMEOUT', 'Topsort did not answer in time'],
    ['ESOCKETTIMEDOUT', 408, 'REQUEST_TIMEOUT', 'Topsort did not answer in time']
  ])('Segment can retry the event (%s)', async (code, status, errortype, problem) => {
    const message = `${problem}, so it is not known whether this click arrived. ${AGAIN}`
    const body = status === 408 ? { code: 'answer_timed_out' } : { code: 'connection_broken', cause: code }
    brokenConnection(code)
    const error = await failure(single('click', clicked))
    brokenConnection(code)
    const results = await batch('click', [clicked])

    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status, message })
    expect(error.body).toEqual(body)
    expect(results).toEqual([
      { status, errortype, errorreporter: 'DESTINATION', errormessage: message, sent: { clicks: [click] }, body }
    ])
  })

  it('Segment can retry the event if it ended the request itself', async () => {
    const results = await batch('click', [clicked], { signal: AbortSignal.abort() })

    expect(results).toEqual([
      {
        status: 408,
        errortype: 'REQUEST_TIMEOUT',
        errorreporter: 'DESTINATION',
        errormessage: `The request was aborted before Topsort answered for this click. ${AGAIN}`,
        sent: { clicks: [click] },
        body: { code: 'request_aborted' }
      }
    ])
  })

  it('Segment can retry the event if it ended the request while it waited for the answer', async () => {
    const controller = new AbortController()
    const calls = api(async () => {
      controller.abort()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return [204]
    })

    const results = await batch('click', [clicked], { signal: controller.signal })

    expect(calls).toEqual([request({ clicks: [click] })])
    expect(results).toMatchObject([{ status: 408, sent: { clicks: [click] }, body: { code: 'request_aborted' } }])
  })

  it('the message does not reveal the key, even if the error contains it', async () => {
    nock('https://api.topsort.com').post('/v2/events').replyWithError(`bad header: Bearer ${KEY}`)

    const { message } = await failure(single('click', clicked))

    expect(message).toBe(
      `The connection to Topsort broke (system), so it is not known whether this click arrived. ${AGAIN}`
    )
  })
})
