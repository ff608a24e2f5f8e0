import { createSandbox, type SandboxExchange } from '..'
import { click, errorBody, full, impression, NOW, purchase, report } from './events'

function open(lenient: boolean) {
  const exchanges: SandboxExchange[] = []
  const sandbox = createSandbox({ now: () => NOW, lenient, onRequest: (exchange) => exchanges.push(exchange) })
  const send = (body: unknown) => sandbox.app.request('/v2/events', report(body))
  return { ...sandbox, send, exchanges }
}

/** What Topsort's own clients send, and the contract closes. */
const CLOSED: [string, object, string][] = [
  [
    'orderId of a purchase',
    { purchases: [{ ...purchase, orderId: 'o1' }] },
    'purchases[0].orderId is not a key of the contract'
  ],
  [
    'currency of a purchase',
    { purchases: [{ ...purchase, currency: 'USD' }] },
    'purchases[0].currency is not a key of the contract'
  ],
  [
    'total of a purchase',
    { purchases: [{ ...purchase, total: 27.39 }] },
    'purchases[0].total is not a key of the contract'
  ],
  [
    'bid of an item',
    { purchases: [{ ...purchase, items: [{ ...purchase.items[0], resolvedBidId: 'b' }, purchase.items[1]] }] },
    'purchases[0].items[0].resolvedBidId is not a key of the contract'
  ],
  [
    'location of a placement',
    { impressions: [{ ...impression, placement: { ...impression.placement, location: 'top' } }] },
    'impressions[0].placement.location is not a key of the contract'
  ],
  [
    'unlisted type of a click',
    { clicks: [{ ...click, clickType: 'image' }] },
    'clicks[0].clickType must be one of product, like, add-to-cart'
  ]
]

describe('a part of a request that the contract closes', () => {
  test.each(CLOSED)('is refused by default: the %s', async (_, body) => {
    const { send, ledger } = open(false)
    const response = await send(body)
    expect([response.status, await response.json()]).toMatchObject([400, { errCode: 'bad_request' }])
    expect(Object.values(ledger()).flat()).toEqual([])
  })

  test.each(CLOSED)('is omitted with a warning if the sandbox is lenient: the %s', async (_, body, warning) => {
    const { send, ledger, exchanges } = open(true)
    expect((await send(body)).status).toBe(204)
    expect(exchanges).toEqual([{ body, status: 204, stored: true, warnings: [warning] }])
    const { clickType, ...plainClick } = click
    expect(clickType).toBe('add-to-cart')
    const stored = { purchases: [purchase], impressions: [impression], clicks: [plainClick] }
    const [type] = Object.keys(body) as (keyof typeof stored)[]
    expect(ledger()[type]).toEqual(stored[type])
  })
})

test('a lenient sandbox takes a request that fits the contract without a warning, and as it is', async () => {
  const { send, ledger, exchanges } = open(true)
  expect((await send(full)).status).toBe(204)
  expect(exchanges).toEqual([{ body: full, status: 204, stored: true }])
  expect(ledger()).toMatchObject(full)
})

test('a lenient sandbox refuses what is wrong otherwise', async () => {
  const { send, exchanges } = open(true)
  const response = await send({ purchases: [{ ...purchase, items: [], currency: 'USD' }] })
  expect([response.status, await response.json()]).toEqual([
    400,
    errorBody('no_purchase_items', 'purchases[0].items must NOT have fewer than 1 items')
  ])
  for (const body of [null, [], 'x', { clicks: 'x' }, { clicks: [null] }, { bids: [] }]) {
    expect((await send(body)).status).toBe(400)
  }
  expect(exchanges.every(({ warnings }) => warnings === undefined)).toBe(true)
})
