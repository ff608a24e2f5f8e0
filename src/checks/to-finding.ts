import type { Finding } from './finding'
import type { CheckText, WholeResult } from './model'

/**
 * Makes a finding of what a check has found.
 *
 * @param result times in milliseconds since 1970, and the costs by currency, the largest first
 */
export function toFinding(
  { code, severity, title, why, cure }: CheckText,
  { count, first, last, costs, samples, sentence, isCostSaid }: WholeResult
): Finding {
  const [cost = null, ...otherCosts] = costs
  return {
    code,
    severity,
    title,
    why,
    cure,
    link: `docs/findings.md#${code}`,
    count,
    cost,
    otherCosts,
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    samples,
    ...(sentence !== undefined && { sentence }),
    ...(isCostSaid && { isCostSaid })
  }
}
