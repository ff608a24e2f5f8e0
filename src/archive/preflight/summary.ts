import { commandLine } from '../../core'
import { sayMissingCost, SEVERITIES, type UnmappedName } from '../../checks'
import { formatLeftOut, formatCredited, formatRevenue } from './money'
import { formatCount, formatCountOf, formatDays, formatShare } from './numbers'
import type { Change, MessageGroup, PlacedFinding, Report } from './report'
import { describeEvidence, describeMissing, listOtherPoints } from './verdict'
import { createStyles, section, type Styles, tableOf, titleOf, wrap } from '../terminal'
import { baselineTitle, COVERAGE_NAMES, DIFFERENCES, dropsOf, totalOf, verdictTitle } from './words'

export type SummaryOptions = { color: boolean; reportFile?: string; casesFolder?: string }

/** The most entries of a list that are shown. The most frequent ones come first. The report has all. */
const MAX_SHOWN = 8

/** The width of the counts before the entries of a list. */
const COUNT_WIDTH = 9

/** Aligns further lines of an entry with its text. */
const INDENT = ' '.repeat(COUNT_WIDTH + 2)

/** Writes a report as text for a terminal. */
export function summarize(report: Report, { color, reportFile, casesFolder }: SummaryOptions): string {
  const styles = createStyles(color)
  const { bold, dim } = styles
  return [
    ...diagnosis(report, styles),
    ...changesSince(report, styles),
    ...results(report, styles),
    ...verdict(report, styles),
    ...problems(report, styles),
    ...checks(report, styles),
    '',
    reportFile === undefined
      ? dim('For charts, days and all samples: --report report.html')
      : `The report is in ${bold(reportFile)}`,
    ...casesHint(report, casesFolder)
  ].join('\n')
}

/** Says how to look at the cases of the first finding that has some. */
function casesHint({ findings }: Report, folder: string | undefined): string[] {
  const first = findings.find(({ samples }) => samples.some(({ messageId }) => messageId !== ''))
  if (folder === undefined || !first) return []
  return [`To look at the cases of a finding: ${commandLine('start', `--open ${folder}/${first.code}.jsonl`)}`]
}

/** Says what was read, and what costs most. */
function diagnosis(report: Report, { bold, red }: Styles): string[] {
  const { input } = report
  const counts = `${formatCountOf(input.events, 'event')} in ${formatCountOf(input.files, 'file')}`
  return [
    `${bold(counts)}${periodOf(report)}. Nothing was sent.`,
    ...input.formats.flatMap((format) => wrap(format, '  ')),
    ...section(
      titleOf('What to look at, the most expensive first', bold),
      report.diagnosis.flatMap(({ code, sentence }, index) => {
        const [first, ...more] = wrap(`${sentence} (${code})`, '     ')
        return [`  ${red(`${index + 1}.`)} ${first.trimStart()}`, ...more]
      })
    )
  ]
}

/** Says what changed since the baseline. Returns no lines without one. */
function changesSince({ changesSince: changes }: Report, { bold, red, yellow, green, dim }: Styles): string[] {
  if (!changes) return []
  const colors = { new: red, worse: yellow, gone: green }
  const lines = DIFFERENCES.flatMap((kind) =>
    list(changes[kind], ({ sentence, code, isLoss }) => [
      `  ${isLoss ? colors[kind](kind) : dim(kind)}`,
      ...wrap(`${sentence} (${code})`, '    ')
    ])
  )
  return [titleOf(baselineTitle(changes), bold), ...(lines.length === 0 ? ['  Nothing is new, worse or gone.'] : lines)]
}

/** Says how many events Topsort would get, and by which mappings. */
function results(report: Report, { bold }: Styles): string[] {
  const { input, sent, mappings } = report
  const nothing = `  Nothing. ${input.unmapped > 0 ? 'No mapping takes these events: see --mappings.' : ''}`
  return [
    titleOf('Events that Topsort would receive', bold),
    ...(totalOf(sent) === 0 ? [nothing] : tableOf(arrivals(report))),
    titleOf('By mapping', bold),
    ...tableOf([
      ['', 'taken', 'delivered', 'failed', 'in part'],
      ...mappings.map(({ name, taken, delivered, failed, leftOut }) => [
        name,
        ...[taken, delivered, failed, leftOut].map(formatCount)
      ])
    ])
  ]
}

/** Says what needs attention, or what shows that nothing does. */
function verdict(report: Report, { bold, red, yellow, green, dim }: Styles): string[] {
  const { state } = report.verdict
  const points = listOtherPoints(report)
  const title = verdictTitle(report)
  if (state === 'clear') return [titleOf(green(title), bold), ...wrap(describeEvidence(report), '  ')]
  const missing = describeMissing(report)
  const needed = missing === '' ? [] : wrap(missing, '  ')
  if (state === 'too little evidence') return [titleOf(title, bold), ...needed]
  if (points.length === 0) return section(titleOf('Evidence', bold), needed)
  const colors = { bad: red, waiting: yellow, neutral: dim }
  return [
    titleOf(title, bold),
    ...points.flatMap(({ badge, tone, text }) => [`  ${colors[tone](badge)}`, ...wrap(text, '    ')]),
    ...needed
  ]
}

/** Lists what would not arrive as it is in the archive. */
function problems(report: Report, { bold, dim }: Styles): string[] {
  const { input, failures, leftOut, revenue, changes, unreadable } = report
  const listGroups = (groups: MessageGroup[]): string[] => list(groups, (group) => groupLines(group, dim))
  const drops = dropsOf(input).map(([name, count]) => [name, formatCount(count)])
  const reasons = revenue.reasons
    .slice(0, MAX_SHOWN)
    .map(({ message, lines, amounts }) => [message, formatCountOf(lines, 'line'), formatLeftOut(amounts)])
  const sections: [title: string, lines: string[]][] = [
    ['Events that reach no mapping', tableOf(drops)],
    ['Names of events that no mapping takes', tableOf(namesOf(input.unmappedNames))],
    ['Events that would fail', listGroups(failures)],
    ['Events that would be sent in part', listGroups(leftOut)],
    ['Revenue that would not be reported', tableOf(reasons)],
    ['Values that would be changed or omitted', list(changes, (change) => [changeLine(change, dim)])],
    ['Lines and files that cannot be read', listGroups(unreadable)]
  ]
  return sections.flatMap(([title, lines]) => section(titleOf(title, bold), lines))
}

/** Says what the events have that Topsort needs, and which mistakes the checks found. */
function checks({ coverage, findings, limits }: Report, styles: Styles): string[] {
  const { bold, green } = styles
  return [
    titleOf('Coverage', bold),
    ...tableOf(
      COVERAGE_NAMES.map(([key, name]) => {
        const { count, of } = coverage[key]
        return [name, formatShare(coverage[key]), `${formatCount(count)} of ${formatCount(of)}`]
      })
    ),
    titleOf('Findings', bold),
    ...(findings.length === 0 ? [`  ${green('None.')}`] : findings.flatMap((finding) => findingLines(finding, styles))),
    ...section(
      titleOf('Limits of this report', bold),
      limits.flatMap((limit) => wrap(limit, '  '))
    )
  ]
}

function namesOf(names: readonly UnmappedName[]): string[][] {
  return names
    .slice(0, MAX_SHOWN)
    .map(({ name, count, looksLike }) => [name, formatCount(count), looksLike === null ? '' : `like a ${looksLike}`])
}

function findingLines(finding: PlacedFinding, { bold, dim, red, yellow, green }: Styles): string[] {
  const { code, severity, title, count, cure, samples, sentence } = finding
  const colors = { bad: red, waiting: yellow, accent: dim, good: green }
  const mark = colors[SEVERITIES[severity].tone](severity)
  const newest = samples.at(-1)
  return [
    `  ${mark}  ${title} (${bold(formatCount(count))}, ${code})`,
    ...[sentence, sayMissingCost(finding)].flatMap((text) => (text ? wrap(text, '    ') : [])),
    ...wrap(cure, '    '),
    ...(newest && newest.messageId !== '' ? [dim(`    for example ${nameOfSample(newest)}`)] : [])
  ]
}

function groupLines({ code, message, count, samples }: MessageGroup, dim: Styles['dim']): string[] {
  const [first, ...more] = wrap(code === undefined ? message : `${message} (${code})`, INDENT)
  return [
    `${formatCount(count).padStart(COUNT_WIDTH)}  ${first.trimStart()}`,
    ...more,
    ...samples.slice(0, 1).map((sample) => dim(`${INDENT}${nameOfSample(sample)}`))
  ]
}

function arrivals({ sent, sponsored, revenue }: Report): string[][] {
  const share = (part: number, of: number): string =>
    `${formatCount(part)} sponsored (${formatShare({ count: part, of })}), ${formatCount(of - part)} organic`
  const creditedShare = formatCredited(revenue)
  const credited = `${formatRevenue(revenue, 'credited')} credited to ads${creditedShare && ` (${creditedShare})`}`
  return [
    ['Impressions', formatCount(sent.impressions), share(sponsored.impressions, sent.impressions)],
    ['Clicks', formatCount(sent.clicks), share(sponsored.clicks, sent.clicks)],
    [
      'Purchases',
      formatCount(sent.purchases),
      `${formatRevenue(revenue, 'reported')} in ${formatCountOf(revenue.lines, 'line')}, ${credited}`
    ],
    ['Page views', formatCount(sent.pageviews), '']
  ]
}

function periodOf({ input: { first, last } }: Report): string {
  if (first === null || last === null) return ''
  const days = formatDays(first, last)
  return days.includes(' to ') ? `, from ${days}` : `, of ${days}`
}

function changeLine({ mapping, path, kind, count, samples }: Change, dim: (text: string) => string): string {
  const [sample] = samples
  const values = kind === 'changed' ? `${sample.from} becomes ${sample.to ?? ''}` : `${sample.from} is omitted`
  return `${formatCount(count).padStart(COUNT_WIDTH)}  ${path} of ${mapping} ${dim(`(${values})`)}`
}

/** Names an event, and where it is. */
function nameOfSample({ place, messageId }: { place?: string; messageId?: string }): string {
  return [place, messageId].filter(Boolean).join('  ')
}

function list<Item>(items: Item[], toLines: (item: Item) => string[]): string[] {
  const more = items.length - MAX_SHOWN
  return [
    ...items.slice(0, MAX_SHOWN).flatMap(toLines),
    ...(more > 0 ? [`${INDENT}and ${formatCountOf(more, 'more kind')}`] : [])
  ]
}
