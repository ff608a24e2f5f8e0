import type { Share } from './report'

/** Writes a count: `12,345`. */
export function formatCount(number: number): string {
  return number.toLocaleString('en')
}

/** Writes a count and what it counts: `1 event`, `12,345 events`. */
export function formatCountOf(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(number)} ${number === 1 ? noun : plural}`
}

/** Writes the days from one time to another: `2026-01-31`, or `2026-01-31 to 2026-02-03`. */
export function formatDays(first: string, last: string): string {
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)]
  return from === to ? from : `${from} to ${to}`
}

/** Writes an amount of money, in an unknown currency: `1,234.50`. */
export function formatAmount(amount: number): string {
  return amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** Writes a share as a percentage: `45.5 %`. A share of nothing is `-`. */
export function formatShare({ count, of }: Share): string {
  if (of === 0) return '-'
  const percent = (count * 100) / of
  const rounded = percent.toFixed(1)
  // Few of many must not look like none, and nearly all must not look like all.
  if (rounded === '0.0' && count > 0) return 'under 0.1 %'
  if (rounded === '100.0' && count < of) return 'over 99.9 %'
  return `${rounded} %`
}
