import { createSandbox, type SandboxExchange, type SandboxOptions } from '..'
import {
  bareClick,
  click,
  emptyLedger,
  errorBody,
  full,
  fullLedger,
  impression,
  KEY,
  many,
  NOW,
  pageview,
  purchase,
  report
} from './events'

function open(options?: SandboxOptions) {
  const sandbox = createSandbox({ now: () => NOW, ...options })
  const send = (body: unknown, authorization?: string) => sandbox.app.request('/v2/events', report(body, authorization))
  return { ...sandbox, send }
}

describe('a valid request', () => {
  test('a valid request is answered with 204 and no body, and its events are in the ledger as they were sent', async () => {
    const { send, ledger } = open()
    const response = await send(full)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(ledger()).toEqual(fullLedger)
  })

  test('adds its events to the ledger in order', async () => {
    const { send, ledger } = open()
    await send({ clicks: [click], pageviews: [] })
    await send({ clicks: [bareClick], purchases: [purchase] })
    expect(ledger()).toEqual({ ...emptyLedger, clicks: [click, bareClick], purchases: [purchase] })
  })

  test('a valid request may have a map with the key __proto__, which is stored as it is', async () => {
    const { send, ledger } = open()
    const body = JSON.stringify({ clicks: [click] }).replace('"gclid"', '"__proto__"')
    expect((await send(body)).status).toBe(204)
    const [stored] = ledger().clicks
    expect(Object.entries(stored.dsp_metadata!)).toEqual([['__proto__', 'Cj0KCQiA']])
  })
})

describe('the key', () => {
  const refusal = errorBody('invalid_api_key', 'The API key is missing or invalid')

  test.each([
    '',
    KEY,
    'Bearer',
    'Bearer ',
    'Bearer TSE_',
    'Bearer TSE_ ',
    'Bearer TSE_a b',
    'Bearer tse_4vN9kq2TzR',
    'Bearer TSC_4vN9kq2TzR',
    `Basic ${KEY}`
  ])('the key is refused with 401 in the header %j', async (authorization) => {
    const { send, ledger } = open()
    const response = await send(full, authorization)
    expect([response.status, await response.json()]).toEqual([401, refusal])
    expect(ledger()).toEqual(emptyLedger)
  })

  test('the key is refused with 401 if there is no header', async () => {
    const response = await open().app.request('/v2/events', { method: 'POST', body: JSON.stringify(full) })
    expect([response.status, await response.json()]).toEqual([401, refusal])
  })

  test.each(['no JSON', '{}', '{"orders": []}', 'x'.repeat(10_000_001)])(
    'the key is checked before the body %.12j',
    async (body) => {
      expect((await open().send(body, 'Bearer wrong')).status).toBe(401)
    }
  )

  test('the key is in no answer', async () => {
    const { app, send, script } = open()
    script([{ status: 503, times: 1 }])
    const answers = [
      await send(full),
      await send(full),
      await send('{'),
      await send({}),
      await send({ clicks: [{}] }),
      await send(full, KEY),
      await send(full, `Token ${KEY}`),
      await app.request('/v2/event', report(full)),
      await app.request('/v2/events', { headers: { Authorization: `Bearer ${KEY}` } })
    ]
    expect(answers.map(({ status }) => status)).toEqual([503, 204, 400, 400, 400, 401, 401, 404, 405])
    for (const answer of answers) {
      expect(JSON.stringify([...answer.headers, await answer.text()])).not.toContain(KEY)
    }
  })
})

describe('the body', () => {
  test.each(['', ' ', '{"clicks": [', 'clicks=1', '{"clicks": [NaN]}', "{'clicks': []}", '{} {}', '\u0000'])(
    'the body is refused with 400 invalid_json if it is %j',
    async (body) => {
      const response = await open().send(body)
      expect([response.status, await response.json()]).toEqual([
        400,
        errorBody('invalid_json', 'The body is not JSON in UTF-8')
      ])
    }
  )

  test('the body is refused with 400 invalid_json if there is none', async () => {
    const { method, headers } = report('')
    const response = await open().app.request('/v2/events', { method, headers })
    expect([response.status, await response.json()]).toMatchObject([400, { errCode: 'invalid_json' }])
  })

  test('the body is refused with 400 invalid_json if it is not UTF-8', async () => {
    const body = Buffer.from(JSON.stringify({ clicks: [{ ...bareClick, id: 'caf\u00e9' }] }), 'latin1')
    const response = await open().app.request('/v2/events', { ...report(''), body })
    expect([response.status, await response.json()]).toMatchObject([400, { errCode: 'invalid_json' }])
  })

  test.each<[string, unknown, number, string, string]>([
    ['a list', [full], 400, 'bad_request', 'the body must be object'],
    ['no event', {}, 400, 'empty_request', 'the body must have at least one event'],
    [
      'a position of 0',
      { clicks: [click, bareClick, { ...bareClick, placement: { path: '/', position: 0 } }] },
      400,
      'bad_request',
      'clicks[2].placement.position must be >= 1'
    ],
    [
      'an order without lines',
      { purchases: [{ ...purchase, items: [] }] },
      400,
      'no_purchase_items',
      'purchases[0].items must NOT have fewer than 1 items'
    ],
    [
      'metadata that is not a string',
      { clicks: [{ ...click, dsp_metadata: { gclid: 7 } }] },
      422,
      'bad_request',
      'clicks[0].dsp_metadata.gclid must be string'
    ]
  ])('the body is refused with an error that explains %s', async (_, body, status, errCode, message) => {
    const { send, ledger } = open()
    const response = await send(body)
    expect([response.status, await response.json()]).toEqual([status, errorBody(errCode, message)])
    expect(ledger()).toEqual(emptyLedger)
  })

  test('the body is not stored at all if one event is bad', async () => {
    const { send, ledger } = open()
    const bad = { ...pageview, occurredAt: 'now' }
    expect((await send({ ...full, pageviews: [...many(49, pageview), bad] })).status).toBe(400)
    expect(ledger()).toEqual(emptyLedger)
  })

  test('the body is refused as usual if it is nested a million levels deep', async () => {
    const depth = 1_000_000
    const body = `{"clicks": ${'['.repeat(depth)}${']'.repeat(depth)}}`
    const response = await open().send(body)
    expect([response.status, await response.json()]).toEqual([
      400,
      errorBody('bad_request', 'clicks[0] must be object')
    ])
  })

  test('the body is refused with 413 above 10 MB, and not at 10 MB', async () => {
    const padded = (size: number) => JSON.stringify({ clicks: [bareClick] }).padEnd(size)
    const { send, ledger } = open()

    const response = await send(padded(10_000_001))
    expect([response.status, await response.json()]).toEqual([
      413,
      errorBody('request_too_large', 'The body is larger than 10 MB')
    ])
    expect(ledger()).toEqual(emptyLedger)

    expect((await send(padded(10_000_000))).status).toBe(204)
  })
})

describe('an event that fits the contract', () => {
  test.each([
    ['2026-03-01T12:00:00Z', 204],
    ['2026-03-01T12:00:00.001Z', 400],
    ['2026-03-01T09:00:01-03:00', 400],
    ['2026-03-01T13:59:59+02:00', 204],
    ['9999-12-31T23:59:60Z', 400]
  ])('an event that fits the contract of %s, reported at noon, is answered with %d', async (occurredAt, status) => {
    const { send, ledger } = open()
    const response = await send({ clicks: [click], pageviews: [{ ...pageview, occurredAt }] })
    expect(response.status).toBe(status)
    if (status === 204) return
    expect(await response.json()).toEqual(errorBody('invalid_event_time', 'At least one event is in the future'))
    expect(ledger()).toEqual(emptyLedger)
  })

  test('an event that fits the contract is compared with the clock of the system by default', async () => {
    const { app } = createSandbox()
    const send = (body: unknown) => app.request('/v2/events', report(body))
    const at = (time: number) => ({ clicks: [{ ...bareClick, occurredAt: new Date(time).toISOString() }] })
    expect((await send(at(Date.now()))).status).toBe(204)
    expect((await send(at(Date.now() + 60_000))).status).toBe(400)
  })

  test.each(['impressions', 'clicks'])(
    'an event that fits the contract is refused in %s if its bid starts with "unknown"',
    async (type) => {
      const { send, ledger } = open()
      const response = await send({ ...full, [type]: [bareClick, { ...bareClick, resolvedBidId: 'unknown-bid' }] })
      expect([response.status, await response.json()]).toEqual([
        400,
        errorBody('resolved_bid_id_not_found', 'could not find the provided resolved bid id')
      ])
      expect(ledger()).toEqual(emptyLedger)
    }
  )

  test('an event that fits the contract is passed to `refuse`, which replaces that rule and can refuse the whole request', async () => {
    const seen: unknown[] = []
    const refuse: SandboxOptions['refuse'] = (event, type) => {
      seen.push([type, event.id])
      return event.id === purchase.id ? { errCode: 'order_too_old', message: 'no such order' } : undefined
    }
    const { send, ledger } = open({ refuse })

    expect((await send({ clicks: [{ ...bareClick, resolvedBidId: 'unknown-bid' }] })).status).toBe(204)
    const response = await send({ impressions: [impression], purchases: [purchase], pageviews: [pageview] })
    expect([response.status, await response.json()]).toEqual([400, errorBody('order_too_old', 'no such order')])
    expect(seen).toEqual([
      ['clicks', bareClick.id],
      ['impressions', impression.id],
      ['purchases', purchase.id]
    ])
    expect(ledger().impressions).toEqual([])
  })
})

describe('the ledger', () => {
  test('marks a repeat in a later request and in the same one', async () => {
    const { send, ledger } = open()
    await send({ clicks: [click] })
    await send({ clicks: [bareClick, click, bareClick] })
    expect(ledger().clicks).toEqual([click, bareClick, { ...click, repeat: true }, { ...bareClick, repeat: true }])
  })

  test('the ledger does not confuse equal ids of different types, or ids such as __proto__', async () => {
    const { send, ledger } = open()
    const request = {
      clicks: [
        { ...bareClick, id: '__proto__' },
        { ...bareClick, id: 'has' }
      ],
      pageviews: [{ ...pageview, id: '__proto__' }]
    }
    await send(request)
    expect(ledger()).toEqual({ ...emptyLedger, ...request })
  })

  test('the ledger does not mark an event as a repeat of one in a refused request', async () => {
    const { send, ledger } = open()
    await send({ clicks: [click], purchases: [{ ...purchase, items: [] }] })
    await send({ clicks: [click] })
    expect(ledger().clicks).toEqual([click])
  })

  test('cannot be changed through its copy or through the body in onRequest', async () => {
    const exchanges: SandboxExchange[] = []
    const { send, ledger } = open({ onRequest: (exchange) => exchanges.push(exchange) })
    await send(full)
    ledger().clicks.pop()
    ledger().purchases[0].items[0].unitPrice = 0
    ;(exchanges[0].body as typeof full).clicks![0].id = 'changed'
    expect(ledger()).toEqual(fullLedger)
  })

  test('the ledger is emptied by forget(), which also forgets ids and drops the remaining faults', async () => {
    const { send, ledger, script, forget } = open()
    await send(full)
    script([{ status: 503, times: 9 }])
    forget()
    expect(ledger()).toEqual(emptyLedger)
    expect((await send(full)).status).toBe(204)
    expect(ledger()).toEqual(fullLedger)
  })
})

test('onRequest receives the body and the status of each request, and whether it was stored', async () => {
  const exchanges: SandboxExchange[] = []
  const { app, send, script } = open({ onRequest: (exchange) => exchanges.push(exchange) })
  await send(full)
  await send({ clicks: [{}] })
  await send('no JSON')
  await send(full, 'Bearer wrong')
  script([{ status: 503, times: 1 }])
  await send(full)
  await app.request('/elsewhere')
  expect(exchanges).toEqual([
    { body: full, status: 204, stored: true },
    { body: { clicks: [{}] }, status: 400, stored: false },
    { body: undefined, status: 400, stored: false },
    { body: full, status: 401, stored: false },
    { body: full, status: 503, stored: false }
  ])
})

describe('other routes', () => {
  test.each(['/', '/v1/events', '/v2/auction', '/v2/auction/'])(
    'other routes are answered with 404 at %s',
    async (path) => {
      const response = await open().app.request(path, report(full))
      expect([response.status, await response.json()]).toEqual([404, errorBody('not_found', 'Not Found')])
    }
  )

  test.each(['/v2/events', '/v2/events/beta/link-users', '/v2/auctions'])(
    'other routes are answered with 404 at %s with a slash at its end, and the message says why',
    async (path) => {
      const response = await open().app.request(`${path}/`, report(full))
      expect([response.status, await response.json()]).toEqual([
        404,
        errorBody('not_found', `Topsort has no ${path}/. Send to ${path}, without a slash at the end`)
      ])
    }
  )

  test.each(['GET', 'PUT', 'DELETE'])('other routes are answered with 405 for %s /v2/events', async (method) => {
    const response = await open().app.request('/v2/events', { method })
    expect([response.status, response.headers.get('Allow'), await response.json()]).toEqual([
      405,
      'POST',
      errorBody('method_not_allowed', 'Method Not Allowed')
    ])
  })
})
