const NUMBER = new Intl.NumberFormat('en-US')

/** Writes a whole number: `10,000`. */
export function formatCount(count: number): string {
  return NUMBER.format(count)
}

/** Writes a noun with its number: `1 event`, `2 events`. */
export function formatCountOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Writes the time of day to the millisecond, in the reader's time zone: `14:05:09.123`. Returns other texts as they are. */
export function formatTime(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  const two = (number: number): string => String(number).padStart(2, '0')
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0')
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`
}

/** Writes a value as JSON on one line, and shortens long ones. */
export function formatValue(value: unknown, maxLength = 80): string {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) return 'nothing'
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}
