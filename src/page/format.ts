import type { Money } from '../checks'
import { DAY, HOUR, MINUTE, SECOND } from '../core/durations'

const NUMBER = new Intl.NumberFormat('en-US')

/** Writes a whole number: `10,000`. */
export function formatCount(count: number): string {
  return NUMBER.format(count)
}

/** Writes a noun with its number: `1 event`, `2 events`. */
export function formatCountOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** How exactly a time is written. */
export type TimePrecision = 'milliseconds' | 'seconds' | 'minutes'

const LENGTHS: Record<TimePrecision, number> = { milliseconds: 12, seconds: 8, minutes: 5 }

/**
 * Writes a time in the reader's time zone, with its date if that is not today: `14:05:09.123`, `28 Nov 14:05:09.123`.
 * Returns other texts as they are.
 */
export function formatTime(iso: string, precision: TimePrecision = 'milliseconds'): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  const text = `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`
  return `${isToday(time) ? '' : `${formatDate(time)} `}${text.slice(0, LENGTHS[precision])}`
}

/** Returns how exactly a time is written in a list: the longer its date, the less exactly. */
export function listPrecision(iso: string): TimePrecision {
  const time = new Date(iso)
  if (isToday(time)) return 'milliseconds'
  return time.getFullYear() === new Date().getFullYear() ? 'seconds' : 'minutes'
}

/** Writes the day of a time for a separator: `Today`, or `Saturday 28 November 2026`. */
export function formatDay(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  if (isToday(time)) return 'Today'
  return DAYS.format(time).replace(',', '')
}

const DAYS = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

function formatDate(time: Date): string {
  const isThisYear = time.getFullYear() === new Date().getFullYear()
  return time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) })
}

function isToday(time: Date): boolean {
  return time.toDateString() === new Date().toDateString()
}

const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Writes an amount: `1,290.00`, or `1,290.00 USD` if its currency is known. */
export function formatMoney(amount: number, currency?: string): string {
  return `${MONEY.format(amount)}${currency === undefined ? '' : ` ${currency}`}`
}

/** Writes amounts of several currencies: `1,290.00 USD and 20.00 EUR`. */
export function formatMoneys(moneys: readonly Money[]): string {
  if (moneys.length === 0) return formatMoney(0)
  return moneys.map(({ amount, currency }) => formatMoney(amount, currency ?? undefined)).join(' and ')
}

/** Writes a length of time in one unit: `300 ms`, `4 s`, `2 min`, `3 h`, `5 d`. */
export function formatDuration(milliseconds: number): string {
  const units = [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's']
  ] as const
  const unit = units.find(([size]) => milliseconds >= size)
  return unit ? `${Math.round(milliseconds / unit[0])} ${unit[1]}` : `${Math.round(milliseconds)} ms`
}

/** Writes a value as JSON on one line, and shortens long ones. */
export function formatValue(value: unknown, maxLength = 80): string {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined ? 'nothing' : clip(text, maxLength)
}

/** Shortens a long text. */
export function clip(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}
