import type { Finding } from '../../checks'
import type { Delivery } from '../../pipeline'
import { createFindings } from '../state/findings'
import type { Findings } from '../state/findings'
import type { Workbench } from '../server'
import { call, start } from './running'

const told: Finding[] = []
let workbench: Workbench

beforeAll(async () => {
  workbench = await start({ tell: (finding) => told.push(finding) })
})
afterAll(() => workbench.stop())
beforeEach(async () => {
  await call(workbench, 'DELETE /workbench')
  told.length = 0
})

const now = new Date().toISOString()
const bidOf = (user: string) => `bid-of-${user}`
const key = { authorization: 'Bearer TSE_mine' }

/** Sends a click on the ad of a user through Segment. Each user has one ad. */
const clickByName = (event: string, user: string) =>
  call(workbench, 'POST /v1/track', {
    event,
    anonymousId: user,
    messageId: `${event} by ${user}`,
    timestamp: now,
    properties: { product_id: 'p_1', resolvedBidId: bidOf(user) }
  })

/** Reports one tap as two clicks, which is found as `double-click`. */
async function tapTwiceReported(user: string): Promise<void> {
  await clickByName('Product Clicked', user)
  await clickByName('Banner Click', user)
}

const clickDirectly = (user: string) => {
  const click = { id: `direct by ${user}`, occurredAt: now, opaqueUserId: user, resolvedBidId: bidOf(user) }
  return call(workbench, 'POST /v2/events', { clicks: [click] }, key)
}

async function findings(): Promise<Finding[]> {
  return (await call(workbench, '/workbench/findings?wait')).body as Finding[]
}

const codes = (list: Finding[]) => list.map(({ code }) => code)

describe('GET /workbench/findings', () => {
  test('the list of findings is empty without events', async () => {
    expect(await call(workbench, '/workbench/findings')).toMatchObject({ status: 200, body: [] })
  })

  test('each finding has its reason, its remedy and its events', async () => {
    await tapTwiceReported('a')
    expect(await findings()).toEqual([
      {
        code: 'double-click',
        severity: 'loses money',
        title: 'One tap on an ad was reported as two clicks',
        why: expect.stringContaining('the advertiser pays twice') as string,
        cure: expect.stringContaining('Map only one') as string,
        link: 'docs/findings.md#double-click',
        count: 1,
        cost: null,
        otherCosts: [],
        first: now,
        last: now,
        event: expect.any(String) as string,
        events: 1,
        of: { kind: 'click', count: 2 },
        trend: {
          step: 'minute',
          start: expect.stringMatching(/:00\.000Z$/) as string,
          counts: expect.arrayContaining([0, 1]) as number[]
        },
        samples: [
          {
            messageId: expect.stringMatching(/ by a$/) as string,
            otherMessageId: expect.stringMatching(/ by a$/) as string,
            user: 'a',
            product: 'p_1',
            bid: bidOf('a')
          }
        ]
      }
    ])
  })

  test('a finding has the SDK of its newest case', async () => {
    const context = { library: { name: 'analytics-swift', version: '1.7.3' } }
    const order = { event: 'Order Completed', anonymousId: 'a', messageId: 'm1', context, properties: {} }
    await call(workbench, 'POST /v1/track', order)
    expect(await findings()).toMatchObject([
      { code: 'unusable-line', sdk: 'analytics-swift', event: 'Order Completed' }
    ])
  })

  test('the diagnosis says what is lost, until enough later events have no case', async () => {
    await call(workbench, 'POST /v1/track', { event: 'Order Completed', anonymousId: 'a', properties: {} })
    await findings()
    expect(await call(workbench, '/workbench/diagnosis?wait')).toMatchObject({
      status: 200,
      body: [{ code: 'unusable-line', sentence: 'An order has lines that cannot be reported: 1 case.', cost: null }]
    })
    for (let index = 1; index <= 20; index += 1) {
      const properties = { order_id: `o-${index}`, products: [{ product_id: 'p_1', price: 1, vendorId: 'v' }] }
      await call(workbench, 'POST /v1/track', { event: 'Order Completed', anonymousId: 'a', properties })
    }
    const list = await findings()
    expect(list).toContainEqual(expect.objectContaining({ code: 'unusable-line', isResolved: true }))
    const { body } = await call(workbench, '/workbench/diagnosis')
    expect(codes(body as Finding[])).not.toContain('unusable-line')
  })

  test('findings include requests that a client sends to Topsort directly', async () => {
    await clickByName('Product Clicked', 'a')
    expect(await findings()).toEqual([])
    expect(await clickDirectly('a')).toMatchObject({ status: 204 })
    expect(await findings()).toMatchObject([
      { code: 'double-path', samples: [{ messageId: 'Product Clicked by a', otherMessageId: 'direct by a' }] }
    ])
  })

  test('findings ignore a direct request that the sandbox refuses', async () => {
    await clickByName('Product Clicked', 'a')
    await call(workbench, 'PUT /workbench/faults', [{ status: 400, times: 1 }])
    expect(await clickDirectly('a')).toMatchObject({ status: 400 })
    expect(await findings()).toEqual([])
  })

  test('findings include the auctions of the sandbox', async () => {
    const auction = { type: 'listings', slots: 1, products: { ids: ['p_1'] }, opaqueUserId: 'a' }
    await call(workbench, 'POST /v2/auctions', { auctions: [auction] }, key)
    const click = { event: 'Product Clicked', anonymousId: 'a', messageId: 'm1', properties: { product_id: 'p_1' } }
    await call(workbench, 'POST /v1/track', click)
    expect(await findings()).toMatchObject([{ code: 'missing-bid', samples: [{ messageId: 'm1', user: 'a' }] }])
  })

  test('findings include an event with the bid of a fallback banner of the sandbox', async () => {
    const auction = { type: 'banners', slots: 1, slotId: 'home', opaqueUserId: 'a' }
    await call(workbench, 'PUT /workbench/auctions', [{ times: 1, winners: [{ id: 'p_1', isFallback: true }] }])
    const { body } = await call(workbench, 'POST /v2/auctions', { auctions: [auction] }, key)
    const [{ winners }] = (body as { results: { winners: { resolvedBidId: string }[] }[] }).results
    const properties = { product_id: 'p_1', resolvedBidId: winners[0].resolvedBidId }
    await call(workbench, 'POST /v1/track', { event: 'Product Clicked', anonymousId: 'a', messageId: 'm1', properties })
    expect(await findings()).toMatchObject([{ code: 'fallback-bid', samples: [{ messageId: 'm1', user: 'a' }] }])
  })

  test('DELETE /workbench empties the findings and forgets the events', async () => {
    await tapTwiceReported('a')
    await clickByName('Product Clicked', 'b')
    expect(codes(await findings())).toEqual(['double-click'])

    await call(workbench, 'DELETE /workbench')
    expect(await findings()).toEqual([])
    await clickDirectly('b')
    expect(await findings()).toEqual([])
  })
})

describe('the terminal', () => {
  test('the terminal shows the first case of a mistake, and each case whose number is a power of ten', async () => {
    for (let count = 1; count <= 11; count += 1) {
      await tapTwiceReported(`user-${count}`)
      await findings()
    }
    expect(told.map(({ code, count }) => [code, count])).toEqual([
      ['double-click', 1],
      ['double-click', 10]
    ])
  })

  test('the terminal shows each kind of mistake', async () => {
    await tapTwiceReported('a')
    await findings()
    await clickByName('Product Clicked', 'b')
    await findings()
    await clickDirectly('b')
    expect(codes(told)).toEqual(['double-click', 'double-path'])
  })

  test('the terminal shows a mistake again after DELETE /workbench', async () => {
    await tapTwiceReported('a')
    await findings()
    await call(workbench, 'DELETE /workbench')
    await tapTwiceReported('a')
    await findings()
    expect(told.map(({ count }) => count)).toEqual([1, 1])
  })

  describe('with a mistake that a later event can take back', () => {
    beforeEach(() => jest.useFakeTimers())
    afterEach(() => jest.useRealTimers())

    /** An order of a user who did nothing before. It is found as `no-interaction`. */
    function settledOrder(): Parameters<Findings['onSettled']> {
      const time = new Date().toISOString()
      const items = [{ productId: 'p_1', unitPrice: 1, vendorId: 'v_1' }]
      const purchase = { id: 'o1', occurredAt: time, opaqueUserId: 'a', items }
      const label = { messageId: 'o1', type: 'track', name: 'Order Completed' }
      const mapping = { name: 'Purchase', partnerAction: 'purchase', subscribe: '', mapping: {}, enabled: true }
      const delivery: Delivery = {
        event: label,
        mapping: 'Purchase',
        stage: 'delivered',
        attempts: 1,
        status: 204,
        ok: true,
        message: '',
        sent: { purchases: [purchase] }
      }
      const event = { messageId: 'o1', receivedAt: time, timestamp: time, type: 'track' as const, anonymousId: 'a' }
      return [{ ...event, event: 'Order Completed', properties: {} }, [{ mapping, delivery }]]
    }

    test('the terminal shows a mistake that can be taken back after 5 seconds without events', () => {
      const heard: string[] = []
      const { onSettled } = createFindings(({ code }) => heard.push(code))
      onSettled(...settledOrder())
      jest.advanceTimersByTime(4_999)
      expect(heard).toEqual([])
      jest.advanceTimersByTime(1)
      expect(heard).toEqual(['no-interaction'])
    })

    test('a finding is shown again after everything was forgotten', () => {
      const heard: string[] = []
      const { onSettled, forget, list } = createFindings(({ code }) => heard.push(code))
      onSettled(...settledOrder())
      jest.advanceTimersByTime(5_000)
      forget()
      expect(list()).toEqual([])
      onSettled(...settledOrder())
      jest.advanceTimersByTime(5_000)
      expect(heard).toEqual(['no-interaction', 'no-interaction'])
    })

    test('the terminal shows no mistake that was forgotten in the meantime', () => {
      const heard: string[] = []
      const { onSettled, forget } = createFindings(({ code }) => heard.push(code))
      onSettled(...settledOrder())
      forget()
      jest.advanceTimersByTime(60_000)
      expect(heard).toEqual([])
    })
  })
})

describe('the attribution window of the findings', () => {
  const DAY = 86_400_000
  const ago = (days: number) => new Date(Date.parse(now) - days * DAY).toISOString()
  const track = (event: string, messageId: string, timestamp: string, properties: object) =>
    call(workbench, 'POST /v1/track', { event, anonymousId: 'ann', messageId, timestamp, properties })
  const setWindow = (windowDays: object | number) => call(workbench, 'PUT /workbench/attribution', { windowDays })
  const product = { product_id: 'p_1', price: 2, vendorId: 'v_1' }

  async function orderAfter(days: number): Promise<void> {
    await track('Product Clicked', 'click', ago(days), product)
    await track('Order Completed', 'order', now, { products: [product] })
  }

  afterEach(() => setWindow(14))

  test('the attribution window of the findings is 14 days at the start', async () => {
    await orderAfter(15)
    expect(codes(await findings())).toEqual(['no-interaction'])
  })

  test.each([
    [7, 10, ['no-interaction']],
    [30, 15, []],
    [{ listings: 30, brands: 7, banners: 7 }, 15, []],
    [{ listings: 7, brands: 7, banners: 30 }, 15, ['no-interaction']]
  ])(
    'with a window of %j, the findings about an order %d days after its click are %j',
    async (windowDays, days, found) => {
      await setWindow(windowDays)
      await orderAfter(days)
      expect(codes(await findings())).toEqual(found)
    }
  )

  test('a change of the attribution window judges known events again, and tells nothing twice', async () => {
    const marked = async () => {
      const { body } = await call(workbench, '/workbench/deliveries?query=finding:no-interaction&wait')
      return (body as { event: { messageId: string } }[]).map(({ event }) => event.messageId)
    }
    await clickDirectly('ben')
    await orderAfter(15)
    expect(codes(await findings())).toEqual(['no-interaction'])
    expect(await marked()).toEqual(['order'])

    await setWindow(30)
    expect(codes(await findings())).toEqual([])
    expect(await marked()).toEqual([])
    told.length = 0
    await setWindow(7)
    expect(codes(await findings())).toEqual(['no-interaction'])
    expect(await marked()).toEqual(['order'])
    expect(told).toEqual([])
  })

  test('the attribution window of the findings stays after DELETE, as that of the credit does', async () => {
    await setWindow(7)
    await call(workbench, 'DELETE /workbench')
    await orderAfter(10)
    expect(codes(await findings())).toEqual(['no-interaction'])
  })

  test('a change of the attribution window judges the direct requests of an opened state again', async () => {
    await clickByName('Product Clicked', 'ben')
    await clickDirectly('ben')
    const { body: state } = await call(workbench, '/workbench/state?wait')
    await call(workbench, 'PUT /workbench/state', state)
    await setWindow(30)
    expect(codes(await findings())).toEqual(['double-path'])
  })

  test('the attribution window of the findings comes from an opened state', async () => {
    await setWindow(30)
    await orderAfter(15)
    const { body: state } = await call(workbench, '/workbench/state?wait')
    await setWindow(7)
    await call(workbench, 'PUT /workbench/state', state)
    expect(codes(await findings())).toEqual([])
  })
})
