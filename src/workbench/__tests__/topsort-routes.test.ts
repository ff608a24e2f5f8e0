import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Workbench } from '../server'
import { call, start } from './running'

const key = 'TSE_a"secret\\key'
const received: { headers: IncomingHttpHeaders; body: unknown }[] = []
let status = 204
let answer = ''

/** Stands in for Topsort itself. */
const topsort = createServer((request, response) => {
  void text(request).then((body) => {
    received.push({ headers: request.headers, body: JSON.parse(body) })
    if (status === 0) response.destroy()
    else response.writeHead(status).end(answer)
  })
})

let workbench: Workbench

beforeAll(async () => {
  topsort.listen(0, '127.0.0.1')
  await once(topsort, 'listening')
  const url = `http://127.0.0.1:${(topsort.address() as AddressInfo).port}/v2/events`
  workbench = await start({ topsort: { key, url } })
})
beforeEach(async () => {
  await call(workbench, 'DELETE /workbench')
  received.length = 0
  status = 204
  answer = ''
})
afterAll(async () => {
  await workbench.stop()
  topsort.close()
})

let number = 0

/** Sends a click to the sandbox, and returns the number of its delivery. */
async function deliver(properties: object = { product_id: 'p1' }): Promise<{ sequence: number; messageId: string }> {
  number += 1
  const messageId = `click-${number}`
  await call(workbench, 'POST /v1/track', { event: 'Product Clicked', messageId, anonymousId: 'a1', properties })
  await call(workbench, '/workbench/counts?wait')
  for (let sequence = 1; ; sequence += 1) {
    const { body } = await call(workbench, `/workbench/deliveries/${sequence}`)
    const { event } = body as { event?: { messageId: string } }
    if (event?.messageId === messageId) return { sequence, messageId }
    if (sequence > 1_000) throw new Error('The delivery is missing.')
  }
}

const confirm = { clicks: 1 }

test('a delivery names the events that would be billed, and is sent with the key after a confirmation', async () => {
  const { sequence, messageId } = await deliver()
  expect((await call(workbench, `/workbench/deliveries/${sequence}`)).body).toMatchObject({
    billable: { impressions: 0, clicks: 1, purchases: 0, pageviews: 0 }
  })
  expect(received).toEqual([])

  const { body } = await call(workbench, 'POST /workbench/topsort', { sequence, confirm })
  expect(body).toMatchObject({
    ok: true,
    message: 'Topsort stored 1 click.',
    exchange: { request: { headers: { authorization: 'Bearer [redacted]' } }, answer: { status: 204 } }
  })
  expect(received).toMatchObject([
    { headers: { authorization: `Bearer ${key}` }, body: { clicks: [{ id: messageId, opaqueUserId: 'a1' }] } }
  ])
})

test.each([{}, { clicks: 2 }, { clicks: 1, purchases: 1 }, { clicks: '1' }, { clicks: 1, other: 0 }])(
  'the confirmation %j is refused',
  async (wrong) => {
    const { sequence } = await deliver()
    expect(await call(workbench, 'POST /workbench/topsort', { sequence, confirm: wrong })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('The confirmation differs from what will be billed: 1 click.') as string }
    })
    expect(received).toEqual([])
  }
)

test('a delivery that Topsort may have stored is not sent again', async () => {
  const { sequence } = await deliver()
  status = 0
  const lost = await call(workbench, 'POST /workbench/topsort', { sequence, confirm })
  expect(lost.body).toMatchObject({
    ok: false,
    message: expect.stringContaining('It may or may not have stored') as string
  })
  status = 204
  expect(await call(workbench, 'POST /workbench/topsort', { sequence, confirm })).toMatchObject({ status: 409 })
  expect(received).toHaveLength(1)
})

test('a delivery that Topsort refused can be sent again, and its message has no key', async () => {
  const { sequence } = await deliver()
  status = 401
  answer = JSON.stringify({ errCode: 'invalid_api_key', message: `The key ${key} is bad` })
  const { body } = await call(workbench, 'POST /workbench/topsort', { sequence, confirm })
  expect(body).toMatchObject({ ok: false, message: expect.stringContaining('401 and stored nothing') as string })
  expect(JSON.stringify(body)).toContain('[redacted] is bad')
  expect(JSON.stringify(body)).not.toContain('secret')

  status = 204
  answer = ''
  expect((await call(workbench, 'POST /workbench/topsort', { sequence, confirm })).body).toMatchObject({ ok: true })
})

test('a delivery for which nothing was sent cannot be sent', async () => {
  const { sequence } = await deliver({})
  expect(await call(workbench, 'POST /workbench/topsort', { sequence, confirm })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('no events for Topsort') as string }
  })
  expect((await call(workbench, 'POST /workbench/topsort', { sequence: 10 ** 9, confirm })).status).toBe(404)
  expect((await call(workbench, 'POST /workbench/topsort', {})).status).toBe(400)
})

test('without a key, the route is refused, and deliveries have nothing to bill', async () => {
  await workbench.stop()
  workbench = await start()
  const { sequence } = await deliver()
  expect((await call(workbench, `/workbench/deliveries/${sequence}`)).body).toMatchObject({ billable: null })
  expect(await call(workbench, 'POST /workbench/topsort', { sequence, confirm })).toMatchObject({
    status: 404,
    body: { error: expect.stringContaining('TOPSORT_API_KEY=TSE_... npm start') as string }
  })
})
