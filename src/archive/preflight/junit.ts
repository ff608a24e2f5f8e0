import { listChecks, sayFinding, SEVERITIES } from '../../checks'
import { NO_EVENTS, otherPointsOf, SHARES } from './compare-reports'
import type { Difference, PlacedFinding, Report } from './report'
import { escapeXml } from './xml'

/** A test case. The same ones are in each report, so that a CI server can follow them from night to night. */
type TestCase = {
  group: 'findings' | 'points' | 'shares'
  name: string
  /** What was found. */
  text?: string
  /** Why it failed. Absent if it passed. */
  failure?: { type: string; message: string }
}

/** The points of the verdict that are not about a finding. */
const POINTS = [NO_EVENTS, 'nothing arrives', 'revenue', 'attribution', 'unreadable']

/**
 * Writes a report as JUnit XML, with a test case for each check and for each other point of the verdict. A test case has
 * failed if money or data is lost. In a report with a baseline, each share that is compared is a test case too, and only
 * those have failed that are new or worse.
 */
export function writeJunit(report: Report): string {
  const cases = [...findingCases(report), ...pointCases(report), ...shareCases(report)]
  const failures = cases.filter(({ failure }) => failure).length
  const counts = `tests="${cases.length}" failures="${failures}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="preflight" ${counts}>`,
    `  <testsuite name="preflight" ${counts} errors="0" skipped="0">`,
    ...cases.flatMap(toLines),
    '  </testsuite>',
    '</testsuites>',
    ''
  ].join('\n')
}

function findingCases(report: Report): TestCase[] {
  const found = new Map(report.findings.map((finding) => [finding.code, finding]))
  // A merged report of another version may have other findings.
  const codes = new Set([...listChecks().map(({ code }) => code), ...found.keys()])
  return [...codes].map((code): TestCase => {
    const finding = found.get(code)
    if (!finding) return { group: 'findings', name: code }
    const said = sayFinding(finding)
    const { isLoss } = SEVERITIES[finding.severity]
    const failure = failureOf(report, 'finding', code, isLoss ? said : undefined, finding.severity)
    return { group: 'findings', name: code, text: describe(finding, said), ...failure }
  })
}

function pointCases(report: Report): TestCase[] {
  const points = new Map(otherPointsOf(report).map((point) => [point.badge, point]))
  return [...new Set([...POINTS, ...points.keys()])].map((badge): TestCase => {
    const point = points.get(badge)
    const failure = failureOf(report, 'point', badge, point?.isLoss ? point.text : undefined, badge)
    return { group: 'points', name: badge, text: point?.text, ...failure }
  })
}

function shareCases(report: Report): TestCase[] {
  if (!report.changesSince) return []
  return SHARES.map(({ code, name }): TestCase => {
    const failure = failureOf(report, 'share', code, undefined, 'share')
    return { group: 'shares', name: code, text: name, ...failure }
  })
}

/**
 * Returns why a test case has failed, if it has.
 *
 * @param loss what is lost. Absent if nothing is. With a baseline, the differences say it
 */
function failureOf(
  { changesSince }: Report,
  kind: Difference['kind'],
  code: string,
  loss: string | undefined,
  type: string
): Pick<TestCase, 'failure'> {
  const differences = changesSince ? [...changesSince.new, ...changesSince.worse] : []
  const said = differences
    .filter((each) => each.isLoss && each.kind === kind && each.code === code)
    .map(({ sentence }) => sentence)
  const message = changesSince ? said.join(' ') : loss
  return message ? { failure: { type, message } } : {}
}

/** Says what was found, what to do, and where the cases are. */
function describe({ why, cure, link, samples }: PlacedFinding, sentence: string): string {
  const lines = samples.map((sample) =>
    Object.entries({ ...sample, sortKey: undefined })
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([key, value]) => `${key}: ${String(value)}`)
      .join(', ')
  )
  return [sentence, why, cure, `More: ${link}`, ...(lines.length > 0 ? ['Samples:', ...lines] : [])].join('\n')
}

function toLines({ group, name, text = '', failure }: TestCase): string[] {
  const attributes = `classname="preflight.${group}" name="${escapeXml(name)}"`
  if (failure) {
    const { type, message } = failure
    return [
      `    <testcase ${attributes}>`,
      `      <failure type="${escapeXml(type)}" message="${escapeXml(message)}">${escapeXml(text)}</failure>`,
      '    </testcase>'
    ]
  }
  if (text === '') return [`    <testcase ${attributes}/>`]
  return [`    <testcase ${attributes}>`, `      <system-out>${escapeXml(text)}</system-out>`, '    </testcase>']
}
