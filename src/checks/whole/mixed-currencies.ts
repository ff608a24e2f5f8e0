import type { WholeCheck, WholeResult } from '../model'
import { type Cases, createCases, joinCases } from '../sketches/cases'
import { toOrderCase } from '../orders/sent-orders'
import { nameSource } from '../say'
import { createTopValues, type TopValues } from '../sketches/top-values'

/** How many pairs of a source and a currency are told apart, in 3 KB each. An archive has a few. */
const MAX_PAIRS = 200

/** The orders of one source and currency. */
type Share = { source: string; currency: string; cases: Cases }

/**
 * The orders of one source have several currencies. One source for each currency is correct, if each has a marketplace
 * of its own at Topsort. The currency with the most orders is taken for that of the marketplace.
 */
export const mixedCurrencies: WholeCheck<TopValues<Cases>> = {
  code: 'mixed-currencies',
  severity: 'loses money',
  costs: ['reported wrongly'],
  title: 'The orders of one source have several currencies',
  why: 'Topsort gets amounts without a currency and adds them up. 1,500 yen count as 1,500 dollars.',
  cure: "Send all prices in the marketplace's currency. Or use one marketplace of Topsort, and one destination, for each currency, with a destination filter on properties.currency.",
  start: () => createTopValues(MAX_PAIRS, createCases),
  observe(pairs, _, { orders }) {
    for (const order of orders) {
      if (order.currency) pairs.add(`${order.source}\n${order.currency}`).add(toOrderCase(order))
    }
  },
  result(pairs) {
    const shares = pairs.list().map(({ value, sketch }): Share => {
      const [source, currency] = value.split('\n')
      return { source, currency, cases: sketch }
    })
    return toResult(shares)
  }
}

function toResult(shares: readonly Share[]): WholeResult | undefined {
  const sources = [...new Set(shares.map(({ source }) => source))]
  const mixed = sources
    .map((source) => shares.filter((share) => share.source === source))
    .filter((all) => all.length > 1)
  // The shares of a source are sorted by their orders, so the first one has the most.
  const others = mixed.flatMap(([, ...rest]) => rest)
  if (others.length === 0) return undefined
  const all = joinCases(others.map(({ cases }) => cases))
  return { ...all.figures('reported wrongly'), sentence: toSentence(mixed[0]) }
}

function toSentence(shares: readonly Share[]): string {
  const all = shares.reduce((sum, { cases }) => sum + cases.count(), 0)
  const parts = shares.map(({ currency, cases }) => `${currency} in ${cases.count()}`)
  return `Of ${all} orders of ${nameSource(shares[0].source)}, the currency is ${parts.slice(0, 5).join(', ')}. Topsort adds the amounts up as if they were one currency.`
}
