import { SEVERITIES } from '../../checks'
import { formatAmount, formatCount, formatCountOf, formatShare } from './numbers'
import type { Change, MessageGroup, PlacedFinding, Report, Share } from './report'
import { COVERAGE_NAMES, dropsOf } from './words'

export type SummaryOptions = { color: boolean; reportFile?: string }

/** How many of the most frequent entries of a list are shown. The report has all. */
const MAX_SHOWN = 8

const WIDTH = 100

/** Writes a report as text for a terminal. */
export function summarize(report: Report, { color, reportFile }: SummaryOptions): string {
  const { bold, dim, red, yellow, green } = createStyles(color)
  const title = (text: string): string => `\n${bold(text)}`
  const { input, findings, failures, leftOut, changes, unreadable, limits, revenue } = report
  const isNothing = Object.values(report.sent).every((count) => count === 0)

  const colors = { bad: red, waiting: yellow, accent: dim, good: green }
  const mark = ({ severity }: PlacedFinding): string => colors[SEVERITIES[severity].tone](severity)
  const finding = (each: PlacedFinding): string[] => [
    `  ${mark(each)}  ${each.title} (${bold(formatCount(each.count))}, ${each.code})`,
    ...wrap(each.cure, '    '),
    ...(each.samples.length > 0 ? [dim(`    for example ${nameOfSample(each.samples[each.samples.length - 1])}`)] : [])
  ]
  const group = (each: MessageGroup): string[] => {
    const [first, ...more] = wrap(
      each.code === undefined ? each.message : `${each.message} (${each.code})`,
      ' '.repeat(11)
    )
    return [
      `${formatCount(each.count).padStart(9)}  ${first.trimStart()}`,
      ...more,
      ...each.samples
        .slice(0, 1)
        .map(({ place, messageId }) => dim(`           ${[place, messageId].filter(Boolean).join('  ')}`))
    ]
  }

  return [
    `${bold(`${formatCountOf(input.events, 'event')} in ${formatCountOf(input.files, 'file')}`)}${periodOf(report)}. Nothing was sent.`,

    title('Events that Topsort would receive'),
    ...(isNothing
      ? [`  Nothing. ${input.unmapped > 0 ? 'No mapping takes these events: see --mappings.' : ''}`]
      : tableOf(arrivals(report))),

    title('By mapping'),
    ...tableOf([
      ['', 'taken', 'delivered', 'failed', 'in part'],
      ...report.mappings.map(({ name, taken, delivered, failed, leftOut }) => [
        name,
        ...[taken, delivered, failed, leftOut].map(formatCount)
      ])
    ]),

    ...section(
      title('Events that reach no mapping'),
      tableOf(dropsOf(input).map(([name, n]) => [name, formatCount(n)]))
    ),
    ...section(title('Events that would fail'), list(failures, group)),
    ...section(title('Events that would be sent in part'), list(leftOut, group)),
    ...section(
      title('Revenue that would not be reported'),
      tableOf(
        revenue.reasons
          .slice(0, MAX_SHOWN)
          .map(({ message, lines, amount }) => [message, formatCountOf(lines, 'line'), formatAmount(amount)])
      )
    ),
    ...section(
      title('Values that would be changed or omitted'),
      list(changes, (change) => [changeLine(change, dim)])
    ),
    ...section(title('Lines and files that cannot be read'), list(unreadable, group)),

    title('Coverage'),
    ...tableOf(
      COVERAGE_NAMES.map(([key, name]) => [name, formatShare(report.coverage[key]), ofText(report.coverage[key])])
    ),

    title('Findings'),
    ...(findings.length === 0 ? [`  ${green('None.')}`] : findings.flatMap(finding)),
    ...section(
      title('Limits of this report'),
      limits.flatMap((limit) => wrap(limit, '  '))
    ),
    '',
    reportFile === undefined
      ? dim('For charts, days and all samples: --report report.html')
      : `The report is in ${bold(reportFile)}`
  ].join('\n')
}

function arrivals({ sent, sponsored, revenue }: Report): string[][] {
  const share = (part: number, of: number): string =>
    `${formatCount(part)} sponsored (${formatShare({ count: part, of })}), ${formatCount(of - part)} organic`
  const credited = `${formatAmount(revenue.credited)} credited to ads (${formatShare({ count: revenue.credited, of: revenue.reported })})`
  return [
    ['Impressions', formatCount(sent.impressions), share(sponsored.impressions, sent.impressions)],
    ['Clicks', formatCount(sent.clicks), share(sponsored.clicks, sent.clicks)],
    [
      'Purchases',
      formatCount(sent.purchases),
      `${formatAmount(revenue.reported)} in ${formatCountOf(revenue.lines, 'line')}, ${credited}`
    ],
    ['Page views', formatCount(sent.pageviews), '']
  ]
}

function periodOf({ input: { first, last } }: Report): string {
  if (first === null || last === null) return ''
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)]
  return from === to ? `, of ${from}` : `, from ${from} to ${to}`
}

function changeLine({ mapping, path, kind, count, samples }: Change, dim: (text: string) => string): string {
  const [sample] = samples
  const values = kind === 'changed' ? `${sample.from} becomes ${sample.to ?? ''}` : `${sample.from} is omitted`
  return `${formatCount(count).padStart(9)}  ${path} of ${mapping} ${dim(`(${values})`)}`
}

function nameOfSample({ place, messageId }: PlacedFinding['samples'][number]): string {
  return place === undefined ? messageId : `${place}  ${messageId}`
}

/** A heading is shown only if something stands below it. */
function section(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines]
}

function list<Item>(items: Item[], toLines: (item: Item) => string[]): string[] {
  const more = items.length - MAX_SHOWN
  return [
    ...items.slice(0, MAX_SHOWN).flatMap(toLines),
    ...(more > 0 ? [`           and ${formatCountOf(more, 'more kind')}`] : [])
  ]
}

/** Aligns the first column to the left, and all other ones that hold numbers to the right. */
function tableOf(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), [])
  const isNumeric = widths.map((_, at) => rows.every((row) => at > 0 && !/[a-z]{2}.*[ ,]/i.test(row[at])))
  return rows.map((row) =>
    `  ${row.map((cell, at) => (isNumeric[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join('  ')}`.trimEnd()
  )
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent.length) {
      lines.push(indent + line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, indent + line]
}

function ofText({ count, of }: Share): string {
  return `${formatCount(count)} of ${formatCount(of)}`
}

type Styles = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green', (text: string) => string>

function createStyles(color: boolean): Styles {
  const style =
    (start: number, end: number) =>
    (text: string): string =>
      color ? `\u001b[${start}m${text}\u001b[${end}m` : text
  return { bold: style(1, 22), dim: style(2, 22), red: style(31, 39), yellow: style(33, 39), green: style(32, 39) }
}
