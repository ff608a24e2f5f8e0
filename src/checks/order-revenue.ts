import type { Money } from './finding'
import { roundAmount } from './money'
import type { EventObservation, WireEvents } from './observation'
import { readText, type Properties } from './properties'

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
