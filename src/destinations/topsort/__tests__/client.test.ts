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
const AGAIN = 'Segment will try again.'
const json = { 'content-type': 'application/json' }

describe('A request', () => {
  it('is a POST of the events, with the key', async () => {
    const calls = api()

    await single('click', clicked)

    expect(calls).toEqual([request({ clicks: [click] })])
  })

  it('has the key without the blanks around it', async () => {
    const calls = api()

    await single('click', clicked, { settings: { api_key: `\t${KEY} ` } })

    expect(calls).toEqual([request({ clicks: [click] })])
  })

  test.each(['', '  ', 'TSE_a\r\nb', 'TSE_ключ'])('is not made with the impossible key %j', async (api_key) => {
    const error = await failure(single('click', clicked, { settings: { api_key } }))
    const [result] = await batch('click', [clicked], { settings: { api_key } })

    expect(error).toBeInstanceOf(InvalidAuthenticationError)
    expect(error.message).toContain('The API key is blank, or has characters that no key has.')
    expect(result).toMatchObject({ status: 401, errortype: 'UNAUTHORIZED', errormessage: error.message, body: '' })
    expect(result.sent).toBeUndefined()
  })
})

describe('A delivery', () => {
  test.each<[number, Answer, unknown]>([
    [204, [204], ''],
    [200, [200, { accepted: 1 }], { accepted: 1 }],
    [200, [200, [{ accepted: 1 }]], '[{"accepted":1}]'],
    [202, [202, 'accepted'], 'accepted']
  ])(
    'is any answer with a status like %i; the result shows what was sent and answered',
    async (status, answer, body) => {
      api(() => answer)

      expect(await single('click', clicked)).toEqual({ status, sent: { clicks: [click] }, body })
      expect(await batch('click', [clicked])).toEqual([{ status, sent: { clicks: [click] }, body }])
    }
  )
})

describe('A refusal', () => {
  const page =
    '<!DOCTYPE html>\r\n<html><head><style>h1 { color: red }</style></head>\r\n<body><h1>Sorry</h1>\r\n<script>track("x")</script><p>We are\tdown</p></body></html>'
  const refused = 'Topsort refused this click'
  const busy = 'Topsort could not take this click'
  const badKey = 'Topsort did not accept the API key'

  type Row = [
    answer: Answer,
    error: typeof APIError | typeof RetryableError | typeof InvalidAuthenticationError,
    status: number,
    errortype: string,
    message: string
  ]

  test.each<Row>([
    [[400, bidNotFound], APIError, 400, 'BAD_REQUEST', `${refused}: ${BID_NOT_FOUND}`],
    [[400, [bidNotFound]], APIError, 400, 'BAD_REQUEST', `${refused}: ${BID_NOT_FOUND}`],
    [
      [400, [bidNotFound, { errCode: 'invalid_event_time' }]],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: ${BID_NOT_FOUND}; invalid_event_time`
    ],
    [[400, { message: 'no code' }], APIError, 400, 'BAD_REQUEST', `${refused}: no code`],
    [[400, ''], APIError, 400, 'BAD_REQUEST', `${refused}: Bad Request`],
    [[400, '[]', json], APIError, 400, 'BAD_REQUEST', `${refused}: Bad Request`],
    [[400, 'null', json], APIError, 400, 'BAD_REQUEST', `${refused}: Bad Request`],
    [[400, '{"message":{"en":"no"},"errCode":7}', json], APIError, 400, 'BAD_REQUEST', `${refused}: Bad Request`],
    [[400, '["one","two"]', json], APIError, 400, 'BAD_REQUEST', `${refused}: one; two`],
    [[400, '{"errCode":"bad_req', json], APIError, 400, 'BAD_REQUEST', `${refused}: {"errCode":"bad_req`],
    [
      [400, '{"errCode":"bad_request"}', { 'content-type': 'text/plain' }],
      APIError,
      400,
      'BAD_REQUEST',
      `${refused}: bad_request`
    ],
    [[400, 'bad\nnews\u0000 ', json], APIError, 400, 'BAD_REQUEST', `${refused}: bad news`],
    [
      [401, { errCode: 'invalid_api_key', message: 'no such key' }],
      InvalidAuthenticationError,
      401,
      'UNAUTHORIZED',
      `${badKey} (401 invalid_api_key). ${REMEDY}`
    ],
    [
      [401, { error: 'Unauthorized', message: 'no key' }],
      InvalidAuthenticationError,
      401,
      'UNAUTHORIZED',
      `${badKey} (401 Unauthorized). ${REMEDY}`
    ],
    [
      [401, { message: 'no key' }],
      InvalidAuthenticationError,
      401,
      'UNAUTHORIZED',
      `${badKey} (401 no key). ${REMEDY}`
    ],
    [[403, ''], InvalidAuthenticationError, 403, 'FORBIDDEN', `${badKey} (403 Forbidden). ${REMEDY}`],
    [[404, ''], APIError, 404, 'NOT_FOUND', `${refused}: Not Found`],
    [[408, ''], RetryableError, 408, 'REQUEST_TIMEOUT', `${busy}: 408 Request Timeout. ${AGAIN}`],
    [[409, ''], APIError, 409, 'CONFLICT', `${refused}: Conflict`],
    [[413, ''], APIError, 413, 'PAYLOAD_TOO_LARGE', `${refused}: Payload Too Large`],
    [
      [422, { errCode: 'bad_request', message: 'dsp_metadata: not a string' }],
      APIError,
      422,
      'UNPROCESSABLE_ENTITY',
      `${refused}: bad_request: dsp_metadata: not a string`
    ],
    [
      [429, { errCode: 'too_many_requests' }, { 'X-RateLimit-Remaining': '0' }],
      RetryableError,
      429,
      'TOO_MANY_REQUESTS',
      `${busy}: 429 too_many_requests. ${AGAIN}`
    ],
    [
      [500, { errCode: 'internal_server_error', message: 'it is us' }],
      RetryableError,
      500,
      'INTERNAL_SERVER_ERROR',
      `${busy}: 500 internal_server_error: it is us. ${AGAIN}`
    ],
    [[503, page], RetryableError, 503, 'SERVICE_UNAVAILABLE', `${busy}: 503 Sorry We are down. ${AGAIN}`],
    [[504, ''], RetryableError, 504, 'GATEWAY_TIMEOUT', `${busy}: 504 Gateway Timeout. ${AGAIN}`]
  ])('with the answer %j', async (answer, type, status, errortype, message) => {
    api(() => answer)

    const error = await failure(single('click', clicked))
    const [result] = await batch('click', [clicked])

    expect(error).toBeInstanceOf(type)
    expect(error.message).toBe(message)
    expect(error.status).toBe(type === InvalidAuthenticationError ? 401 : status)
    expect(result).toMatchObject({ status, errortype, errormessage: message, sent: { clicks: [click] } })
  })

  test.each<[number, string]>([
    [300, 'Multiple Choices'],
    [302, 'Found'],
    [307, 'Temporary Redirect'],
    [501, 'Not Implemented'],
    [520, '']
  ])('with %i, which Segment would not try again, counts as a 503', async (status, reason) => {
    const calls = api(() => [status, '', { location: 'https://api.topsort.com/elsewhere' }])

    const error = await failure(single('click', clicked))
    const [result] = await batch('click', [clicked])

    expect(error).toBeInstanceOf(RetryableError)
    expect(error.status).toBe(503)
    expect(error.message).toBe(`${busy}: ${`${status} ${reason}`.trim()}. ${AGAIN}`)
    expect(result).toMatchObject({ status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: error.message })
    expect(calls).toHaveLength(2)
  })

  test.each<[string, Answer, unknown]>([
    ['an object', [400, bidNotFound], bidNotFound],
    ['a list', [400, [bidNotFound]], JSON.stringify([bidNotFound])],
    ['a page', [503, page], page],
    ['broken JSON', [400, '{"errCode":"bad_req', json], '{"errCode":"bad_req'],
    ['nothing', [400], '']
  ])('shows in the result what Topsort answered: %s', async (_name, answer, body) => {
    api(() => answer)

    const [result] = await batch('click', [clicked])

    expect(result).toHaveProperty('body', body)
  })

  it('of a megabyte is cut, in the message and in the result', async () => {
    api(() => [400, { errCode: 'bad_request', message: 'x'.repeat(1024 * 1024) }, json])

    const error = await failure(single('click', clicked))
    const [result] = await batch('click', [clicked])

    expect(error.message).toMatch(/^Topsort refused this click: bad_request: x+…$/)
    expect(error.message.length).toBeLessThan(400)
    expect(result).toHaveProperty('errormessage', error.message)
    expect(result).toHaveProperty('body', expect.stringMatching(/^\{"errCode":"bad_request","message":"x+…$/))
    expect(JSON.stringify(result).length).toBeLessThan(4_000)
  })

  it.each([401, 500])('of a megabyte without JSON is cut (%i)', async (status) => {
    api(() => [status, `<p>${'x'.repeat(1024 * 1024)}</p>`])

    const { message } = await failure(single('click', clicked))

    expect(message.length).toBeLessThan(600)
  })

  it('with a code of a megabyte, in lines, is cut to one line', async () => {
    api(() => [401, { errCode: 'invalid\napi\nkey'.repeat(70_000) }])

    const { message } = await failure(single('click', clicked))

    expect(message).toMatch(/^Topsort did not accept the API key \(401 invalid api key.*…\)\./)
    expect(message.length).toBeLessThan(600)
  })

  test.each<[string, number, nock.Body]>([
    ['a message', 400, { errCode: 'bad_request', message: `Bearer ${KEY} may not do this` }],
    ['a code', 401, { errCode: KEY }],
    ['the name of an error', 403, { error: `key ${KEY}`, message: KEY }],
    ['a link', 422, { errCode: 'bad_request', docUrl: `https://docs.topsort.com/?key=${KEY}` }],
    ['a page', 500, `<html><body>Bearer ${KEY}</body></html>`],
    ['the answer to a delivery', 200, { key: KEY }]
  ])('that echoes the key in %s does not give it away', async (_name, status, body) => {
    api(() => [status, body])

    const outcome = await single('click', clicked).catch((error: unknown) => error)
    const results = await batch('click', [clicked])

    expect(`${String(outcome)} ${JSON.stringify(outcome)} ${JSON.stringify(results)}`).not.toContain(KEY)
    expect(JSON.stringify(results)).toContain('[API key]')
  })
})

it('takes the key out of an answer that echoes it the way JSON writes it', async () => {
  const api_key = 'TSE_"quoted"\\slash'
  api(() => [400, JSON.stringify({ errCode: 'bad_request', message: `no such key: ${api_key}` })])

  const [result] = await batch('click', [clicked], { settings: { api_key } })

  expect(result).toMatchObject({
    errormessage: 'Topsort refused this click: bad_request: no such key: [API key]',
    body: { errCode: 'bad_request', message: 'no such key: [API key]' }
  })
})

describe('Without an answer', () => {
  test.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EPIPE'])(
    'because the connection broke (%s), an event may be tried again',
    async (code) => {
      const message = `The connection to Topsort broke (${code}), so it is not known whether this click arrived. ${AGAIN}`
      brokenConnection(code)
      const error = await failure(single('click', clicked))
      brokenConnection(code)
      const results = await batch('click', [clicked])

      expect(error).toBeInstanceOf(RetryableError)
      expect([error.status, error.message]).toEqual([503, message])
      expect(results).toMatchObject([
        { status: 503, errortype: 'SERVICE_UNAVAILABLE', errormessage: message, sent: { clicks: [click] }, body: '' }
      ])
    }
  )

  test.each(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'REQUESTTIMEOUTERROR'])(
    'in time (%s), an event may be tried again',
    async (code) => {
      const message = `Topsort did not answer in time, so it is not known whether this click arrived. ${AGAIN}`
      brokenConnection(code)
      const error = await failure(single('click', clicked))
      brokenConnection(code)
      const results = await batch('click', [clicked])

      expect(error).toBeInstanceOf(RetryableError)
      expect([error.status, error.message]).toEqual([408, message])
      expect(results).toMatchObject([{ status: 408, errortype: 'REQUEST_TIMEOUT', errormessage: message }])
    }
  )

  it('and with an error that shows the key, the key is not given away', async () => {
    nock('https://api.topsort.com').post('/v2/events').replyWithError(`bad header: Bearer ${KEY}`)

    const { message } = await failure(single('click', clicked))

    expect(message).toBe(
      `The connection to Topsort broke (system), so it is not known whether this click arrived. ${AGAIN}`
    )
  })
})
