import type { WholeCheck, WholeResult } from '../model'
import { joinCases } from '../sketches/cases'
import { createMismatches, type Mismatch, type Mismatches } from '../orders/mismatches'
import type { SentOrder } from '../orders/sent-orders'
import { nameSource, saySource } from '../say'
import { dayNumber, sayDay } from '../days/days'
import type { CallSource } from '../source'
import { createTopValues, type TopValue, type TopValues } from '../sketches/top-values'

/** How many sources, currencies and versions are told apart. Each takes up to 80 KB, and an archive has a few. */
const MAX_PLACES = 100

/** Versions explain the orders of a source if they have at least this share of them. */
const NEARLY_ALL = 0.9

/**
 * The lines that were sent do not add up to the total of their own order, in many orders of a source and in the same
 * way. Single orders that differ are not reported: shops have fees, vouchers and discounts that no property names.
 */
export const orderTotalMismatch: WholeCheck<TopValues<Mismatches>> = {
  code: 'order-total-mismatch',
  severity: 'loses money',
  costs: ['reported wrongly'],
  title: 'The lines of orders do not add up to the total of the order',
  why: 'Topsort adds up unit price times quantity. If price is the total of the line, or is in cents, Topsort gets a wrong revenue, and every figure about ads that rests on it is wrong.',
  cure: 'Send the price of one item as price, in the unit of the total. If price is the total of the line, map Line Total instead of Unit Price in the field Items of the Purchase mapping.',
  start: () => createTopValues(MAX_PLACES, createMismatches),
  observe(places, _, { orders, source }) {
    for (const order of orders) {
      // The total says nothing about an order whose lines were not all sent.
      if (!order.isWhole) continue
      places.add(toKey(order)).add(order)
      if (source.version !== '') places.add(toKey(order, source)).add(order)
    }
  },
  result: (places) => toResult(places.list())
}

/** Names the orders of a source and currency, and perhaps of one version. */
function toKey({ source, currency }: SentOrder, version?: CallSource): string {
  return JSON.stringify([source, currency, ...(version ? [saySource(version)] : [])])
}

function toResult(places: readonly TopValue<Mismatches>[]): WholeResult | undefined {
  const all = places.map(({ value, sketch }) => {
    const [source, currency, version] = JSON.parse(value) as [string, string, string?]
    return { source, currency, version, found: sketch.find(version ?? nameSource(source), version !== undefined) }
  })
  const found = all.flatMap((place) => {
    if (place.version !== undefined) return []
    const versions = all
      .filter(
        ({ version, source, currency }) =>
          version !== undefined && source === place.source && currency === place.currency
      )
      .flatMap((each) => each.found)
    return countCases(versions) >= countCases(place.found) * NEARLY_ALL ? versions : place.found
  })
  return summarize(found)
}

function countCases(found: readonly Mismatch[]): number {
  return found.reduce((sum, { cases }) => sum + cases.count(), 0)
}

function summarize(found: readonly Mismatch[]): WholeResult | undefined {
  if (found.length === 0) return undefined
  const worst = found.reduce((one, other) => (other.cases.count() > one.cases.count() ? other : one))
  const all = joinCases(found.map(({ cases }) => cases))
  return { ...all.figures('reported wrongly'), sentence: toSentence(worst) }
}

function toSentence({ whose, isVersion, cases, share, factor, cause }: Mismatch): string {
  const percent = Math.max(1, Math.round(share * 100))
  const times = Number(factor.toPrecision(factor < 1 ? 2 : 3))
  const since = isVersion ? `Since ${sayDay(dayNumber(cases.figures().first))}, ` : ''
  return `${since}${percent} % of the orders of ${whose} report ${times} times their own total: ${cause}.`
}
