import { createTestEvent } from '@segment/actions-core'
import nock from 'nock'
import { KEY, defaultMapping, settings, testDestination } from '../../__tests__/__helpers__/support'

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
    [null, 'user-1', 'from is empty'],
    ['anon-1', null, 'to is empty'],
    ['anon-1', ' ', 'to is empty'],
    [null, null, 'from and to is empty']
  ])('skips a call with the ids %j and %j, and says so', async (anonymousId, userId, note) => {
    const pairs = linkUsers()
    const results = await together([identify(anonymousId, userId)])
    expect(results).toMatchObject([{ status: 200, body: `No users are linked: ${note}.` }])
    expect(pairs).toEqual([])
    nock.cleanAll()
  })

  it.each([
    ['the same id twice', 'u', 'u', 'Both ids of this link are u.'],
    ['an id that is too long', 'a'.repeat(65), 'u', 'The id in from of this link has 65 characters'],
    ['an id that identifies nothing', 'a', 'true', 'Invalid to in this link: "true"'],
    ['an anonymous id that identifies nothing', 'true', 'u', 'Invalid from in this link: "true"']
  ])('fails for %s', async (_, from, to, message) => {
    await expect(alone(identify(from, to))).rejects.toMatchObject({
      code: 'PAYLOAD_VALIDATION_FAILED',
      message: expect.stringContaining(message) as string
    })
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
    expect(results).toMatchObject([
      { status: 422, errormessage: 'Topsort refused this link: bad_request: no' },
      { status: 422, errormessage: 'Topsort refused this link: bad_request: no' }
    ])
  })

  it.each([403, 404])('says after a %d that Topsort has to enable it', async (status) => {
    linkUsers(() => [status, { errCode: 'not_found' }])
    const [result] = await together([identify('a', 'u')])
    expect(result).toMatchObject({
      status,
      errormessage: `Topsort refused this link (${status} not_found). Linking users is a beta: ask Topsort to enable it for your marketplace.`
    })
  })

  it('still sends the other pairs after such an answer', async () => {
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
