import type { CostKind, Finding, Money } from './finding'
import type { CallSource } from './source'

/** Writes a share from 0 to 1 as `4.2 %`. */
export function sayShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** Writes an amount as `3,840.00 USD`, or says that no currency is known. */
function sayMoney({ amount, currency }: Money): string {
  const number = amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return `${number} ${currency ?? '(currency unknown)'}`
}

/** Writes amounts of several currencies: `1,234.50 USD and 20.00 EUR`. */
export function sayMoneys(moneys: readonly Money[]): string {
  return sayList(moneys.map(sayMoney))
}

const COSTS: Record<CostKind, string> = {
  uncredited: 'are not credited',
  'not reported': 'are not reported',
  'reported twice': 'are reported twice',
  'reported wrongly': 'are reported wrongly'
}

/** Says what happens to the orders of a cost: `are not credited`. */
export function sayFate(of: CostKind): string {
  return COSTS[of]
}

/** Says what a finding costs in a sentence. Empty text if that is not known. */
export function sayCost({ cost, otherCosts }: Pick<Finding, 'cost' | 'otherCosts'>): string {
  if (!cost) return ''
  return `Orders worth ${sayMoneys([cost, ...otherCosts])} ${sayFate(cost.of)}.`
}

/** Says what a finding costs, if its own sentence does not. Empty text if that is not known. */
export function sayMissingCost(finding: Pick<Finding, 'cost' | 'otherCosts' | 'isCostSaid'>): string {
  return finding.isCostSaid ? '' : sayCost(finding)
}

/** Writes a list as `a, b and c`. */
export function sayList(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('')
  return `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}`
}

/** Writes a count and its noun: `1 event`, `12,345 events`. */
export function sayCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}

/** Names a source: `source project-ios`. */
export function nameSource(source: string): string {
  return source === '' ? 'an unnamed source' : `source ${source}`
}

/** Names a group of calls: `ios 7.2`, `web` or the id of its source. */
export function saySource({ source, platform, version }: Omit<CallSource, 'sdk'>): string {
  return [platform || source || 'an unknown source', version].filter(Boolean).join(' ')
}
