import { setImmediate } from 'node:timers/promises'
import { createSandbox, parseFaults } from '..'
import { createScriptQueue } from '../script-queue'
import { emptyLedger, errorBody, full, fullLedger, NOW, report } from './events'

function open() {
  const sandbox = createSandbox({ now: () => NOW })
  const send = (authorization?: string) => sandbox.app.request('/v2/events', report(full, authorization))
  return { ...sandbox, send }
}

describe('scripted faults', () => {
  test('scripted faults apply in order, one to each request', async () => {
    const { send, script, ledger } = open()
    script([
      { status: 503, times: 2 },
      { status: 204, times: 1 },
      { status: 429, times: 1 }
    ])
    const statuses = []
    for (let request = 0; request < 5; request++) statuses.push((await send()).status)
    expect(statuses).toEqual([503, 503, 204, 429, 204])
    expect(ledger().purchases.map(({ repeat }) => repeat)).toEqual([undefined, true])
  })

  test('scripted faults apply to concurrent requests in their order of arrival', async () => {
    const { send, script } = open()
    script([
      { status: 500, times: 1, delay: 20 },
      { status: 502, times: 1 },
      { status: 503, times: 1, delay: 10 }
    ])
    const answers = await Promise.all([send(), send(), send(), send()])
    expect(answers.map(({ status }) => status)).toEqual([500, 502, 503, 204])
  })

  test.each([
    [400, 'bad_request', 'Bad Request'],
    [401, 'invalid_api_key', 'Unauthorized'],
    [403, 'invalid_api_key', 'Forbidden'],
    [408, 'bad_request', 'Request Timeout'],
    [413, 'request_too_large', 'Payload Too Large'],
    [422, 'bad_request', 'Unprocessable Entity'],
    [429, 'rate_limited', 'Too Many Requests'],
    [500, 'internal_server_error', 'Internal Server Error'],
    [503, 'internal_server_error', 'Service Unavailable'],
    [599, 'internal_server_error', 'Status 599']
  ])('scripted faults with the status %d answer %s and store nothing', async (status, errCode, message) => {
    const { send, script, ledger } = open()
    script([{ status, times: 1 }])
    const response = await send()
    expect([response.status, await response.json()]).toEqual([status, errorBody(errCode, message)])
    expect(ledger()).toEqual(emptyLedger)
  })

  test.each([
    [400, 'missing_placement', 'Bad Request'],
    [422, 'invalid_product_id', 'Unprocessable Entity'],
    [400, 'request_canceled', 'Bad Request']
  ])('scripted faults can set the errCode: %d %s', async (status, errCode, message) => {
    const { send, script } = open()
    script([{ status, times: 1, errCode }])
    expect(await (await send()).json()).toEqual(errorBody(errCode, message))
  })

  test('scripted faults can apply only to products that are not in the catalogue', async () => {
    const { app, script, scriptsLeft, replaceCatalogue, ledger } = open()
    replaceCatalogue([{ id: 'p_1', name: 'One' }])
    script([{ status: 422, times: 4, errCode: 'invalid_product_id', when: 'unknown-product' }])
    const event = { id: 'e', occurredAt: '2026-03-01T11:00:00Z', opaqueUserId: 'u' }
    const send = (body: object) => app.request('/v2/events', report(body))
    const item = (productId: string) => ({ productId, unitPrice: 1 })

    const known = await send({ purchases: [{ ...event, items: [item('p_1')] }] })
    expect(known.status).toBe(204)
    const order = await send({ purchases: [{ ...event, items: [item('p_1'), item('p_2')] }] })
    expect([order.status, await order.json()]).toEqual([
      422,
      errorBody('invalid_product_id', "Product 'p_2' not found in catalog")
    ])
    const click = await send({ clicks: [{ ...event, entity: { type: 'product', id: 'p_3' } }] })
    expect([click.status, await click.json()]).toMatchObject([422, { message: "Product 'p_3' not found in catalog" }])
    expect((await send({ clicks: [{ ...event, entity: { type: 'vendor', id: 'v' } }] })).status).toBe(204)
    expect(scriptsLeft().events).toEqual([])
    expect(ledger()).toMatchObject({ clicks: [{ id: 'e' }], purchases: [{ items: [item('p_1')] }] })
  })

  test('scripted faults send the rate-limit headers with a 429 only', async () => {
    const { send, script } = open()
    script([
      { status: 429, times: 1 },
      { status: 500, times: 1 }
    ])
    const names = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
    const limited = await send()
    expect(names.map((name) => limited.headers.get(name))).toEqual(['100', '0', '1'])
    const failed = await send()
    expect(names.map((name) => failed.headers.get(name))).toEqual([null, null, null])
  })

  test('scripted faults apply before the key is checked', async () => {
    const { send, script } = open()
    script([{ status: 503, times: 1 }])
    expect((await send('Bearer wrong')).status).toBe(503)
    expect((await send('Bearer wrong')).status).toBe(401)
  })

  test('scripted faults do not apply to other routes or methods', async () => {
    const { app, send, script } = open()
    script([{ status: 503, times: 1 }])
    expect((await app.request('/v2/events')).status).toBe(405)
    expect((await app.request('/elsewhere', { method: 'POST' })).status).toBe(404)
    expect((await send()).status).toBe(503)
  })

  test('scripted faults with a status of 2xx check the request as usual', async () => {
    const { app, send, script } = open()
    script([{ status: 200, times: 3 }])
    expect((await send('Bearer wrong')).status).toBe(401)
    expect((await app.request('/v2/events', report({}))).status).toBe(400)
    expect((await send()).status).toBe(204)
  })

  test('a scripted fault without a number of requests applies until it is replaced', async () => {
    const { send, script, scriptsLeft } = open()
    script([{ status: 503, until: 'ended' }])
    expect([(await send()).status, (await send()).status]).toEqual([503, 503])
    expect(scriptsLeft().events).toEqual([{ status: 503, until: 'ended' }])
    script([])
    expect((await send()).status).toBe(204)
  })

  test('a scripted fault ends at its time, or with its last request', async () => {
    const { send, script, scriptsLeft } = open()
    const past = new Date(Date.now() - 1).toISOString()
    const later = new Date(Date.now() + 3_600_000).toISOString()
    script([
      { status: 500, until: past },
      { status: 503, until: later, times: 1 },
      { status: 502, until: later }
    ])
    expect((await send()).status).toBe(503)
    expect(scriptsLeft().events).toEqual([{ status: 502, until: later }])
    expect([(await send()).status, (await send()).status]).toEqual([502, 502])
  })

  test('a scripted fault that ends at its time is a change', async () => {
    const isOver = new Promise<void>((resolve) => {
      const faults = createScriptQueue(() => {
        if (faults.left().length === 0) resolve()
      })
      faults.script([{ until: new Date(Date.now() + 50).toISOString() }])
    })
    await isOver
  })

  test.each([
    [{ status: 503 }, 'faults[0] must have the key times'],
    [{ status: 503, until: 'soon' }, 'faults[0].until must be "ended", or a date and time with an offset']
  ])('the fault %j is refused', (fault, message) => {
    expect(() => parseFaults([fault])).toThrow(message)
  })

  test('scripted faults replace the remaining faults, and leave the given list unchanged', async () => {
    const { send, script } = open()
    const faults = [{ status: 503, times: 1 }]
    script([{ status: 500, times: 9 }])
    script(faults)
    expect([(await send()).status, (await send()).status]).toEqual([503, 204])
    script(faults)
    expect([(await send()).status, (await send()).status]).toEqual([503, 204])
  })

  test('scripted faults with a delay store the events before they answer', async () => {
    const { send, script, ledger } = open()
    script([{ status: 204, times: 1, delay: 60 }])
    let isAnswered = false
    const pending = Promise.resolve(send()).finally(() => (isAnswered = true))
    while (ledger().clicks.length === 0) await setImmediate()
    expect([isAnswered, ledger()]).toEqual([false, fullLedger])
    expect((await pending).status).toBe(204)
  })

  test('scripted faults with a cut throw an error if there is no connection', async () => {
    const { app, send, script } = open()
    app.onError((error) => {
      throw error
    })
    script([{ status: 204, times: 1, cut: 'after' }])
    await expect(send()).rejects.toThrow('There is no connection to cut: serve the sandbox with @hono/node-server')
  })
})

describe('parseFaults', () => {
  test('reads faults, and an empty list as no faults', () => {
    const faults = [
      { status: 503, times: 2 },
      { status: 400, times: 1, errCode: 'bad_request', delay: 250 },
      { status: 200, times: 1, delay: 0, cut: 'before' },
      { status: 299, times: 1, cut: 'during' },
      { status: 599, times: 1, cut: 'after' }
    ]
    expect(parseFaults(faults)).toEqual(faults)
    expect(parseFaults([])).toEqual([])
  })

  const good = { status: 503, times: 1 }

  test.each<[unknown, string]>([
    [undefined, 'faults must be array'],
    [{}, 'faults must be array'],
    [good, 'faults must be array'],
    ['503', 'faults must be array'],
    [[good, null], 'faults[1] must be object'],
    [[good, { status: 503 }], 'faults[1] must have the key times'],
    [[{ times: 1 }], 'faults[0] must have the key status'],
    [[{ ...good, cuts: 'before' }], 'faults[0] must not have the key cuts'],
    [[{ ...good, status: '503' }], 'faults[0].status must be integer'],
    [[{ ...good, status: 199 }], 'faults[0].status must be >= 200'],
    [[{ ...good, status: 302 }], 'faults[0].status must be 200 to 299 or 400 to 599'],
    [[{ ...good, status: 600 }], 'faults[0].status must be <= 599'],
    [[{ ...good, times: 0 }], 'faults[0].times must be >= 1'],
    [[{ ...good, times: 1.5 }], 'faults[0].times must be integer'],
    [[{ ...good, errCode: '' }], 'faults[0].errCode must NOT have fewer than 1 characters'],
    [[{ ...good, delay: -1 }], 'faults[0].delay must be >= 0'],
    [[{ ...good, delay: 3_000_000_000 }], 'faults[0].delay must be <= 600000'],
    [[{ ...good, cut: 'never' }], 'faults[0].cut must be one of before, during, after']
  ])('refuses %j', (value, message) => {
    expect(() => parseFaults(value)).toThrow(new Error(message))
  })
})
