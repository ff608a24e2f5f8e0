/**
 * The whole loop of an ad: an auction, a view, a click, an order, and the credit for the order. Start the workbench
 * with `npm start`, then run `node examples/loop.mjs`. To see how a mistake is found, add its name: `bid-lost`,
 * `other-user` or `double-click`.
 */
import { randomUUID } from 'node:crypto'
import { Analytics } from '@segment/analytics-node'
import { TopsortClient } from '@topsort/sdk'

const host = process.env.SEGMENT_HOST ?? `http://localhost:${process.env.PORT ?? 3000}`
const sentIds = new Set()
const analytics = new Analytics({ writeKey: 'any', host })
const topsort = new TopsortClient({ apiKey: 'TSE_any', host })

const mistake = process.argv[2]
if (mistake !== undefined && !['bid-lost', 'other-user', 'double-click'].includes(mistake)) {
  fail(`Unknown mistake "${mistake}". Use bid-lost, other-user or double-click, or no argument.`)
}
await requireWorkbench()
analytics.on('error', ({ code, reason }) => fail(`The SDK could not send the events (${code}): ${reason}`))

// The shopper is logged in. Auctions and events identify the shopper by the anonymous id.
const anonymousId = randomUUID()
const userId = `customer-${anonymousId.slice(0, 8)}`
const shopper = { anonymousId, userId }

const products = { ids: ['p_PJbnN', 'p_ojng4'] }
const auction = { type: 'listings', slots: 1, products, opaqueUserId: anonymousId }
const { results } = await topsort
  .createAuction({ auctions: [auction] })
  .catch(({ status, body }) => fail(`The auction failed (${status}): ${JSON.stringify(body)}`))
const [winner] = results[0].winners
if (!winner) fail('Nobody won the auction. Remove the script with: PUT /workbench/auctions []')
console.log(`auction    ${winner.id} won`)

// bid-lost: the shop does not keep the bid with the product.
const ad = { product_id: winner.id, ...(mistake !== 'bid-lost' && { resolvedBidId: winner.resolvedBidId }) }
track(shopper, 'Product Viewed', ad)
track(shopper, 'Product Clicked', ad)

// double-click: the banner around the product reports the same tap with another name, and both are mapped to a click.
if (mistake === 'double-click') track(shopper, 'Banner Click', ad)

// other-user: the order comes from the server, which does not know the anonymous id.
const bought = { product_id: winner.id, vendorId: 'v_alpine', price: 12.95, quantity: 2 }
const buyer = mistake === 'other-user' ? { userId } : shopper
track(buyer, 'Order Completed', { products: [bought] })
await analytics.closeAndFlush({ timeout: 10_000 })

// Everything below only shows what happened.
const deliveries = await get(`/workbench/deliveries?wait&query=is:failed`)
for (const { event, mapping, status, message } of deliveries) {
  if (!sentIds.has(event?.messageId)) continue
  console.log(`failed     ${event.name} -> ${mapping} (${status}) ${message}`)
  process.exitCode = 1
}

const isOurs = (user) => user === anonymousId || user === userId

const { lines } = await get('/workbench/attribution?wait')
for (const { productId, opaqueUserId, revenue, credited, reason } of lines) {
  if (!isOurs(opaqueUserId)) continue
  console.log(
    `credited   ${revenue.toFixed(2)} of ${productId} to ${credited ? `the ${credited.type}` : 'nothing'}: ${reason}`
  )
}

const findings = await get('/workbench/findings?wait')
const ours = findings.filter(({ samples }) => samples.some(({ user }) => isOurs(user)))
if (ours.length === 0) console.log('findings   none')
for (const { code, severity, title, cure, link } of ours) {
  console.log(`finding    ${code} (${severity}): ${title}. ${cure} See ${link}.`)
}

function track(user, event, properties) {
  const messageId = randomUUID()
  analytics.track({ ...user, event, properties, messageId })
  sentIds.add(messageId)
  console.log(`sent       ${event}${properties.resolvedBidId ? ' with the bid' : ''}`)
}

async function requireWorkbench() {
  if (!Array.isArray(await get('/workbench/mappings', 4_000))) {
    fail(`Something other than the workbench answers at ${host}. Set PORT to the port of the workbench.`)
  }
}

async function get(path, timeout = 120_000) {
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
