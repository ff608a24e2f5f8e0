import type { WholeCheck, WholeResult } from '../model'
import { summarizeCases } from '../sketches/cases'
import { createMismatches, type Mismatch } from '../orders/mismatches'
import { nameSource } from '../say'
import { createTopValues } from '../sketches/top-values'

/** How many sources and currencies are told apart. Each takes up to 80 KB, and an archive has a few. */
const MAX_SOURCES = 100

/**
 * The lines that were sent do not add up to the total of their own order, in many orders of a source and in the same
 * way. Single orders that differ are not reported: shops have fees, vouchers and discounts that no property names.
 */
export const orderTotalMismatch: WholeCheck = {
  code: 'order-total-mismatch',
  severity: 'loses money',
  title: 'The lines of orders do not add up to the total of the order',
  why: 'Topsort adds up unit price times quantity. If price is the total of the line, or is in cents, Topsort gets a wrong revenue, and every figure about ads that rests on it is wrong.',
  cure: 'Send the price of one item as price, in the unit of the total. If price is the total of the line, map Line Total instead of Unit Price in the field Items of the Purchase mapping.',
  start() {
    const sources = createTopValues(MAX_SOURCES, createMismatches)
    return {
      observe(_, { orders }) {
        for (const order of orders) {
          // The total says nothing about an order whose lines were not all sent.
          if (order.isWhole) sources.add(`${order.source}\n${order.currency}`).add(order)
        }
      },
      result: () => toResult(sources.list().flatMap(({ value, sketch }) => sketch.find(value.split('\n')[0]))),
      save: sources.save,
      merge: sources.merge
    }
  }
}

function toResult(found: readonly Mismatch[]): WholeResult | undefined {
  if (found.length === 0) return undefined
  const worst = found.reduce((one, other) => (other.cases.count() > one.cases.count() ? other : one))
  const figures = summarizeCases(
    found.map(({ cases }) => cases),
    'reported wrongly'
  )
  return { ...figures, sentence: toSentence(worst) }
}

function toSentence({ source, share, factor, cause }: Mismatch): string {
  const percent = Math.max(1, Math.round(share * 100))
  const times = Number(factor.toPrecision(factor < 1 ? 2 : 3))
  return `${percent} % of the orders of ${nameSource(source)} report ${times} times their own total: ${cause}.`
}
