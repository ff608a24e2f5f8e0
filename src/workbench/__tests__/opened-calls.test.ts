import { startWorkbench, type Workbench } from '../server'
import { parseCalls } from '../state/opened-calls'

const AT = Date.UTC(2026, 0, 31, 12)

const call = (event: string, messageId: string, seconds: number, properties: object) => ({
  type: 'track',
  event,
  messageId,
  anonymousId: 'ann',
  properties,
  // An archive has the corrected time, and the original one of a clock that is a day ahead.
  timestamp: new Date(AT + seconds * 1_000).toISOString(),
  originalTimestamp: new Date(AT + seconds * 1_000 + 86_400_000).toISOString(),
  sentAt: new Date(AT + seconds * 1_000 + 86_400_000).toISOString(),
  receivedAt: new Date(AT + seconds * 1_000 + 500).toISOString()
})

const product = { product_id: 'p_1', price: 2, quantity: 1, vendorId: 'v_1' }

const CALLS = [
  call('Product Clicked', 'click', 0, { ...product, resolvedBidId: 'bid-of-january' }),
  call('Order Completed', 'order', 60, { order_id: 'o-1', products: [product] })
]

const toLines = (calls: object[]) => `${calls.map((each) => JSON.stringify(each)).join('\n')}\n`

describe('calls of an archive', () => {
  let workbench: Workbench
  beforeAll(async () => {
    workbench = await startWorkbench({ port: 0, log: () => undefined })
    workbench.takeCalls(parseCalls(toLines(CALLS)))
  })
  afterAll(() => workbench.stop())

  const get = async (path: string): Promise<unknown> => (await fetch(`${workbench.url}/workbench/${path}`)).json()

  test('calls of an archive are delivered and credited at their own times', async () => {
    expect(await get('ledger?wait')).toMatchObject({
      clicks: [{ id: 'click', occurredAt: '2026-01-31T12:00:00.000Z', resolvedBidId: 'bid-of-january' }],
      purchases: [{ id: 'order', occurredAt: '2026-01-31T12:01:00.000Z' }]
    })
    expect(await get('attribution')).toMatchObject({ totals: { creditedLines: 1, creditedRevenue: 2 } })
  })

  test('calls of an archive set the clock to the second after the last one', async () => {
    const { now, isSet } = (await get('clock')) as { now: string; isSet: boolean }
    expect(isSet).toBe(true)
    expect(Date.parse(now)).toBeGreaterThanOrEqual(AT + 61_500)
    expect(Date.parse(now)).toBeLessThan(AT + 3_600_000)
  })

  test('calls of an archive have no finding about their age', async () => {
    expect(await get('findings?wait')).toEqual([])
  })
})

test.each([
  ['{"type":"track"}\n{"type":', 'Line 2 is no Segment call'],
  ['["track"]', 'Line 1 is no Segment call'],
  ['{"event":"Order Completed"}', 'Line 1 is no Segment call']
])('the text %j is refused with the line', (text, message) => {
  expect(() => parseCalls(text)).toThrow(message)
})

test('empty lines are no calls', () => {
  expect(parseCalls('\n{"type":"track"}\n\n')).toEqual([{ type: 'track' }])
})
