import type { Cost, CostKind, Money } from './finding'
import type { EventObservation, WireEvents } from './observation'
import { type Properties, readText } from './properties'

/** Sums of money, by their currency. */
export type Sums = ReturnType<typeof createSums>

/** The key of amounts whose currency is not known. */
const UNKNOWN = ''

/**
 * Creates empty sums.
 *
 * @param start sums to continue with. They stay as they are
 */
export function createSums(start: readonly Money[] = []) {
  const sums = new Map<string, number>()

  function add(money: Money | undefined): void {
    if (!money) return
    const key = money.currency ?? UNKNOWN
    sums.set(key, roundAmount((sums.get(key) ?? 0) + money.amount))
  }

  /** Returns the sums of all currencies, the largest first. */
  function list(): Money[] {
    return [...sums]
      .map(([currency, amount]) => ({ amount, currency: currency === UNKNOWN ? null : currency }))
      .filter(({ amount }) => amount > 0)
      .sort(byAmount)
  }

  start.forEach(add)
  return {
    add,
    list,
    /** Returns the same as costs. */
    costs: (of: CostKind): Cost[] => list().map((money) => ({ ...money, of })),
    save: list,
    merge: (saved: unknown): void => {
      for (const money of saved as Money[]) add(money)
    }
  }
}

/** Adds amounts to sums, by their currency. Returns the new sums, the largest first. */
export function addMoneys(sums: readonly Money[], more: readonly (Money | undefined)[]): Money[] {
  const all = createSums(sums)
  more.forEach(all.add)
  return all.list()
}

/** Compares amounts for sorting, the largest amount first. */
export function byAmount(one: Money, other: Money): number {
  return other.amount - one.amount || String(one.currency).localeCompare(String(other.currency))
}

/** Rounds to 6 decimals after each addition, so that the error of many additions does not show. */
export function roundAmount(amount: number): number {
  return Number(amount.toFixed(6))
}

/** A line of an order as it is sent to Topsort. */
export type SentLine = NonNullable<WireEvents['purchases']>[number]['items'][number]

/** Returns the revenue of a line that was sent. */
export function lineRevenue({ unitPrice, quantity = 1 }: SentLine): number {
  return unitPrice * quantity
}

/** Returns the revenue of lines that were sent. The properties name the currency, because it is not sent. */
export function toRevenue(lines: readonly SentLine[], { currency }: Properties): Money {
  const amount = lines.reduce((sum, line) => roundAmount(sum + lineRevenue(line)), 0)
  return { amount, currency: readText(currency) ?? null }
}

/** Returns the revenue of the orders that Topsort accepted for a call. Undefined if there is none. */
export function readSentRevenue({ event, deliveries }: EventObservation): Money | undefined {
  const orders = deliveries.flatMap(({ ok, sent }) => (ok ? (sent?.purchases ?? []) : []))
  const lines = orders.flatMap(({ items }) => items)
  return lines.length > 0 ? toRevenue(lines, event.properties ?? {}) : undefined
}

/** Returns the revenue of lines as the shop sends them. Undefined if a line has no price that is a plain number. */
export function readShopRevenue(lines: readonly Properties[], { currency }: Properties): Money | undefined {
  const amounts = lines.map(({ price, quantity }) => readNumber(price) * readNumber(quantity ?? 1))
  const amount = roundAmount(amounts.reduce((sum, each) => sum + each, 0))
  return Number.isFinite(amount) && amount > 0 ? { amount, currency: readText(currency) ?? null } : undefined
}

/** Returns a number, or text that is one. NaN for any other value. */
export function readNumber(value: unknown): number {
  const text = readText(value)
  return text === undefined ? NaN : Number(text)
}
