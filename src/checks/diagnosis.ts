import { compareCost, type Cost, type Finding } from './finding'
import { sayCount, sayMissingCost } from './say'
import { SEVERITIES } from './severities'

/** A sentence about what is lost. */
export type Diagnosis = {
  /** The code of the finding. */
  code: string
  /** One or more whole sentences, with the figures of the finding. */
  sentence: string
  /** What it costs, in the currency that it costs most in. Null if that is not known, or if it costs no revenue. */
  cost: Cost | null
  /** The first day, such as `2026-01-18`. */
  since: string
}

/** A finding without its cases. */
type Summary = Omit<Finding, 'samples'>

/** More sentences are not read. */
const MAX_SENTENCES = 5

/** Findings that another finding explains, by the code of the other one. */
const CONSEQUENCES: Record<string, readonly string[]> = {
  'mapping-fails': ['failed-event', 'unusable-line', 'empty-list'],
  'id-space-mismatch': ['nothing-credited'],
  'unknown-buyers': ['no-interaction'],
  'resetting-user-id': ['no-interaction'],
  'clock-lag': ['no-interaction']
}

/** Says in at most five sentences what is lost, the most expensive first, and then what is worth a look. */
export function diagnose(findings: readonly Summary[]): Diagnosis[] {
  const explained = new Set(findings.flatMap(({ code }) => listConsequences(code)))
  const isLoss = ({ severity }: Summary): boolean => SEVERITIES[severity].isLoss
  return findings
    .filter((finding) => (isLoss(finding) || isTelling(finding)) && !explained.has(finding.code))
    .sort(
      (one, other) =>
        Number(isLoss(other)) - Number(isLoss(one)) ||
        (other.cost?.amount ?? 0) - (one.cost?.amount ?? 0) ||
        compareCost(one, other)
    )
    .slice(0, MAX_SENTENCES)
    .map((finding) => ({
      code: finding.code,
      sentence: sayFinding(finding),
      cost: finding.cost,
      since: finding.first.slice(0, 10)
    }))
}

/** Returns whether a finding that may be no mistake has seen all events, and says what it has seen. */
export function isTelling({ severity, sentence }: Summary): boolean {
  return severity === 'worth a look' && sentence !== undefined
}

/** Returns the codes of the findings that a finding explains. */
export function listConsequences(code: string): readonly string[] {
  return Object.hasOwn(CONSEQUENCES, code) ? CONSEQUENCES[code] : []
}

/** Says in whole sentences what a finding is, with its figures and what it costs. */
export function sayFinding(finding: Summary): string {
  const { sentence, title, count } = finding
  const text = sentence ?? `${title}: ${sayCount(count, 'case')}.`
  return [text, sayMissingCost(finding)].filter(Boolean).join(' ')
}
