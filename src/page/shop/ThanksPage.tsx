import { useEffect, useState } from 'preact/hooks'
import type { AttributedLine, Attribution } from '../../workbench/api'
import { get } from '../api'
import { type Order, orders, saveOrder, totalOf } from './cart'
import { makes } from './mistakes'
import { findProduct, toPrice } from './products'
import { toHash } from './hash'
import { shoppers, track, trackFromServer, usePageView } from './tracking'

/** The thank-you page. It reports the order once, and shows the credit that Topsort would give. */
export function ThanksPage({ value: id }: { value: string }) {
  usePageView('Order', 'Thank you')
  const [credits, setCredits] = useState<AttributedLine[]>()
  const order = orders.value.find((each) => each.id === id)
  useEffect(() => {
    if (order) void reportOrder(order).then(readCredits).then(setCredits)
  }, [])

  if (!order) return <h1>There is no such order in this tab</h1>
  return (
    <>
      <h1>Thank you!</h1>
      <p>
        Order {order.id}, {toPrice(totalOf(order.lines))}. Your bag is at the counter.
      </p>
      {makes('double-purchase') && <p class="problem">Reload this page: the shop reports the order again.</p>}
      <section class="stack credits" aria-labelledby="credits">
        <h2 id="credits">What is credited for it</h2>
        {credits === undefined ? (
          <p role="status">Asking the sandbox…</p>
        ) : (
          <ul>
            {credits.map((line) => (
              <Credit key={line.line} line={line} />
            ))}
          </ul>
        )}
      </section>
      <p class="ways row">
        <a href={toHash('home')}>Continue shopping</a>
        <a href={`/#/shoppers?user=${encodeURIComponent(shoppers.value.at(-1) ?? '')}`}>See this visit as a picture</a>
      </p>
    </>
  )
}

function Credit({ line: { productId, revenue, credited, reason } }: { line: AttributedLine }) {
  return (
    <li class={`credit ${credited ? 'credit-some' : ''}`}>
      <p class="credit-title">
        {toPrice(revenue)} of {findProduct(productId)?.name ?? productId}:{' '}
        {credited ? `credited to the ${credited.type}` : 'credited to nothing'}
      </p>
      <p class="reason">{reason}</p>
    </li>
  )
}

/** Reports an order. A reloaded page does not report it again, unless that mistake is switched on. */
async function reportOrder(order: Order): Promise<string> {
  if (order.messageId !== undefined && !makes('double-purchase')) return order.messageId
  const properties = {
    order_id: order.id,
    currency: 'EUR',
    products: order.lines.map(({ product: { id, name, price, vendorId }, quantity }) => ({
      product_id: id,
      name,
      price,
      vendorId,
      quantity
    }))
  }
  const report = makes('user-id-mismatch') ? trackFromServer : track
  const messageId = await report('Order Completed', properties)
  saveOrder({ ...order, messageId })
  return messageId
}

/** Waits until the sandbox has the order. */
async function readCredits(messageId: string): Promise<AttributedLine[]> {
  const { lines } = await get<Attribution>('/workbench/attribution?wait')
  return lines.filter(({ purchaseId }) => purchaseId === messageId)
}
