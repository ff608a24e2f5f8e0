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
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/

/**
 * Currencies whose prices have no decimals. Source: ISO 4217. COP, IDR and IQD have decimals there, but shops write their
 * prices without.
 */
const WITHOUT_DECIMALS = new Set(
  'BIF CLP COP DJF GNF IDR IQD ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ')
)
/** Currencies with three or four decimals. All others have two. Source: ISO 4217 */
const WITH_MORE_DECIMALS = new Set('BHD CLF JOD KWD LYD OMR TND UYW'.split(' '))

/**
 * Reads a price, such as `9.9`, `"9.90"`, `"$1,299.00"`, `"1.299,00 €"` or `"1'299.00 CHF"`.
 *
 * A plain number keeps its value: `"12.500"` is 12.5. For other text that could be two amounts, the number of decimals
 * of the currency decides. `"12,500"` is 12.5 in Tunisian dinars, which have three, and 12500 in dollars, which have
 * two.
 *
 * In a currency without decimals, such as the Chilean peso, `"12.500"` is 12500 as well. But `"330.275"` may have been
 * the number 330.275, because the framework makes text of numbers. No number becomes text with a 0 at the end.
 * @param currency The ISO 4217 code of the order's currency, if it is known
 * @returns nothing if it is not a number, and `ambiguous` if it could be two amounts. A wrong amount would be worse than
 *   none
 */
export function toPrice(value: unknown, currency?: string): number | 'ambiguous' | undefined {
  const text = toText(value) ?? ''
  if (NUMBER.test(text)) {
    if (!AMBIGUOUS.test(text) || decimalsOf(currency) !== 0) return toFinite(Number(text))
    return text.endsWith('0') ? Number(text.replace('.', '')) : 'ambiguous'
  }

  const money = MONEY.exec(text)?.groups
  if (!money) return undefined
  const { sign, whole, separator = '', mark = '', fraction = '' } = money
  if (mark && mark === separator) return undefined
  if (mark === '' && AMBIGUOUS.test(whole)) {
    const decimals = decimalsOf(/[A-Z]{3}/.exec(text)?.[0] ?? currency)
    if (decimals === undefined) return 'ambiguous'
    if (decimals > 2) return Number(sign + whole.replace(',', '.'))
  }
  return toFinite(Number(`${sign}${whole.replace(/\D/g, '')}.${fraction}`))
}

/** Returns the number of decimals of a currency: 0, 2 or 3. Returns nothing if it is not a code of a currency. */
function decimalsOf(currency = ''): 0 | 2 | 3 | undefined {
  const code = currency.toUpperCase()
  if (!/^[A-Z]{3}$/.test(code)) return undefined
  if (WITHOUT_DECIMALS.has(code)) return 0
  return WITH_MORE_DECIMALS.has(code) ? 3 : 2
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
