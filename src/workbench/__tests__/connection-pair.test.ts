import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { attempt, presetMappings, readMessages } from '../../pipeline'
import topsort from '../../destinations/topsort'
import { createConnectionPair } from '../net/connection-pair'
import type { Workbench } from '../server'
import { call, start } from './running'

test('what is written to one end is read from the other, until it ends', async () => {
  const [one, other] = createConnectionPair()
  one.write('a')
  one.write(Buffer.alloc(0))
  one.write('b'.repeat(200_000))
  one.end('c')
  expect(await text(other)).toBe(`a${'b'.repeat(200_000)}c`)
})

test('an end that is destroyed closes the other', async () => {
  const [one, other] = createConnectionPair()
  const closed = once(other, 'close')
  other.resume()
  one.destroy()
  await closed
  expect(other.readableEnded).toBe(true)
})

describe('the sandbox of a workbench', () => {
  let workbench: Workbench
  beforeAll(async () => {
    workbench = await start()
  })
  afterAll(() => workbench.stop())

  test('answers before any timer, so a process that stood still does not time itself out', async () => {
    const mapping = presetMappings(topsort).find(({ partnerAction }) => partnerAction === 'click')!
    const message = { type: 'track', event: 'Product Clicked', userId: 'u1', properties: { resolvedBidId: 'bid-1' } }
    const { events } = readMessages('track', message, new Date())
    let isTimerOver = false
    const answer = attempt({ definition: topsort, settings: { api_key: 'TSE_1' }, mapping }, events)
    setTimeout(() => {
      isTimerOver = true
    }, 1)
    for (const end = performance.now() + 5; performance.now() < end;);
    expect(await answer).toMatchObject([{ status: 204 }])
    expect(isTimerOver).toBe(false)
  })

  test('breaks connections in the middle of an answer', async () => {
    await call(workbench, 'PUT /workbench/faults', [
      { status: 204, times: 1, cut: 'before' },
      { status: 204, times: 1, cut: 'after' }
    ])
    await call(workbench, 'POST /v1/track', {
      event: 'Product Clicked',
      userId: 'u1',
      properties: { resolvedBidId: 'b' }
    })
    const { body } = await call(workbench, '/workbench/deliveries?wait')
    expect(body).toMatchObject([{ stage: 'delivered', attempts: 3 }])
  })
})
