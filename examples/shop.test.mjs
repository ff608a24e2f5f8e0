/**
 * Tests of a shop against the workbench. They check which events of the shop reach Topsort. Start the workbench with
 * `npm start`, then run `node --test examples/shop.test.mjs`.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, test } from 'node:test'
import { Analytics } from '@segment/analytics-node'

const host = process.env.SEGMENT_HOST ?? `http://localhost:${process.env.PORT ?? 3000}`

// In a real test, the shop tracks its own events, with the host of its SDK set to the workbench.
let analytics
let anonymousId
beforeEach(() => {
  analytics = new Analytics({ writeKey: 'any', host })
  anonymousId = randomUUID()
})
afterEach(() => fetch(`${host}/workbench/faults`, { method: 'PUT', body: '[]' }))

/** Waits for all pending events, and returns the deliveries of this test's user that match the search. */
async function deliveries(search) {
  await analytics.closeAndFlush()
  const query = encodeURIComponent(`user:${anonymousId} ${search}`)
  const response = await fetch(`${host}/workbench/deliveries?wait&query=${query}`)
  return response.json()
}

test('a click on an ad reports its bid', async () => {
  const properties = { product_id: 'p_1', resolvedBidId: 'bid-1' }
  analytics.track({ anonymousId, event: 'Product Clicked', properties })

  const [{ stage, sent }] = await deliveries('event:"Product Clicked"')
  assert.equal(stage, 'delivered')
  assert.equal(sent.clicks[0].resolvedBidId, 'bid-1')
  assert.equal(sent.clicks[0].opaqueUserId, anonymousId)
})

test('an order reports each line with its price', async () => {
  const products = [{ product_id: 'p_1', price: 12.95, quantity: 2 }]
  analytics.track({ anonymousId, event: 'Order Completed', properties: { products } })

  const [{ sent }] = await deliveries('mapping:Purchase')
  assert.deepEqual(sent.purchases[0].items, [{ productId: 'p_1', unitPrice: 12.95, quantity: 2 }])
})

test('no event of the shop fails, and its placement is reported as it is', async () => {
  const context = { page: { path: '/dairy' } }
  analytics.track({ anonymousId, event: 'Product Viewed', properties: { product_id: 'p_1', position: 3 }, context })

  assert.deepEqual(await deliveries('is:failed'), [])
  const [{ differences }] = await deliveries('event:"Product Viewed"')
  assert.deepEqual(
    differences.filter(({ path }) => path.startsWith('placement')),
    []
  )
})

test('a click survives an outage of Topsort', async () => {
  await fetch(`${host}/workbench/faults`, { method: 'PUT', body: JSON.stringify([{ status: 503, times: 2 }]) })
  analytics.track({ anonymousId, event: 'Product Clicked', properties: { product_id: 'p_1' } })

  const [{ stage, attempts }] = await deliveries('mapping:Click')
  assert.deepEqual([stage, attempts], ['delivered', 3])
})
