import { call, start } from './running'

const key = { authorization: 'Bearer TSE_mine' }
const order = {
  id: 'o1',
  occurredAt: '2024-05-01T12:00:00Z',
  opaqueUserId: 'ann',
  items: [{ productId: 'p_1', unitPrice: 2 }]
}

test('a request with keys that the contract closes is refused by default', async () => {
  const workbench = await start()
  const answer = await call(workbench, 'POST /v2/events', { purchases: [{ ...order, currency: 'USD' }] }, key)
  expect(answer).toMatchObject({ status: 400, body: { message: 'purchases[0] must not have the key currency' } })
  await workbench.stop()
})

test('a request with keys that the contract closes is accepted with a warning by a lenient workbench, which can be saved', async () => {
  const workbench = await start({ lenient: true })
  const extras = { orderId: 'o1', currency: 'USD', total: 2, coupon: 'x', tax: 1, note: 'n' }
  const answer = await call(workbench, 'POST /v2/events', { purchases: [{ ...order, ...extras }] }, key)
  expect(answer.status).toBe(204)
  expect((await call(workbench, '/workbench/ledger')).body).toMatchObject({ purchases: [order] })

  const { body: deliveries } = await call(workbench, '/workbench/deliveries?wait')
  const keys = ['orderId', 'currency', 'total', 'coupon', 'tax']
  const list = keys.map((name) => `purchases[0].${name} is not a key of the contract`).join('; ')
  expect(deliveries).toMatchObject([
    {
      event: null,
      mapping: null,
      stage: 'delivered',
      ok: true,
      status: 204,
      message: `POST /v2/events was accepted with a warning: ${list}; and 1 more.`
    }
  ])

  const { body: state } = await call(workbench, '/workbench/state')
  expect((await call(workbench, 'PUT /workbench/state', state)).status).toBe(200)
  expect((await call(workbench, '/workbench/deliveries')).body).toEqual(deliveries)
  await workbench.stop()
})
