import { formatCredited, formatLeftOut, formatRevenue } from '../money'
import { formatCount, formatCountOf, formatDays, formatShare } from '../numbers'
import type { Change, InputCounts, Report } from '../report'
import { totalOf } from '../words'
import { Attention, BaselineChanges } from './Attention'
import { Breakdown } from './Breakdown'
import { CoverageBars } from './CoverageBars'
import { Days } from './Days'
import { EventFlow } from './EventFlow'
import { Findings, MessageGroups } from './Findings'
import { shortenPlaces } from './short-places'
import { TablePanel } from './TablePanel'

/** Shows the whole report: the results first, then the days, then the problems to correct. */
export function ReportPage({ report: whole }: { report: Report }) {
  const { report, folder } = shortenPlaces(whole)
  const steps = report.findings.find(({ code }) => code === 'broken-since')?.samples ?? []
  const { input, failures, leftOut, unreadable, changes, revenue, limits } = report
  return (
    <main class="report">
      <header class="report-header">
        <p class="report-kind">Preflight for Topsort</p>
        <h1>{headline(report)}</h1>
        <p class="lead">
          {formatCountOf(input.events, 'event')} of {periodOf(input)} were tried with the mappings of the destination.
          Nothing was sent.
        </p>
      </header>
      <Attention report={report} />
      {report.changesSince && <BaselineChanges changes={report.changesSince} />}
      <Figures report={report} />
      <Days days={report.days} currencies={Object.keys(revenue.byCurrency)} steps={steps} />
      <Breakdown report={report} steps={steps} />
      <EventFlow report={report} />
      <UnmappedNames names={input.unmappedNames} />
      <Findings findings={report.findings} />
      <div id="failures" class="stack">
        <MessageGroups
          title="Events that would fail"
          note="Topsort would not get them. Open a message to see where they are."
          tone="bad"
          groups={failures}
        />
        <MessageGroups
          title="Events that would be sent in part"
          note="Topsort would get them without some of their lines, products or values."
          tone="waiting"
          groups={leftOut}
        />
      </div>
      <div id="revenue">
        <LeftOutRevenue revenue={revenue} />
      </div>
      <Changes changes={changes} />
      <CoverageBars coverage={report.coverage} />
      <div id="unreadable">
        <MessageGroups
          title="Lines and files that cannot be read"
          note="All others are read."
          tone="neutral"
          groups={unreadable}
        />
      </div>
      <footer class="hint report-footer">
        {input.formats.map((format) => (
          <p key={format}>{format}</p>
        ))}
        {limits.map((limit) => (
          <p key={limit}>{limit}</p>
        ))}
        {folder !== '' && (
          <p>
            The files are in <span class="code value">{folder}</span>
          </p>
        )}
        <p>
          Revenue is credited by Topsort&rsquo;s published rules: to the last click with a bid, by the same user, on the
          same product, within the attribution window. An archive has no auctions, so bids are known from the events
          only. In production, Topsort&rsquo;s own attribution engine decides.
        </p>
      </footer>
    </main>
  )
}

function headline({ sent }: Report): string {
  const total = totalOf(sent)
  return total === 0
    ? 'Topsort would have received nothing'
    : `Topsort would have received ${formatCountOf(total, 'event')}`
}

function periodOf({ first, last }: InputCounts): string {
  return first === null || last === null ? 'the archive' : formatDays(first, last)
}

function Figures({ report: { sent, sponsored, revenue } }: { report: Report }) {
  const sponsoredOf = (count: number, of: number): string => `${formatShare({ count, of })} sponsored`
  const credited = formatCredited(revenue)
  const figures: [name: string, value: string, note: string][] = [
    ['Impressions', formatCount(sent.impressions), sponsoredOf(sponsored.impressions, sent.impressions)],
    ['Clicks', formatCount(sent.clicks), sponsoredOf(sponsored.clicks, sent.clicks)],
    ['Purchases', formatCount(sent.purchases), `${formatRevenue(revenue, 'reported')} of revenue`],
    [
      'Credited to ads',
      formatRevenue(revenue, 'credited'),
      credited === '' ? 'by currency' : `${credited} of the revenue`
    ],
    ['Page views', formatCount(sent.pageviews), 'organic']
  ]
  return (
    <dl class="figures">
      {figures.map(([name, value, note]) => (
        <div key={name} class="panel figure">
          <dt>{name}</dt>
          <dd>
            <span class={value.length > 10 ? 'figure-value is-long' : 'figure-value'}>{value}</span>
            <span class="hint">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Shows the names of the events that no mapping takes. */
function UnmappedNames({ names }: { names: InputCounts['unmappedNames'] }) {
  return (
    <TablePanel
      title="Events that no mapping takes"
      note="By name, the most frequent first."
      caption="Names of events that no mapping takes"
      rows={names}
      keyOf={({ name }) => name}
      columns={[
        { title: 'Name', cell: ({ name }) => <span class="value">{name}</span> },
        { title: 'Events', isNumber: true, cell: ({ count }) => formatCount(count) },
        { title: 'Looks like', cell: ({ looksLike }) => looksLike ?? 'nothing that Topsort takes' }
      ]}
    />
  )
}

/** Shows the order lines that would not be sent, by reason. */
function LeftOutRevenue({ revenue }: { revenue: Report['revenue'] }) {
  return (
    <TablePanel
      title="Revenue that would not be reported"
      note={`${formatRevenue(revenue, 'leftOut')} in ${formatCountOf(revenue.leftOutLines, 'order line')}, as far as prices can be read`}
      caption="Revenue by reason"
      rows={revenue.reasons}
      keyOf={({ code = '', message }) => `${code} ${message}`}
      columns={[
        { title: 'Why', cell: ({ message }) => message },
        { title: 'Lines', isNumber: true, cell: ({ lines }) => formatCount(lines) },
        { title: 'Amount', isNumber: true, cell: ({ amounts }) => formatLeftOut(amounts) },
        { title: 'For example', cell: ({ samples }) => <span class="code value">{samples.at(0)?.place}</span> }
      ]}
    />
  )
}

/** Shows the values that the destination would correct or omit. */
function Changes({ changes }: { changes: Change[] }) {
  return (
    <TablePanel
      title="Values that would be changed or omitted"
      note="They are optional, so their events are sent."
      caption="Values by field"
      rows={changes}
      keyOf={({ mapping, path, kind }) => `${mapping} ${path} ${kind}`}
      columns={[
        { title: 'Times', isNumber: true, cell: ({ count }) => formatCount(count) },
        { title: 'Mapping', cell: ({ mapping }) => <span class="nowrap">{mapping}</span> },
        { title: 'Field', cell: ({ path }) => <span class="code">{path}</span> },
        { title: 'Done', cell: ({ kind }) => kind },
        { title: 'For example', cell: ({ samples: [sample] }) => <Example {...sample} /> }
      ]}
    />
  )
}

function Example({ from, to, place }: { from: string; to?: string; place: string }) {
  return (
    <span class="value" title={place}>
      <span class="code">{from}</span>
      {to !== undefined && (
        <>
          {' becomes '}
          <span class="code">{to}</span>
        </>
      )}
    </span>
  )
}
