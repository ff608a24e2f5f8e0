import type { CostKind } from '../../src/checks/finding'
import type { Check } from '../../src/checks/model'
import { registry, wholeRegistry } from '../../src/checks/registry'
import { sayFate } from '../../src/checks/say'
import { SEVERITIES, type Severity } from '../../src/checks/severities'
import { triggerLosesMeaning } from '../../src/checks/trigger-loses-meaning'
import { SECTIONS, SEVERITY_MEANINGS } from './finding-explanations'
import { replacePart } from './generated-part'
import { toCode, toTable } from './table'

/** What the page says of a check. A check of all events may have costs of several kinds. */
type Documented = Pick<Check, 'code' | 'severity' | 'title' | 'why' | 'cure'> & {
  costs?: CostKind | readonly CostKind[]
}

type Section = (typeof SECTIONS)[number]

/** All checks that can report a finding. */
export const DOCUMENTED_CHECKS: readonly Documented[] = [...registry, ...wholeRegistry, triggerLosesMeaning]

/**
 * Replaces the tables and the sections of the page about findings. The text between them is written by hand.
 *
 * @throws Error if the page lacks the markers, or if an explanation has no check
 */
export function replaceFindings(page: string): string {
  const withTables = replacePart(page, 'the checks', 'tables', toTables())
  return replacePart(withTables, 'the checks and their explanations', 'sections', SECTIONS.map(toSection).join('\n\n'))
}

/**
 * Writes the code words of a plain sentence as code: names in camel or snake case, paths, JSON, times and long ids.
 *
 * @example
 * markCode('Send product_id.') // Send `product_id`.
 */
export function markCode(sentence: string): string {
  return sentence.replace(CODE_WORDS, '`$&`')
}

const CODE_WORDS = new RegExp(
  [
    String.raw`\{.*\}`,
    String.raw`"\w+": \w+`,
    String.raw`\d{4}-\d\d-\d\dT[\d:]+Z`,
    String.raw`\+\d\d:\d\d`,
    String.raw`\b\d{16,}\b`,
    String.raw`\b[a-z]+(\.\w+)+(\(\)|( > \d+)?)`,
    String.raw`\b[a-z]+[A-Z][a-z]\w*`,
    String.raw`\b[a-z]+_[a-z_]+`,
    String.raw`\b(entity|unset)\b`
  ].join('|'),
  'g'
)

function toTables(): string {
  const severities = (Object.keys(SEVERITIES) as Severity[]).map((severity) => [
    toCode(severity),
    SEVERITY_MEANINGS[severity]
  ])
  const codes = SECTIONS.flatMap(({ explanations }) => Object.keys(explanations))
  return [
    toTable(['Severity', 'Meaning'], severities),
    'These are all findings. The last column says what the cost of a finding means. A finding without a cost can still cost money, for example if an ad is billed twice.',
    toTable(
      ['Code', 'Severity', 'What it says', 'Its cost: the revenue of orders that'],
      codes.map(findCheck).map(toRow)
    )
  ].join('\n\n')
}

function toRow({ code, severity, title, costs = [] }: Documented): string[] {
  const kinds = typeof costs === 'string' ? [costs] : costs
  return [`[${code}](#${code})`, toCode(severity), title, kinds.map(sayFate).join(', or ')]
}

function toSection({ title, intro, explanations }: Section): string {
  const findings = Object.entries(explanations).map(([code, explanation]) => toFinding(findCheck(code), explanation))
  return [`## ${title}`, ...(intro === undefined ? [] : [intro]), ...findings].join('\n\n')
}

function toFinding(check: Documented, explanation: Section['explanations'][string]): string {
  const isGood = check.severity === 'good news'
  return [
    `### ${check.code}`,
    `${toCode(check.severity)}: ${check.title}.`,
    ...toParagraph(isGood ? 'The event' : 'The mistake', explanation.mistake),
    ...toParagraph(isGood ? 'Why it is good' : 'Why it costs', markCode(check.why), explanation.why),
    ...toParagraph(isGood ? 'What to do' : 'How to correct it', markCode(check.cure), explanation.cure),
    ...(explanation.more === undefined ? [] : [explanation.more]),
    ...toParagraph('What is correct', explanation.correct),
    ...toParagraph('What the check cannot see', explanation.unseen)
  ].join('\n\n')
}

/** Returns a paragraph of these texts, or none if there is no text. */
function toParagraph(title: string, ...texts: (string | undefined)[]): string[] {
  const text = texts.filter((each) => each !== undefined).join(' ')
  return text === '' ? [] : [`**${title}.** ${text}`]
}

function findCheck(code: string): Documented {
  const check = DOCUMENTED_CHECKS.find((each) => each.code === code)
  if (!check) throw new Error(`scripts/docs/finding-explanations.ts explains ${code}, which no check has`)
  return check
}
