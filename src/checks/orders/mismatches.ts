import { roundAmount } from '../money'
import { type Cases, createCases } from '../sketches/cases'
import { createCounts } from '../sketches/keyed'
import { type Cause, CAUSES, explainTotal, hasQuantity, hasSeveral } from './explain-total'
import { type SentOrder, toOrderCase } from './sent-orders'
import { joinSketches, keepValue } from '../sketches/sketch'
import { createTopValues } from '../sketches/top-values'

/** Orders of one source and currency whose lines do not add up to their total, for one reason. */
export type Mismatch = {
  /** The source or the version of the orders, in words. */
  whose: string
  isVersion: boolean
  cases: Cases
  /** The share of these orders among those of the source that have a total, from 0 to 1. */
  share: number
  /** How many times the total the lines are. */
  factor: number
  /** The likely reason, as the end of a sentence. */
  cause: string
}

/** Compares the orders of one source and currency with their own totals. */
export type Mismatches = ReturnType<typeof createMismatches>

/** Fewer orders may differ by chance. */
const MIN_ORDERS = 10
const MIN_SHARE = 0.2

/** A price that is the total of its line shows only in orders with several items of a product. */
const MIN_SHARE_OF_SHOWING = 0.5

/** How many causes and factors are told apart. One that more than 4 % of the wrong orders have is never missed. */
const MAX_REASONS = 25

/** The logarithm of a factor is rounded to steps of 1 %. */
const STEP = Math.log(1.01)

/** Creates the comparison of one source and currency, without any order. It takes up to 80 KB. */
export function createMismatches() {
  /** Orders that have a total, those with several items of a product, and those without any quantity. */
  const counted = keepValue({ all: 0, several: 0, unquantified: 0 })
  const counts = counted.value
  /** Wrong orders by their cause. Those without a cause are under their factor, in steps. */
  const reasons = createTopValues(MAX_REASONS, createDiffering)

  function isFrequent({ cases }: Pick<Differing, 'cases'>, cause?: Cause): boolean {
    const count = cases.count()
    const showing = cause === 'lineTotal' ? counts.several : cause === 'noQuantity' ? counts.unquantified : counts.all
    return count >= MIN_ORDERS && (count >= counts.all * MIN_SHARE || count >= showing * MIN_SHARE_OF_SHOWING)
  }

  return {
    ...joinSketches({ counts: counted, reasons }),
    add(order: SentOrder): void {
      const explanation = explainTotal(order)
      if (explanation.is === 'unknown') return
      counts.all += 1
      if (hasSeveral(order.lines)) counts.several += 1
      if (!hasQuantity(order.properties)) counts.unquantified += 1
      if (explanation.is === 'right') return
      const { cause, total } = explanation
      const steps = Math.round(Math.log(order.revenue.amount / total) / STEP)
      addOrder(reasons.add(cause ?? String(steps)), order, total)
    },
    /**
     * Returns the mismatches that are frequent enough.
     *
     * @param whose the source or the version of the orders, in words
     */
    find(whose: string, isVersion: boolean): Mismatch[] {
      const toMismatch = (differing: Differing, cause: string): Mismatch => {
        const { cases } = differing
        return { whose, isVersion, cases, share: cases.count() / counts.all, factor: factorOf(differing), cause }
      }
      const found = reasons.list()
      const known = found.flatMap(({ value, sketch }) => {
        return isCause(value) && isFrequent(sketch, value) ? [toMismatch(sketch, CAUSES[value])] : []
      })
      const constant = joinNeighbors(found.filter(({ value }) => !isCause(value)))
        .filter((differing) => isFrequent(differing) && isConstant(differing))
        .map((differing) => toMismatch(differing, toConstantCause(factorOf(differing))))
      return [...known, ...constant]
    }
  }
}

function isCause(value: string): value is Cause {
  return Object.hasOwn(CAUSES, value)
}

/** An order of one product at one price has the same factor each time, whatever the reason. */
const MIN_AMOUNTS = 5

type Differing = ReturnType<typeof createDiffering>

/** Orders that differ from their total in the same way. */
function createDiffering() {
  const sums = keepValue({ sent: 0, own: 0 }, { sent: addAmounts, own: addAmounts })
  return joinSketches({ cases: createCases(), sums, amounts: createCounts(MIN_AMOUNTS) })
}

function addOrder({ cases, sums, amounts }: Differing, order: SentOrder, total: number): void {
  const { amount, currency } = order.revenue
  cases.add(toOrderCase(order, { amount: roundAmount(Math.abs(amount - total)), currency }))
  sums.value.sent = addAmounts(sums.value.sent, amount)
  sums.value.own = addAmounts(sums.value.own, total)
  amounts.add(String(amount))
}

function addAmounts(one: number, other: number): number {
  return roundAmount(one + other)
}

/** Returns how many times their totals the lines are. */
function factorOf({ sums: { value } }: Differing): number {
  return value.sent / value.own
}

/** Joins the orders of each factor with those of the factors next to it, because rounded prices give close factors. */
function joinNeighbors(factors: readonly { value: string; sketch: Differing }[]): Differing[] {
  const rest = new Map(factors.map(({ value, sketch }) => [Number(value), sketch]))
  return factors.map(({ value }) => {
    const joined = createDiffering()
    for (const factor of [Number(value) - 1, Number(value), Number(value) + 1]) {
      const sketch = rest.get(factor)
      if (sketch) joined.merge(sketch.save())
      rest.delete(factor)
    }
    return joined
  })
}

/** Lines with taxes and a total without them, or the other way round, differ by less than this factor. */
const MAX_TAX_FACTOR = 1.28

/** Returns whether a factor is no tax, and the same for different amounts. */
function isConstant(differing: Differing): boolean {
  const factor = factorOf(differing)
  const isVaried = differing.amounts.list().length >= MIN_AMOUNTS
  return isVaried && (factor > MAX_TAX_FACTOR || factor < 1 / MAX_TAX_FACTOR)
}

function toConstantCause(factor: number): string {
  return factor > 1
    ? 'the price is before a discount that the total has, or in another unit'
    : 'the price is in another unit than the total'
}
