import { createClock } from '../clock'
import type { Workbench } from '../server'
import { call, start } from './running'

const DAY = 86_400_000
const key = { authorization: 'Bearer TSE_mine' }
let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterAll(() => workbench.stop())
afterEach(async () => {
  await call(workbench, 'PUT /workbench/attribution', { windowDays: 14 })
  await call(workbench, 'DELETE /workbench')
})

const setClock = (body: unknown) => call(workbench, 'PUT /workbench/clock', body)
const readClock = async () => (await call(workbench, '/workbench/clock')).body as { now: string; isSet: boolean }
const track = (event: string, message: object) =>
  call(workbench, 'POST /v1/track', { event, anonymousId: 'ann', ...message })
const report = (body: object) => call(workbench, 'POST /v2/events', body, key)
const product = { product_id: 'p_1', price: 2, vendorId: 'v_1' }

async function winBid(): Promise<string> {
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_1'] }, opaqueUserId: 'ann' }
  const { body } = await call(workbench, 'POST /v2/auctions', { auctions: [auction] }, key)
  return (body as { results: [{ winners: [{ resolvedBidId: string }] }] }).results[0].winners[0].resolvedBidId
}

/** Reports a click after an auction, and an order some days later. Returns the credit and the findings. */
async function orderAfter(days: number) {
  const resolvedBidId = await winBid()
  await track('Product Clicked', { messageId: 'click', properties: { ...product, resolvedBidId } })
  await setClock({ advance: { days } })
  await track('Order Completed', { messageId: 'order', properties: { products: [product] } })
  const { lines } = (await call(workbench, '/workbench/attribution?wait')).body as { lines: object[] }
  const findings = (await call(workbench, '/workbench/findings')).body as { code: string }[]
  return { line: lines[0], codes: findings.map(({ code }) => code) }
}

describe('/workbench/clock', () => {
  test('the clock agrees with the machine at the start', async () => {
    const before = Date.now()
    const { now, isSet } = await readClock()
    expect(isSet).toBe(false)
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now())
  })

  test('the clock runs on from the time that was set, and DELETE /workbench resets it', async () => {
    expect(await setClock({ now: '2026-12-09T10:00:00Z' })).toMatchObject({ status: 200, body: { isSet: true } })
    expect((await readClock()).now).toMatch(/^2026-12-09T10:00/)
    await setClock({ advance: { days: 10, hours: -1 } })
    expect((await readClock()).now).toMatch(/^2026-12-19T09:00/)
    await call(workbench, 'DELETE /workbench')
    expect(await readClock()).toMatchObject({ isSet: false })
  })

  test('the clock can be reset alone', async () => {
    await setClock({ advance: { days: 10 } })
    expect(await setClock({ reset: true })).toMatchObject({ status: 200, body: { isSet: false } })
  })

  test('the clock is reset when a state is opened', async () => {
    const { body: state } = await call(workbench, '/workbench/state')
    await setClock({ advance: { days: 10 } })
    await call(workbench, 'PUT /workbench/state', state)
    expect(await readClock()).toMatchObject({ isSet: false })
  })

  const shape =
    'Send {"now": "2026-12-09T10:00:00Z"}, or {"advance": {"days": 10}} with days, hours or minutes, or {"reset": true}.'
  test.each([
    [[], `The clock cannot be read. ${shape}`],
    [{}, `The clock cannot be read. ${shape}`],
    [{ now: '2026-12-09T10:00:00Z', advance: { days: 1 } }, `The clock cannot be read. ${shape}`],
    [{ now: '2026-12-09' }, `"now" must be a date and time with an offset. ${shape}`],
    [{ now: '2026-12-09T10:00:00' }, `"now" must be a date and time with an offset. ${shape}`],
    [{ now: 1_000 }, `"now" must be a date and time with an offset. ${shape}`],
    [{ advance: {} }, `"advance" must have numbers of days, hours or minutes. ${shape}`],
    [{ advance: { weeks: 1 } }, `"advance" must have numbers of days, hours or minutes. ${shape}`],
    [{ advance: { days: '1' } }, `"advance" must have numbers of days, hours or minutes. ${shape}`],
    [{ advance: { days: 1e9 } }, `The clock cannot be set to this time. ${shape}`]
  ])('the clock refuses %j', async (body, error) => {
    expect(await setClock(body)).toMatchObject({ status: 400, body: { error } })
    expect(await readClock()).toMatchObject({ isSet: false })
  })
})

describe('the clock decides about time:', () => {
  test.each([
    [14, 10, true],
    [7, 10, false],
    [30, 15, true]
  ])(
    'with a window of %d days, an order %d days after its auction is credited: %s',
    async (window, days, isCredited) => {
      await call(workbench, 'PUT /workbench/attribution', { windowDays: window })
      const { line, codes } = await orderAfter(days)
      expect(line).toMatchObject({ credited: isCredited ? { id: 'click' } : null })
      expect(codes.filter((code) => code === 'no-interaction')).toEqual(isCredited ? [] : ['no-interaction'])
    }
  )

  test('the reason of a late order names the days that the clock has passed', async () => {
    await call(workbench, 'PUT /workbench/attribution', { windowDays: 7 })
    const { line } = await orderAfter(10)
    expect(line).toMatchObject({
      reason: 'Click "click" came 10 days before the order. The window for listings is 7 days.'
    })
  })

  test('the time of an event is corrected to the clock if its sender says when it sent it', async () => {
    await setClock({ now: '2030-01-01T00:00:00Z' })
    const [timestamp, sentAt] = [new Date(Date.now() - 60_000), new Date()]
    await track('Product Clicked', { messageId: 'm1', timestamp, sentAt, properties: product })
    const { clicks } = (await call(workbench, '/workbench/ledger?wait')).body as { clicks: { occurredAt: string }[] }
    expect(clicks[0].occurredAt).toMatch(/^2029-12-31T23:59:/)
  })

  test('the destination takes times before the clock as they are, and later ones become the time of the clock', async () => {
    await setClock({ now: '2030-01-01T00:00:00Z' })
    await track('Product Clicked', { messageId: 'm1', timestamp: '2029-12-01T00:00:00Z', properties: product })
    await track('Product Clicked', { messageId: 'm2', timestamp: '2031-01-01T00:00:00Z', properties: product })
    const { clicks } = (await call(workbench, '/workbench/ledger?wait')).body as { clicks: { occurredAt: string }[] }
    const times = clicks.map(({ occurredAt }) => occurredAt.slice(0, 16)).sort()
    expect(times).toEqual(['2029-12-01T00:00', '2030-01-01T00:00'])
  })

  test('the differences show that a time after the clock became the time of the clock', async () => {
    await setClock({ now: '2030-01-01T00:00:00Z' })
    await track('Product Clicked', { messageId: 'm1', timestamp: '2031-01-01T00:00:00Z', properties: product })
    await call(workbench, '/workbench/counts?wait')
    const { body } = await call(workbench, '/workbench/deliveries/latest')
    const { differences } = body as { differences: { path: string; why: string; from: string; to: string }[] }
    expect(differences.find(({ path }) => path.includes('occurredAt'))).toMatchObject({
      from: '2031-01-01T00:00:00.000Z',
      to: expect.stringMatching(/^2030-01-01T00:00/) as string
    })
  })

  test('events straight from a client may have times until the clock, and none after it', async () => {
    const click = (id: string, time: number) => ({
      clicks: [{ id, opaqueUserId: 'ann', occurredAt: new Date(time).toISOString(), resolvedBidId: 'bid' }]
    })
    await setClock({ advance: { days: 10 } })
    expect((await report(click('c1', Date.now() + 9 * DAY))).status).toBe(204)
    expect(await report(click('c2', Date.now() + 11 * DAY))).toMatchObject({
      status: 400,
      body: { errCode: 'invalid_event_time' }
    })
    await setClock({ advance: { days: -20 } })
    expect((await report(click('c3', Date.now()))).status).toBe(400)
  })
})

test('Date.now() is the time of the clock only for code that runs in it', async () => {
  const clock = createClock()
  clock.set(Date.parse('3030-01-01T00:00:00Z'))
  const later = await clock.run(async () => {
    await Promise.resolve()
    return Date.now()
  })
  expect(new Date(later).getUTCFullYear()).toBe(3030)
  expect(new Date().getTime() - Date.now()).toBeLessThan(DAY)
  expect(Date.now()).toBeLessThan(Date.parse('3029-01-01T00:00:00Z'))
  clock.reset()
  expect(clock.run(() => Date.now())).toBeLessThan(Date.parse('3029-01-01T00:00:00Z'))
})
