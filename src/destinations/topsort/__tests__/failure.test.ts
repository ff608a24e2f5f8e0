import { APIError, InvalidAuthenticationError, RetryableError } from '@segment/actions-core'
import { impossibleKey, isRetryable, noAnswer, refusal, toError } from '../failure'

describe('A failure without an answer', () => {
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
    [
      'a broken body',
      { name: 'FetchError', type: 'system', code: 'Z_DATA_ERROR' },
      503,
      'The connection to Topsort broke (Z_DATA_ERROR)'
    ],
    ['an error of another kind', new TypeError('Bearer TSE_secret'), 503, 'The connection to Topsort broke (TypeError)']
  ])('after %s may pass', (_name, error, status, problem) => {
    expect(noAnswer(error, 'this click')).toEqual({
      reason: 'unavailable',
      status,
      message: `${problem}, so it is not known whether this click arrived. Segment will try again.`
    })
  })
})

describe('The reason of a refusal', () => {
  test.each<[string, number[]]>([
    ['unauthorized', [401, 403]],
    ['refused', [400, 402, 404, 405, 409, 410, 411, 413, 415, 421, 422, 425, 431, 451, 499]],
    ['unavailable', [301, 302, 304, 307, 408, 423, 429, 500, 501, 502, 503, 504, 520, 529, 599]]
  ])('is %s for %j', (reason, statuses) => {
    const reasons = statuses.map((status) => refusal(status, { words: '' }, 'this click', 'TSE_x').reason)

    expect(reasons).toEqual(statuses.map(() => reason))
  })

  it('that may pass always has a status that Segment tries again', () => {
    const failures = [301, 408, 423, 429, 500, 501, 503, 511, 520, 598, 599, 999].map((status) =>
      refusal(status, { words: '' }, 'this click', 'TSE_x')
    )

    expect(failures.map(({ status }) => status)).toEqual([503, 408, 423, 429, 500, 503, 503, 511, 503, 598, 599, 503])
    expect(failures.every(({ status }) => isRetryable(status))).toBe(true)
  })

  it('is the status alone where Topsort said nothing', () => {
    const messages = [400, 401, 500].map((status) => refusal(status, { words: '' }, 'this click', 'TSE_x').message)

    expect(messages).toEqual([
      'Topsort refused this click: 400',
      'Topsort did not accept the API key (401). Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.',
      'Topsort could not take this click: 500. Segment will try again.'
    ])
  })
})

describe('What Topsort said', () => {
  test.each<[number, string, string]>([
    [503, 'Something went wrong.', '503 Something went wrong'],
    [503, 'One moment ... ', '503 One moment'],
    [502, '502 Bad Gateway nginx', '502 Bad Gateway nginx'],
    [500, '', '500']
  ])('stands in the sentence, with its status once: %i %s', (status, words, said) => {
    expect(refusal(status, { words }, 'this click', 'TSE_x').message).toBe(
      `Topsort could not take this click: ${said}. Segment will try again.`
    )
  })
})

describe('The error for a failure', () => {
  it('is one that Segment tries again where it may pass', () => {
    const error = toError({ reason: 'unavailable', status: 429, message: 'Too many.' })

    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status: 429, message: 'Too many.' })
  })

  it('is one that Segment gives up on otherwise', () => {
    const error = toError({ reason: 'refused', status: 422, message: 'No.' })

    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status: 422, message: 'No.' })
  })

  it('is one of authentication for a bad key', () => {
    expect(toError(impossibleKey('TSE_ключ'))).toBeInstanceOf(InvalidAuthenticationError)
  })
})
