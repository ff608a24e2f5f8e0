import { text } from './normalize'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A currency before or after the digits: `$`, `R$`, `EUR`, `kr`. No other letters: `10k` and `3 kg` are no prices. */
const CURRENCY = String.raw`(?:\p{L}{0,3}\p{Sc}|[A-Z]{3}|kr|zł|Kč|Ft|lei|Fr|Rs|Rp|RM|TL|R)?\.?`
/** Groups of three digits, or as in India of two and at last three, always with the same separator. */
const GROUPED = String.raw`[1-9]\d{0,2}(?=(?<separator>[,.'’\s]))(?:\k<separator>\d{2,3})*\k<separator>\d{3}`
const MONEY = new RegExp(
  String.raw`^(?<sign>-?)${CURRENCY}\s*(?<whole>${GROUPED}|\d+)(?:(?<mark>[.,])(?<fraction>\d*))?\s*${CURRENCY}$`,
  'u'
)
/** Three digits after one point are thousands in Santiago (`$1.290`) and thousandths in Kuwait (`KWD 1.290`). */
const AMBIGUOUS = /^[1-9]\d{0,2}\.\d{3}$/
/** The same without a currency, as no number is written: `1.299` may be a number, `1.290` is text. */
const AMBIGUOUS_TEXT = /^[1-9]\d{0,2}\.\d\d0$/

/**
 * The number that a price is written as: `9.9`, `"9.90"`, `"$1,299.00"`, `"1.299,00 €"`, `"1'299.00 CHF"`.
 *
 * One comma before exactly three digits separates thousands (`1,299`); any other lone comma is a decimal mark (`9,90`).
 * What is no number, or could be one of two, is absent: a wrong amount would be worse than none.
 */
export function price(value: unknown): number | undefined {
  const written = text(value) ?? ''
  if (AMBIGUOUS_TEXT.test(written)) return undefined
  if (NUMBER.test(written)) return finite(Number(written))
  const money = MONEY.exec(written)?.groups
  if (!money) return undefined
  const { sign, whole, separator = '', mark = '', fraction = '' } = money
  if ((mark && mark === separator) || AMBIGUOUS.test(whole + mark + fraction)) return undefined
  return finite(Number(`${sign}${whole.replace(/\D/g, '')}.${fraction}`))
}

/** The number that a quantity is written as: `2`, `"0.75"`, `"0,75"`. `1,250` could be one of two, and is absent. */
export function quantity(value: unknown): number | undefined {
  const written = text(value) ?? ''
  if (NUMBER.test(written)) return finite(Number(written))
  return /^-?\d+,\d+$/.test(written) && !/^-?[1-9]\d{0,2},\d{3}$/.test(written)
    ? Number(written.replace(',', '.'))
    : undefined
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}
