import { sayMoneys } from '../../checks'
import { formatShare } from './numbers'
import type { Amounts, Revenue, RevenueSums } from './report'

/** The key of amounts whose currency is not known. */
export const UNKNOWN_CURRENCY = 'unknown'

/** Writes amounts by currency, the largest first. Writes `none` if there is no amount above 0. */
export function formatAmounts(amounts: Readonly<Amounts>, none = '0.00'): string {
  const moneys = Object.entries(amounts)
    .filter(([, amount]) => amount > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([currency, amount]) => ({ amount, currency: currency === UNKNOWN_CURRENCY ? null : currency }))
  return moneys.length === 0 ? none : sayMoneys(moneys)
}

/** Writes an amount that is left out of orders, whose prices may be the reason. */
export function formatLeftOut(amounts: Readonly<Amounts>): string {
  return formatAmounts(amounts, 'without a readable price')
}

/** Writes one of the sums of the revenue, by currency. */
export function formatRevenue<Sum extends keyof RevenueSums>(
  { byCurrency }: { byCurrency: Readonly<Record<string, Pick<RevenueSums, Sum>>> },
  sum: Sum
): string {
  return formatAmounts(Object.fromEntries(Object.entries(byCurrency).map(([currency, sums]) => [currency, sums[sum]])))
}

/** Writes the share of the revenue that is credited: `56.0 %`. Empty text if it has several currencies. */
export function formatCredited({ byCurrency }: Pick<Revenue, 'byCurrency'>): string {
  const all = Object.values(byCurrency)
  if (all.length > 1) return ''
  const { reported, credited } = all.at(0) ?? { reported: 0, credited: 0 }
  return formatShare({ count: credited, of: reported })
}

/** Names a currency: `USD`, or that it is unknown. */
export function nameCurrency(currency: string): string {
  return currency === UNKNOWN_CURRENCY ? 'currency unknown' : currency
}

/** Returns the currency that properties or a payload name, or `unknown`. */
export function currencyOf(properties: unknown): string {
  const { currency } = Object(properties) as { currency?: unknown }
  return typeof currency === 'string' && currency.trim() !== '' ? currency.trim() : UNKNOWN_CURRENCY
}
