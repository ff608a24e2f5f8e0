import { createTestEvent } from '@segment/actions-core'
import nock from 'nock'
import {
  KEY,
  MEANINGLESS,
  defaultMapping,
  failure,
  settings,
  testDestination
} from '../../__tests__/__helpers__/support'

const PATH = '/v2/events/beta/link-users'

/** Replaces Topsort's endpoint and records the pairs that it gets. */
function linkUsers(answer: (index: number) => [status: number, body?: nock.Body] = () => [204]): unknown[] {
  const pairs: unknown[] = []
  nock('https://api.topsort.com', { reqheaders: { authorization: `Bearer ${KEY}` } })
    .persist()
    .post(PATH)
    .reply(function (_path, pair) {
      pairs.push(pair)
      const [status, body = ''] = answer(pairs.length - 1)
      return [status, body]
    })
  return pairs
}

function identify(anonymousId: string | null, userId: string | null) {
  return createTestEvent({ type: 'identify', anonymousId: anonymousId ?? undefined, userId: userId ?? undefined })
}

const mapping = defaultMapping('linkUsers')

const alone = (event: ReturnType<typeof identify>) =>
  testDestination.testAction('linkUsers', { event, mapping, settings })

const together = (events: ReturnType<typeof identify>[]) =>
  testDestination.executeBatch('linkUsers', { events, mapping, settings })

describe('Link Users', () => {
  it('posts the anonymous id and the user id of an identify call', async () => {
    const pairs = linkUsers()
    const [{ status }] = await alone(identify('anon-1', 'user-1'))
    expect(status).toBe(204)
    expect(pairs).toEqual([{ from: 'anon-1', to: 'user-1' }])
  })

  it.each([
    [null, 'user-1', ['from']],
    ['anon-1', null, ['to']],
    ['anon-1', ' ', ['to']],
    ['anon-1', 'false', ['to']],
    ['anon-1', '0', ['to']],
    ['0', 'user-1', ['from']],
    [null, null, ['from', 'to']]
  ])('skips a call with the ids %j and %j, and says so', async (anonymousId, userId, fields) => {
    const pairs = linkUsers()
    const results = await together([identify(anonymousId, userId)])
    const message = `No users are linked: ${fields.join(' and ')} ${fields.length > 1 ? 'are' : 'is'} empty.`
    expect(results).toEqual([{ status: 200, sent: {}, body: { code: 'link_id_missing', fields, message } }])
    expect(pairs).toEqual([])
    nock.cleanAll()
  })

  it.each(MEANINGLESS)('skips a call with the id %j, which identifies nobody', async (text) => {
    const pairs = linkUsers()
    const results = await together([identify('anon-1', text), identify(text, 'user-1'), identify(text, text)])
    const missing = [['to'], ['from'], ['from', 'to']].map((fields) => ({
      status: 200,
      body: { code: 'link_id_missing', fields }
    }))
    expect(results).toMatchObject(missing)
    expect(pairs).toEqual([])
    nock.cleanAll()
  })

  const long = 'a'.repeat(65)

  it.each<[string, string, string, string, object]>([
    [
      'the same id twice',
      'u',
      'u',
      'Both ids of this link are "u". Map from to the id before the login, and to to the id after it.',
      { code: 'link_ids_equal', value: '"u"' }
    ],
    [
      'an id that is too long before the login',
      long,
      'u',
      'The id in from of this link has 65 characters, and Topsort takes 64 at most. Send a shorter id, and the same one with events and auctions.',
      { code: 'link_id_too_long', field: 'from', length: 65, limit: 64 }
    ],
    [
      'an id that is too long after the login',
      'u',
      long,
      'The id in to of this link has 65 characters, and Topsort takes 64 at most. Send a shorter id, and the same one with events and auctions.',
      { code: 'link_id_too_long', field: 'to', length: 65, limit: 64 }
    ],
    [
      'a user id that is no id',
      'a',
      'true',
      'Invalid to in this link: "true". Send text or a number.',
      { code: 'link_id_invalid', field: 'to', value: '"true"' }
    ],
    [
      'an anonymous id that is no id',
      'true',
      'u',
      'Invalid from in this link: "true". Send text or a number.',
      { code: 'link_id_invalid', field: 'from', value: '"true"' }
    ]
  ])('fails for %s', async (_, from, to, message, body) => {
    const error = await failure(alone(identify(from, to)))
    const results = await together([identify(from, to)])
    expect(error).toMatchObject({ code: 'PAYLOAD_VALIDATION_FAILED', message, body })
    expect(results).toEqual([
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errorreporter: 'DESTINATION', errormessage: message, body }
    ])
  })

  it('Link Users has only the start of an id in its messages', async () => {
    const [result] = await together([identify('ada@example.com', 'ada@example.com')])
    expect(result).toMatchObject({
      errormessage:
        'Both ids of this link are "ada@ex…". Map from to the id before the login, and to to the id after it.',
      body: { code: 'link_ids_equal', value: '"ada@ex…"' }
    })
    expect(JSON.stringify(result)).not.toContain('ada@example.com')
  })

  it('accepts ids of 64 characters', async () => {
    const pairs = linkUsers()
    await alone(identify('a'.repeat(64), 'b'.repeat(64)))
    expect(pairs).toHaveLength(1)
  })

  it('posts one pair in a request, and a repeated pair once, with a result for each event', async () => {
    const pairs = linkUsers()
    const events = [identify('a', 'u'), identify('b', 'u'), identify('a', 'u'), identify('c', 'c')]
    const results = await together(events)
    expect(pairs).toEqual([
      { from: 'a', to: 'u' },
      { from: 'b', to: 'u' }
    ])
    expect(results).toMatchObject([
      { status: 204, sent: { from: 'a', to: 'u' } },
      { status: 204, sent: { from: 'b', to: 'u' } },
      { status: 204, sent: { from: 'a', to: 'u' } },
      { status: 400 }
    ])
  })

  it('fails both events of a repeated pair if it is refused', async () => {
    linkUsers(() => [422, { errCode: 'bad_request', message: 'no' }])
    const results = await together([identify('a', 'u'), identify('a', 'u')])
    const refused = {
      status: 422,
      errortype: 'UNPROCESSABLE_ENTITY',
      errorreporter: 'DESTINATION',
      errormessage: 'Topsort refused this link: bad_request: no',
      sent: { from: 'a', to: 'u' },
      body: {
        code: 'topsort_refused',
        status: 422,
        errCode: 'bad_request',
        said: 'bad_request: no',
        answer: { errCode: 'bad_request', message: 'no' }
      }
    }
    expect(results).toEqual([refused, refused])
  })

  it.each([403, 404])('says after a %d that Topsort has to enable it', async (status) => {
    linkUsers(() => [status, { errCode: 'not_found' }])
    const [result] = await together([identify('a', 'u')])
    expect(result).toMatchObject({
      status,
      errormessage: `Topsort refused this link (${status} not_found). Linking users is a beta: ask Topsort to enable it for your marketplace.`,
      body: {
        code: 'feature_off',
        status,
        errCode: 'not_found',
        said: 'not_found',
        feature: 'Linking users',
        answer: { errCode: 'not_found' }
      }
    })
  })

  it('Link Users still sends the other pairs if Topsort has to enable it', async () => {
    const pairs = linkUsers((index) => (index === 0 ? [403, { errCode: 'forbidden' }] : [204]))
    const results = await together([identify('a', 'u'), identify('b', 'v')])
    expect(pairs).toHaveLength(2)
    expect(results).toMatchObject([{ status: 403 }, { status: 204 }])
  })

  it('stops at a key that Topsort does not accept', async () => {
    const pairs = linkUsers(() => [401, { errCode: 'invalid_api_key' }])
    const events = Array.from({ length: 9 }, (_, index) => identify(`a-${index}`, 'u'))
    const results = await together(events)
    expect(pairs.length).toBeLessThanOrEqual(4)
    expect(results.map(({ status }) => status)).toEqual(events.map(() => 401))
  })

  it('posts no further pair after a 429', async () => {
    const pairs = linkUsers((index) => (index === 3 ? [429] : [204]))
    const events = Array.from({ length: 9 }, (_, index) => identify(`a-${index}`, 'u'))
    const results = await together(events)
    expect(pairs.length).toBeLessThan(9)
    expect(results.filter(({ status }) => status === 204)).toHaveLength(pairs.length - 1)
    expect(results.filter(({ status }) => status === 429)).toHaveLength(10 - pairs.length)
    expect(results[8]).toMatchObject({
      status: 429,
      errormessage:
        'This link was not sent, because an earlier request of the same delivery failed (429). Segment tries again for about four hours.',
      body: { code: 'request_withheld', after: 'topsort_unavailable', status: 429 }
    })
  })

  it('never runs more than four requests at once', async () => {
    let underWay = 0
    let most = 0
    nock('https://api.topsort.com')
      .persist()
      .post(PATH)
      .reply(async () => {
        most = Math.max(most, ++underWay)
        await new Promise((resolve) => setTimeout(resolve, 5))
        underWay -= 1
        return [204]
      })
    await together(Array.from({ length: 12 }, (_, index) => identify(`a-${index}`, 'u')))
    expect(most).toBe(4)
  })
})
