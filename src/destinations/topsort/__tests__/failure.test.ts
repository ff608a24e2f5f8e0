import { APIError, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { Failure } from '../failure'
import { isRetryable, toError, toImpossibleKey, toNoAnswer, toRefusal } from '../failure'

const REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'

function refuse(status: number, words = '', isTopsorts = true): Failure {
  return toRefusal(status, { words, isTopsorts, record: '' }, 'this click', 'TSE_x')
}

describe('toRefusal', () => {
  test.each<[Failure['reason'], number[]]>([
    ['unauthorized', [401, 403]],
    ['refused', [400, 402, 406, 409, 411, 413, 415, 421, 422, 425, 431, 451, 499]],
    ['rejected', [404, 405, 410]],
    ['unavailable', [301, 302, 304, 307, 408, 423, 429, 500, 501, 502, 503, 504, 520, 529, 599]]
  ])('returns the reason %s for %j', (reason, statuses) => {
    expect(statuses.map((status) => refuse(status).reason)).toEqual(statuses.map(() => reason))
  })

  it('always returns a status that Segment retries for a temporary failure', () => {
    const failures = [301, 408, 423, 429, 500, 501, 503, 511, 520, 598, 599, 999].map((status) => refuse(status))

    expect(failures.map(({ status }) => status)).toEqual([503, 408, 423, 429, 500, 503, 503, 511, 503, 598, 599, 503])
    expect(failures.every(({ status }) => isRetryable(status))).toBe(true)
  })

  it("treats any 401 as a bad key, but a 403 only with Topsort's error body", () => {
    expect([refuse(401, 'no', false), refuse(403, 'no', true), refuse(403, 'no', false)]).toMatchObject([
      { reason: 'unauthorized', status: 401 },
      { reason: 'unauthorized', status: 403 },
      {
        reason: 'refused',
        status: 403,
        message:
          "Something other than Topsort's API refused this click (403 no), such as a firewall in front of it. If it goes on, send this message to Topsort's support."
      }
    ])
  })

  it('shows the status if the answer is empty', () => {
    expect([400, 401, 500].map((status) => refuse(status).message)).toEqual([
      'Topsort refused this click: 400',
      `Topsort did not accept the API key (401). ${REMEDY}`,
      'Topsort could not take this click: 500. Segment tries again.'
    ])
  })

  test.each<[number, string, string]>([
    [503, 'Something went wrong.', '503 Something went wrong'],
    [503, 'One moment ... ', '503 One moment'],
    [502, '502 Bad Gateway nginx', '502 Bad Gateway nginx']
  ])('shows the status only once: %i %s', (status, words, said) => {
    expect(refuse(status, words).message).toBe(`Topsort could not take this click: ${said}. Segment tries again.`)
  })
})

describe('toImpossibleKey', () => {
  it('says how a key starts if this one starts differently', () => {
    const problem = `The API key is empty or contains characters that are not allowed. ${REMEDY}`

    expect(toImpossibleKey('TSE_ключ')).toEqual({ reason: 'unauthorized', status: 401, message: problem })
    expect(toImpossibleKey('ключ').message).toBe(`${problem} A Marketplace API Key starts with TSE_.`)
  })
})

describe('toNoAnswer', () => {
  test.each<[string, object, number, string]>([
    ['a time-out of the framework', { name: 'TimeoutError', code: 'ETIMEDOUT' }, 408, 'Topsort did not answer in time'],
    ['a time-out inside the body', { name: 'FetchError', type: 'body-timeout' }, 408, 'Topsort did not answer in time'],
    [
      "a time-out of Segment's own",
      { name: 'RequestTimeoutError', code: 'REQUESTTIMEOUTERROR', status: 408 },
      408,
      'Topsort did not answer in time'
    ],
    [
      'a broken connection',
      { name: 'FetchError', type: 'system', code: 'ECONNRESET' },
      503,
      'The connection to Topsort broke (ECONNRESET)'
    ],
    ['a broken body', { name: 'FetchError', type: 'system' }, 503, 'The connection to Topsort broke (system)'],
    ['an error of another kind', new TypeError('Bearer TSE_secret'), 503, 'The connection to Topsort broke (TypeError)']
  ])('lets Segment retry after %s', (_name, error, status, problem) => {
    expect(toNoAnswer(error, 'this click')).toEqual({
      reason: 'unavailable',
      status,
      message: `${problem}, so it is not known whether this click arrived. Segment tries again.`
    })
  })
})

describe('toError', () => {
  test.each<[Failure['reason'], number, jest.Constructable, number]>([
    ['invalid', 400, PayloadValidationError, 400],
    ['refused', 422, APIError, 422],
    ['rejected', 404, APIError, 404],
    ['unauthorized', 403, InvalidAuthenticationError, 401],
    ['unavailable', 429, RetryableError, 429]
  ])('converts a failure that is %s (%i) to an error that Segment knows', (reason, status, type, reported) => {
    const error = toError({ reason, status, message: 'No.' })

    expect(error).toBeInstanceOf(type)
    expect(error).toMatchObject({ status: reported, message: 'No.' })
  })
})
