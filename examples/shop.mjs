import { Analytics } from '@segment/analytics-node'

const host = process.env.SEGMENT_HOST ?? `http://localhost:${process.env.PORT ?? 3000}`
const analytics = new Analytics({ writeKey: 'any', host })
const anonymousId = '71303ce0-de89-496d-8270-6434589615e8' // the id that the shop sends with its auctions
const resolvedBidId = 'WyJlX1BKYm5OIiwiMTJhNTU4MjgiLCJsaXN0aW5ncyIsImRlZmF1bHQiLCIiXQ==' // of the auction's winner
const product = { product_id: 'p_PJbnN', name: 'Vanilla yogurt', price: 12.95 }

analytics.track({ anonymousId, event: 'Product Viewed', properties: { ...product, resolvedBidId } })
analytics.track({ anonymousId, event: 'Product Clicked', properties: { ...product, resolvedBidId } })
analytics.track({ anonymousId, event: 'Order Completed', properties: { products: [{ ...product, quantity: 2 }] } })

// Everything below only shows what happened.
const sentIds = new Set()
analytics.on('track', ({ event: { event, messageId } }) => {
  sentIds.add(messageId)
  console.log(`sent       ${event}`)
})
analytics.on('error', ({ code, reason }) => fail(`The SDK could not send the events (${code}): ${reason}`))

if (!Array.isArray(await get('/workbench/mappings'))) {
  fail(`Something other than the workbench answers at ${host}. Set PORT to the port of the workbench.`)
}
await analytics.closeAndFlush({ timeout: 10_000 })

const deliveries = await get('/workbench/deliveries?wait', 120_000)
for (const { event, mapping, stage, status, message, sent } of deliveries) {
  if (!sentIds.has(event?.messageId)) continue
  console.log(`${stage.padEnd(10)} ${event.name} -> ${mapping} (${status}) ${message || JSON.stringify(sent)}`)
  if (stage !== 'delivered') process.exitCode = 1
}

async function get(path, timeout = 4_000) {
  const response = await fetch(new URL(path, host), { signal: AbortSignal.timeout(timeout) }).catch(() =>
    fail(
      `Nothing answers at ${host}. Start the workbench with npm start. If it has another port, set the same PORT here.`
    )
  )
  return response.json().catch(() => undefined)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
