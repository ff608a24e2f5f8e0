import { listChecks, sayFinding, SEVERITIES } from '../../checks'
import { NO_EVENTS, otherPointsOf, SHARES } from './compare-reports'
import type { Difference, PlacedFinding, Report } from './report'
import { escapeXml } from './xml'

/** A test case. The same ones are in each report, so that a CI server can follow them from night to night. */
type TestCase = {
  kind: Difference['kind']
  name: string
  /** What was found. */
  text?: string
  /** What is lost. Absent if nothing is. */
  loss?: string
  /** The type of the failure. */
  type: string
}

/** The points of the verdict that are not about a finding. */
const POINTS = [NO_EVENTS, 'nothing arrives', 'revenue', 'attribution', 'unreadable']

/**
 * Writes a report as JUnit XML, with a test case for each check and for each other point of the verdict. A test case has
 * failed if money or data is lost. In a report with a baseline, each share that is compared is a test case too, and only
 * those have failed that are new or worse.
 */
export function writeJunit(report: Report): string {
  const cases = [...findingCases(report), ...pointCases(report), ...shareCases(report)].map((testCase) => ({
    testCase,
    failure: failureOf(testCase, report)
  }))
  const failures = cases.filter(({ failure }) => failure !== '').length
  const counts = `tests="${cases.length}" failures="${failures}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="preflight" ${counts}>`,
    `  <testsuite name="preflight" ${counts} errors="0" skipped="0">`,
    ...cases.flatMap(({ testCase, failure }) => toLines(testCase, failure)),
    '  </testsuite>',
    '</testsuites>',
    ''
  ].join('\n')
}

function findingCases(report: Report): TestCase[] {
  const found = new Map(report.findings.map((finding) => [finding.code, finding]))
  // A merged report of another version may have other findings.
  const codes = new Set([...listChecks().map(({ code }) => code), ...found.keys()])
  return [...codes].map((name): TestCase => {
    const finding = found.get(name)
    if (!finding) return { kind: 'finding', name, type: '' }
    const said = sayFinding(finding)
    const loss = SEVERITIES[finding.severity].isLoss ? said : undefined
    return { kind: 'finding', name, text: describe(finding, said), loss, type: finding.severity }
  })
}

function pointCases(report: Report): TestCase[] {
  const points = new Map(otherPointsOf(report).map((point) => [point.badge, point]))
  return [...new Set([...POINTS, ...points.keys()])].map((badge) => {
    const point = points.get(badge)
    return { kind: 'point', name: badge, text: point?.text, loss: point?.isLoss ? point.text : undefined, type: badge }
  })
}

function shareCases({ changesSince }: Report): TestCase[] {
  return changesSince ? SHARES.map(({ code, name }) => ({ kind: 'share', name: code, text: name, type: 'share' })) : []
}

/** Returns why a test case has failed, or empty text. With a baseline, the differences say it. */
function failureOf({ kind, name, loss = '' }: TestCase, { changesSince }: Report): string {
  if (!changesSince) return loss
  return [...changesSince.new, ...changesSince.worse]
    .filter((each) => each.isLoss && each.kind === kind && each.code === name)
    .map(({ sentence }) => sentence)
    .join(' ')
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

function toLines({ kind, name, text = '', type }: TestCase, failure: string): string[] {
  const start = `    <testcase classname="preflight.${kind}s" name="${escapeXml(name)}"`
  if (failure === '' && text === '') return [`${start}/>`]
  const content =
    failure === ''
      ? `<system-out>${escapeXml(text)}</system-out>`
      : `<failure type="${escapeXml(type)}" message="${escapeXml(failure)}">${escapeXml(text)}</failure>`
  return [`${start}>`, `      ${content}`, '    </testcase>']
}
