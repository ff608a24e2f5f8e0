import { sayMoneys } from '../../checks'
import type { Amounts, Revenue, RevenueSums } from './report'

/** The key of amounts whose currency is not known. */
export const UNKNOWN_CURRENCY = 'unknown'

/** Writes amounts by currency, the largest first. Nothing is `0.00`. */
export function formatAmounts(amounts: Readonly<Amounts>): string {
  const moneys = Object.entries(amounts)
    .filter(([, amount]) => amount > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([currency, amount]) => ({ amount, currency: currency === UNKNOWN_CURRENCY ? null : currency }))
  return moneys.length === 0 ? '0.00' : sayMoneys(moneys)
}

/** Writes one of the sums of the revenue, by currency. */
export function formatRevenue({ byCurrency }: Pick<Revenue, 'byCurrency'>, sum: keyof RevenueSums): string {
  return formatAmounts(Object.fromEntries(Object.entries(byCurrency).map(([currency, sums]) => [currency, sums[sum]])))
}

/** Names the currency of amounts that are added up without one: `USD`, or that there is none or several. */
export function nameCurrency({ byCurrency }: Pick<Revenue, 'byCurrency'>): string {
  const currencies = Object.keys(byCurrency)
  if (currencies.length > 1) return 'several currencies, added up'
  return currencies.length === 0 || currencies[0] === UNKNOWN_CURRENCY ? 'currency unknown' : currencies[0]
}

/** Returns the currency that properties or a payload name, or `unknown`. */
export function currencyOf(properties: unknown): string {
  const { currency } = Object(properties) as { currency?: unknown }
  return typeof currency === 'string' && currency.trim() !== '' ? currency.trim() : UNKNOWN_CURRENCY
}
