import type { Share } from './report'

/** Writes a count: `12,345`. */
export function formatCount(number: number): string {
  return number.toLocaleString('en')
}

/** Writes a count and what it counts: `1 event`, `12,345 events`. */
export function formatCountOf(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`
}

/** Writes an amount of money, whose currency is not known: `1,234.50`. */
export function formatAmount(amount: number): string {
  return amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** Writes a share as a percentage: `45.5 %`. A share of nothing is `-`. */
export function formatShare({ count, of }: Share): string {
  if (of === 0) return '-'
  const percent = (count * 100) / of
  const rounded = percent.toFixed(1)
  // A few of many must not look like none, nor nearly all like all.
  if (rounded === '0.0' && count > 0) return 'under 0.1 %'
  if (rounded === '100.0' && count < of) return 'over 99.9 %'
  return `${rounded} %`
}
