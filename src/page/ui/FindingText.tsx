/** @jsxRuntime automatic @jsxImportSource preact */
// The root tsconfig.json leaves the page out, and preflight runs this file under it.
import type { Finding } from '../../checks'
import { sayMissingCost } from '../../checks/say'
import { SEVERITIES } from '../../checks/severities'
import { Badge } from './Badge'

/** The properties of `FindingText`. */
export type FindingTextProps = {
  finding: Pick<
    Finding,
    'code' | 'severity' | 'title' | 'why' | 'cure' | 'cost' | 'otherCosts' | 'sentence' | 'isCostSaid'
  >
  /** The level of its heading on the page. */
  heading: 'h2' | 'h3'
  /** The number of cases, in words. Default: none. */
  cases?: string
  /** The time of the cases, in words. */
  when: string
}

/** Returns whether a finding is no mistake. It costs nothing. */
export function isGoodNews({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity === 'good news'
}

/**
 * Describes a finding: what it is, its figures and cost, why it costs and what to do. Its cases are shown below.
 *
 * @example
 * <FindingText finding={finding} heading="h2" cases="3 cases" when="today" />
 */
export function FindingText({ finding, heading: Heading, cases, when }: FindingTextProps) {
  const { code, severity, title } = finding
  return (
    <>
      <header class="finding-header">
        <Heading>{title}</Heading>
        <Badge tone={SEVERITIES[severity].tone}>{severity}</Badge>
        <span class="hint code">{code}</span>
        <span class="finding-count">
          {cases}
          <span class="hint">{when}</span>
        </span>
      </header>
      <FindingReason finding={finding} />
    </>
  )
}

/** Says the figures and the cost of a finding, why it costs and what to do. */
export function FindingReason({ finding }: Pick<FindingTextProps, 'finding'>) {
  const { why, cure, sentence } = finding
  const figures = [sentence, sayMissingCost(finding)].filter(Boolean).join(' ')
  return (
    <>
      {figures !== '' && <p class="finding-figures">{figures}</p>}
      <dl class="finding-text">
        <div>
          <dt class="hint">Why it {isGoodNews(finding) ? 'matters' : 'costs'}</dt>
          <dd>{why}</dd>
        </div>
        <div>
          <dt class="hint">What to do</dt>
          <dd>{cure}</dd>
        </div>
      </dl>
    </>
  )
}
