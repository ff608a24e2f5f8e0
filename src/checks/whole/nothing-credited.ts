import type { WholeCheck, WholeResult } from '../model'
import { createSums, lineRevenue } from '../money'
import { sayCount, sayMoneys } from '../say'
import { createPeriod, joinSketches, keepValue } from '../sketches/sketch'

/** With fewer clicks on ads and orders, it can be chance that none is credited. */
const ENOUGH = 50

/** If users of orders do click, but only on other products, more clicks are needed to tell. */
const ENOUGH_OF_CLICKERS = 100

/** With so many credited lines to be expected, none is no chance: less than 1 %. */
const EXPECTED = 5

/** There are clicks on ads and orders, but no order line's product was clicked with a bid by the same user. */
export const nothingCredited: WholeCheck<Seen> = {
  code: 'nothing-credited',
  severity: 'loses money',
  costs: ['uncredited'],
  title: 'No order is credited to an ad, although there are clicks on ads',
  why: 'Topsort credits an order line to an earlier click of the same user on the same product. If none matches, advertisers see no sales, and stop advertising.',
  cure: 'Compare the user ids and the product ids of a click and an order of the same visit. Both must be the same in clicks and orders.',
  start,
  observe({ counts: { value: counts }, orders: seen, revenue }, _, { clicks, orders }) {
    for (const { hasBid } of clicks) counts[hasBid ? 'sponsored' : 'organic'] += 1
    for (const order of orders) {
      const { currency } = order.revenue
      seen.add(order.time)
      if (order.hasEarlierClick) counts.afterClick += 1
      for (const line of order.lines) revenue.add({ amount: lineRevenue(line), currency })
      for (const click of order.clicked) if (click) counts[click.hasBid ? 'credited' : 'matched'] += 1
    }
  },
  result: toResult
}

type Seen = ReturnType<typeof start>

function start() {
  const counts = {
    /** Clicks with a bid, and without. */
    sponsored: 0,
    organic: 0,
    /** Orders of users who clicked before, with or without a bid. */
    afterClick: 0,
    /** Order lines whose product the user clicked before, with and without a bid. */
    credited: 0,
    matched: 0
  }
  return joinSketches({ counts: keepValue(counts), orders: createPeriod(), revenue: createSums() })
}

function toResult({ counts: { value: counts }, orders, revenue }: Seen): WholeResult | undefined {
  const { sponsored, credited, afterClick } = counts
  const { count } = orders.value
  if (sponsored < ENOUGH || count < ENOUGH || credited > 0 || !isNoChance(counts)) return undefined
  const why =
    afterClick === 0
      ? 'No order is of a user who clicked before, so the user ids of clicks and orders differ.'
      : 'Users who clicked do order, but no ordered product has the id of one that they clicked on as an ad.'
  return {
    ...orders.value,
    costs: revenue.costs('uncredited'),
    samples: [],
    isCostSaid: true,
    sentence: `None of ${sayCount(count, 'order')} worth ${sayMoneys(revenue.list())} is credited to an ad, although there are ${sayCount(sponsored, 'click')} on ads. ${why}`
  }
}

/**
 * Returns whether credit would be expected. Lines whose product was clicked without a bid show that the ids match, and how
 * often a click leads to an order.
 */
function isNoChance({ sponsored, organic, matched, afterClick }: Seen['counts']['value']): boolean {
  if (matched > 0) return (matched / Math.max(1, organic)) * sponsored >= EXPECTED
  return afterClick === 0 || sponsored >= ENOUGH_OF_CLICKERS
}
