import type { EventObservation, MappingDelivery } from '../observation'
import { readProducts } from '../properties'
import { readTime } from '../read-facts'
import { findReasons, isTemporary } from '../reasons'
import { lineRevenue } from '../order-revenue'
import { listSentOrders } from '../orders/sent-orders'
import { type ClickMemory, productOf } from '../whole/click-memory'
import { addSum, type DayCounts, type GroupDays } from './group-days'
import { sourceOf } from '../source'

/** The destination's codes for lines whose price is missing or unreadable. */
const WITHOUT_PRICE = ['line_without_price', 'line_price_invalid', 'line_price_ambiguous']

/** Counts a call for its source, platform, version and day. */
export function countCall(observation: EventObservation, groups: GroupDays, clicks: ClickMemory): void {
  const { time } = readTime(observation)
  const group = groups.numberOf(sourceOf(observation.event))
  const day = groups.of(group, time)
  day.events += 1
  const settled = observation.deliveries.filter(({ ok, reason }) => ok || !isTemporary(reason))
  if (settled.length > 0) day.taken += 1
  if (settled.some(({ ok }) => !ok)) day.failed += 1
  for (const delivery of settled) {
    clicks.link(delivery)
    if (delivery.action === 'purchase') countOrder(day, observation, delivery)
    if (delivery.ok) countSent(observation.event, delivery, time, { group, day, groups, clicks })
  }
}

type Place = { group: number; day: DayCounts; groups: GroupDays; clicks: ClickMemory }

/** Counts an order that a mapping takes, and its lines. */
function countOrder(day: DayCounts, { event }: EventObservation, { ok, sent, reason }: MappingDelivery): void {
  day.orders += 1
  if (ok) day.ordersSent += 1
  const count = readProducts(event.properties).length
  const isUnpriced = findReasons(reason, ['order_without_prices']).length > 0
  const unpriced = findReasons(reason, WITHOUT_PRICE).reduce((sum, { lines }) => sum + [lines].flat().length, 0)
  const isPriceInvalid = reason?.code === 'field_invalid' && String(reason.fields).startsWith('items.unitPrice')
  const without = isUnpriced || isPriceInvalid ? count : unpriced
  const lines = (sent?.purchases ?? []).reduce((sum, { items }) => sum + items.length, 0) + without
  day.lines += lines
  day.linesWithPrice += lines - without
}

function countSent(event: EventObservation['event'], delivery: MappingDelivery, time: number, place: Place): void {
  const { group, day, groups, clicks } = place
  const { impressions = [], clicks: sentClicks = [] } = delivery.sent ?? {}
  day.impressions += impressions.length
  for (const { resolvedBidId } of impressions) if (resolvedBidId !== undefined) day.impressionsWithBid += 1
  for (const click of sentClicks) {
    const hasBid = click.resolvedBidId !== undefined
    const added = clicks.add(click.opaqueUserId, productOf(click), time, hasBid, group)
    day.clicks += 1
    if (hasBid) day.clicksWithBid += 1
    if (added.isNewPair) day.pairs += 1
    if (added.isFirstBid) day.pairsWithBid += 1
  }
  for (const { user, lines, revenue: all } of listSentOrders({ event, deliveries: [delivery] })) {
    const { currency } = all
    const hasClick = clicks.hasEarlierClick(user, time)
    if (hasClick) day.ordersWithClick += 1
    for (const line of lines) {
      const revenue = lineRevenue(line)
      addSum(day, 'reported', revenue, currency)
      if (hasClick) addSum(day, 'afterClick', revenue, currency)
      const click = clicks.find(user, line.productId, time)
      if (!click) continue
      const ofClick = groups.of(click.group, time)
      ofClick.linesClicked += 1
      addSum(ofClick, 'clicked', revenue, currency)
      if (!click.hasBid) continue
      ofClick.linesCredited += 1
      addSum(ofClick, 'credited', revenue, currency)
    }
  }
}
