import type { CallFacts, CreditedOrder } from '../call'
import type { EventObservation, MappingDelivery } from '../observation'
import { readProducts } from '../properties'
import { findReasons, isTemporary } from '../reasons'
import { lineRevenue } from '../money'
import { addSum, type DayCounts, type GroupDays } from './group-days'

/** The destination's codes for lines whose price is missing or unreadable. */
const WITHOUT_PRICE = ['line_without_price', 'line_price_invalid', 'line_price_ambiguous']

/** Counts a call for its source, platform, version and day. */
export function countCall(observation: EventObservation, facts: CallFacts, groups: GroupDays): void {
  const day = groups.of(facts.source, facts.time)
  day.events += 1
  const settled = observation.deliveries.filter(({ ok, reason }) => ok || !isTemporary(reason))
  if (settled.length > 0) day.taken += 1
  if (settled.some(({ ok }) => !ok)) day.failed += 1
  for (const delivery of settled) {
    if (delivery.action === 'purchase') countOrder(day, observation, delivery)
    if (delivery.ok) countImpressions(day, delivery)
  }
  countClicks(day, facts)
  for (const order of facts.orders) countCredit(day, order, groups)
}

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

function countImpressions(day: DayCounts, { sent: { impressions = [] } = {} }: MappingDelivery): void {
  day.impressions += impressions.length
  for (const { resolvedBidId } of impressions) if (resolvedBidId !== undefined) day.impressionsWithBid += 1
}

function countClicks(day: DayCounts, { clicks }: CallFacts): void {
  day.clicks += clicks.length
  for (const { hasBid, isNewPair, isFirstBid } of clicks) {
    if (hasBid) day.clicksWithBid += 1
    if (isNewPair) day.pairs += 1
    if (isFirstBid) day.pairsWithBid += 1
  }
}

/** Counts the lines of an order, those with a click for the source of the click. */
function countCredit(day: DayCounts, order: CreditedOrder, groups: GroupDays): void {
  const { time, lines, hasEarlierClick, clicked, revenue: all } = order
  if (hasEarlierClick) day.ordersWithClick += 1
  lines.forEach((line, index) => {
    const { currency } = all
    const revenue = lineRevenue(line)
    addSum(day, 'reported', revenue, currency)
    if (hasEarlierClick) addSum(day, 'afterClick', revenue, currency)
    const click = clicked[index]
    if (!click) return
    const ofClick = groups.of(click.source, time)
    ofClick.linesClicked += 1
    addSum(ofClick, 'clicked', revenue, currency)
    if (!click.hasBid) return
    ofClick.linesCredited += 1
    addSum(ofClick, 'credited', revenue, currency)
  })
}
