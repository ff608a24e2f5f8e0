import { APIError, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { Failure, RequestFailure } from '../failure'
import { isRetryable, toError, toImpossibleKey, toNoAnswer, toRefusal, toWithheld } from '../failure'

function refuse(status: number, words = '', isTopsorts = true, code?: string): RequestFailure {
  return toRefusal(status, { code, words, isTopsorts }, 'TSE_x')
}

describe('toRefusal', () => {
  test.each<[Failure['kind'], number[]]>([
    ['unauthorized', [401, 403]],
    ['refused', [400, 402, 406, 409, 411, 413, 415, 421, 422, 425, 431, 451, 499]],
    ['rejected', [300, 301, 302, 304, 307, 308, 399, 404, 405, 410, 501]],
    ['paused', [408, 429]],
    ['unavailable', [423, 500, 502, 503, 504, 511, 520, 529, 599, 999]]
  ])('returns the kind %s for %j', (kind, statuses) => {
    expect(statuses.map((status) => refuse(status).kind)).toEqual(statuses.map(() => kind))
  })

  it('always returns a status that Segment retries for a temporary failure', () => {
    const failures = [408, 423, 429, 500, 503, 511, 520, 529, 598, 599, 999].map((status) => refuse(status))

    expect(failures.map(({ status }) => status)).toEqual([408, 423, 429, 500, 503, 511, 503, 503, 598, 599, 503])
    expect(failures.every(({ status }) => isRetryable(status))).toBe(true)
  })

  test.each<[number, number]>([
    [300, 400],
    [302, 400],
    [399, 400],
    [404, 404],
    [405, 405],
    [410, 410],
    [501, 501]
  ])('returns a final status for %i: %i', (status, reported) => {
    expect(refuse(status, 'no')).toEqual({
      kind: 'rejected',
      status: reported,
      reason: { code: 'request_refused', status, said: 'no' }
    })
    expect(isRetryable(reported)).toBe(false)
  })

  it("treats any 401 as a bad key, but a 403 only with Topsort's error body", () => {
    expect([refuse(401, 'no', false), refuse(403, 'no', true), refuse(403, 'no', false)]).toEqual([
      {
        kind: 'unauthorized',
        status: 401,
        reason: { code: 'key_rejected', status: 401, said: 'no', hasKeyPrefix: true }
      },
      {
        kind: 'unauthorized',
        status: 401,
        reason: { code: 'key_rejected', status: 403, said: 'no', hasKeyPrefix: true }
      },
      { kind: 'refused', status: 403, reason: { code: 'firewall_refused', status: 403, said: 'no' } }
    ])
  })

  it("keeps Topsort's code, apart from what it said", () => {
    expect(refuse(422, 'bad_request: no', true, 'bad_request')).toEqual({
      kind: 'refused',
      status: 422,
      reason: { code: 'topsort_refused', status: 422, errCode: 'bad_request', said: 'bad_request: no' }
    })
    expect(refuse(503, 'busy: no', true, 'busy')).toEqual({
      kind: 'unavailable',
      status: 503,
      reason: { code: 'topsort_unavailable', status: 503, errCode: 'busy', said: 'busy: no' }
    })
  })

  it('keeps the status of the answer if it reports another one', () => {
    expect(refuse(520)).toEqual({
      kind: 'unavailable',
      status: 503,
      reason: { code: 'topsort_unavailable', status: 520, said: '' }
    })
  })

  it('notices a key that starts differently', () => {
    const { reason } = toRefusal(401, { words: 'no', isTopsorts: true }, 'sk-TSE_x')

    expect(reason).toEqual({ code: 'key_rejected', status: 401, said: 'no', hasKeyPrefix: false })
  })

  it('names the feature that is off after a 403 or a 404', () => {
    const refuseFeature = (status: number) =>
      toRefusal(status, { words: 'no', isTopsorts: true }, 'TSE_x', 'Linking users')

    for (const status of [403, 404]) {
      expect(refuseFeature(status)).toEqual({
        kind: 'rejected',
        status,
        reason: { code: 'feature_off', status, said: 'no', feature: 'Linking users' }
      })
    }
    expect([401, 400, 410, 429].map((status) => refuseFeature(status).reason.code)).toEqual([
      'key_rejected',
      'topsort_refused',
      'request_refused',
      'topsort_unavailable'
    ])
  })
})

describe('toImpossibleKey', () => {
  test.each<[string, boolean]>([
    ['TSE_ключ', true],
    ['ключ', false],
    ['', false]
  ])('tells whether the key %j starts as all keys do', (key, hasKeyPrefix) => {
    expect(toImpossibleKey(key)).toEqual({
      kind: 'unauthorized',
      status: 401,
      reason: { code: 'key_malformed', hasKeyPrefix }
    })
  })
})

describe('toNoAnswer', () => {
  const timedOut = { kind: 'paused', status: 408, reason: { code: 'answer_timed_out' } }
  const broken = (cause: string) => ({
    kind: 'unavailable',
    status: 503,
    reason: { code: 'connection_broken', cause }
  })

  test.each<[string, object, object]>([
    ['a time-out of the framework', { name: 'TimeoutError', code: 'ETIMEDOUT' }, timedOut],
    ['a time-out of the socket', { name: 'FetchError', type: 'system', code: 'ESOCKETTIMEDOUT' }, timedOut],
    ['a time-out inside the body', { name: 'FetchError', type: 'body-timeout' }, timedOut],
    ['a time-out of the connection', { name: 'Error', code: 'UND_ERR_CONNECT_TIMEOUT' }, timedOut],
    [
      "a time-out of Segment's own",
      { name: 'RequestTimeoutError', code: 'REQUESTTIMEOUTERROR', status: 408 },
      timedOut
    ],
    [
      'a request that Segment ended',
      { name: 'RequestClientError', code: 'REQUESTCLIENTERROR', status: 408 },
      { kind: 'paused', status: 408, reason: { code: 'request_aborted' } }
    ],
    [
      'a request that Segment ended while the answer was read',
      { name: 'AbortError', type: 'aborted' },
      { kind: 'paused', status: 408, reason: { code: 'request_aborted' } }
    ],
    ['a broken connection', { name: 'FetchError', type: 'system', code: 'ECONNRESET' }, broken('ECONNRESET')],
    ['a broken body', { name: 'FetchError', type: 'system' }, broken('system')],
    ['an error of another kind', new TypeError('Bearer TSE_secret'), broken('TypeError')]
  ])('lets Segment retry after %s', (_name, error, failure) => {
    expect(toNoAnswer(error)).toEqual(failure)
    expect(isRetryable(toNoAnswer(error).status)).toBe(true)
  })
})

describe('toWithheld', () => {
  test.each<RequestFailure>([
    { kind: 'paused', status: 429, reason: { code: 'topsort_unavailable', status: 429, said: 'slow down' } },
    { kind: 'paused', status: 408, reason: { code: 'answer_timed_out' } },
    { kind: 'paused', status: 408, reason: { code: 'request_aborted' } }
  ])('says that a request did not start after %j', (failure) => {
    expect(toWithheld(failure)).toEqual({
      kind: 'paused',
      status: failure.status,
      reason: { code: 'request_withheld', after: failure.reason.code, status: failure.status }
    })
  })

  it('repeats that the key is bad', () => {
    const failure = toImpossibleKey('')

    expect(toWithheld(failure)).toEqual(failure)
  })
})

describe('toError', () => {
  test.each<[Failure['kind'], number, jest.Constructable, number]>([
    ['invalid', 400, PayloadValidationError, 400],
    ['refused', 422, APIError, 422],
    ['rejected', 404, APIError, 404],
    ['rejected', 501, APIError, 501],
    ['unauthorized', 403, InvalidAuthenticationError, 401],
    ['paused', 429, RetryableError, 429],
    ['unavailable', 503, RetryableError, 503]
  ])('converts a failure that is %s (%i) to an error that Segment knows', (kind, status, type, reported) => {
    const body = { code: 'id_missing' }
    const error = toError({ kind, status, reason: { code: 'id_missing' } }, 'No.', body)

    expect(error).toBeInstanceOf(type)
    expect(error).toMatchObject({ status: reported, message: 'No.', body })
  })
})
