import { toText } from '../text'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * A currency before or after the digits: `$`, `R$`, `EUR`, `kr`. Other letters do not match: `10k` and `3 kg` are not
 * prices.
 */
const CURRENCY = String.raw`(?:\p{L}{0,3}\p{Sc}|[A-Z]{3}|kr|zł|Kč|Ft|lei|Fr|Rs|Rp|RM|TL|R)?\.?`
/** Digits in groups of three, or in Indian notation (groups of two and a last one of three), with one separator. */
const GROUPED = String.raw`[1-9]\d{0,2}(?=(?<separator>[,.'’\s]))(?:\k<separator>\d{2,3})*\k<separator>\d{3}`
const MONEY = new RegExp(
  String.raw`^(?<sign>-?)${CURRENCY}\s*(?<whole>${GROUPED}|\d+)(?:(?<mark>[.,])(?<fraction>\d*))?\s*${CURRENCY}$`,
  'u'
)
/** One mark before exactly three digits. In Chile, `$1.290` is 1290. In Kuwait, `KWD 1.290` is 1.29. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/

/**
 * Reads a price, such as `9.9`, `"9.90"`, `"$1,299.00"`, `"1.299,00 €"` or `"1'299.00 CHF"`.
 *
 * A plain number keeps its value: `"12.500"` is 12.5. For other text that could be two amounts, the number of decimals
 * of the currency decides. `"12,500"` is 12.5 in Tunisian dinars, which have three, and 12500 in dollars, which have
 * two. In a currency without decimals, such as the Chilean peso, `"12.500"` is 12500 as well.
 * @param currency The ISO 4217 code of the order's currency, if it is known
 * @returns nothing if it is not a number, or if it could be two amounts and the currency is not known. A wrong amount
 *   would be worse than none
 */
export function toPrice(value: unknown, currency?: string): number | undefined {
  const text = toText(value) ?? ''
  if (NUMBER.test(text) && !(AMBIGUOUS.test(text) && decimalsOf(currency) === 0)) return toFinite(Number(text))

  const money = MONEY.exec(text)?.groups
  if (!money) return undefined
  const { sign, whole, separator = '', mark = '', fraction = '' } = money
  if (mark && mark === separator) return undefined
  if (mark === '' && AMBIGUOUS.test(whole)) {
    const decimals = decimalsOf(/[A-Z]{3}/.exec(text)?.[0] ?? currency)
    if (decimals === undefined) return undefined
    if (decimals > 2) return Number(sign + whole.replace(',', '.'))
  }
  return toFinite(Number(`${sign}${whole.replace(/\D/g, '')}.${fraction}`))
}

/** Returns the number of decimals of a currency, from ISO 4217. */
function decimalsOf(currency = ''): number | undefined {
  if (!/^[a-z]{3}$/i.test(currency)) return undefined
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
}

/** Reads a quantity: `2`, `"0.75"`, `"0,75"`. Returns nothing for `1,250`, which could be two numbers. */
export function toQuantity(value: unknown): number | undefined {
  const text = toText(value) ?? ''
  if (NUMBER.test(text)) return toFinite(Number(text))
  return /^-?\d+,\d+$/.test(text) && !/^-?[1-9]\d{0,2},\d{3}$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

function toFinite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}
