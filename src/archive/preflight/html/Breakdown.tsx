import type { BreakdownGroup } from '../../../checks'
import { Panel, Table } from '../../../page/ui'
import { formatAmounts } from '../money'
import { formatCount, formatCountOf, formatShare } from '../numbers'
import type { PlacedFinding, Report } from '../report'
import { DayChart } from './DayChart'

type GroupDay = BreakdownGroup['days'][number]
/** A case of `broken-since`. */
export type Step = PlacedFinding['samples'][number]
type NumberKey = Exclude<keyof GroupDay, 'day' | 'revenue'>
type Share = { name: string; part: NumberKey; of: NumberKey }

/** More small charts are not read. */
const MAX_CHARTS = 12

/** What a chart shows, by the measure of a step. */
const SHARES: Share[] = [
  { name: 'clicks with a bid', part: 'clicksWithBid', of: 'clicks' },
  { name: 'impressions with a bid', part: 'impressionsWithBid', of: 'impressions' },
  { name: 'order lines with a price', part: 'linesWithPrice', of: 'lines' },
  { name: 'orders after a click', part: 'ordersWithClick', of: 'ordersSent' },
  { name: 'events that fail', part: 'failed', of: 'taken' }
]

/** Shows the counts of each source, platform, version and SDK, and a small chart for each with the step marked. */
export function Breakdown({ report: { breakdown, days }, steps }: { report: Report; steps: readonly Step[] }) {
  if (breakdown.length === 0) return null
  const dayNames = days.map(({ day }) => day).filter((day) => day !== 'unknown')
  return (
    <Panel title="By source and version" note={formatCountOf(breakdown.length, 'group')}>
      <div class="charts charts-small">
        {breakdown.slice(0, MAX_CHARTS).map((group) => (
          <GroupChart
            key={nameOf(group)}
            group={group}
            days={dayNames}
            steps={steps.filter((step) => isOf(step, group))}
          />
        ))}
      </div>
      <details class="more">
        <summary>The numbers of all groups</summary>
        <Table
          caption="Numbers by source and version"
          rows={breakdown}
          keyOf={nameOf}
          columns={[
            { title: 'Source', cell: ({ source, isRest }) => (isRest ? 'all others' : source) },
            { title: 'Platform', cell: ({ platform }) => platform },
            { title: 'Version or host', cell: ({ version }) => version },
            { title: 'SDK', cell: ({ sdk }) => sdk },
            { title: 'Events', isNumber: true, cell: ({ events }) => formatCount(events) },
            { title: 'Fail', isNumber: true, cell: ({ failed, taken }) => formatShare({ count: failed, of: taken }) },
            {
              title: 'Clicks with a bid',
              isNumber: true,
              cell: ({ clicks, clicksWithBid }) => formatShare({ count: clicksWithBid, of: clicks })
            },
            {
              title: 'Impressions with a bid',
              isNumber: true,
              cell: ({ impressions, impressionsWithBid }) => formatShare({ count: impressionsWithBid, of: impressions })
            },
            { title: 'Orders', isNumber: true, cell: ({ orders }) => formatCount(orders) },
            { title: 'Revenue', isNumber: true, cell: ({ revenue }) => formatAmounts(revenue) }
          ]}
        />
      </details>
    </Panel>
  )
}

type ChartProps = { group: BreakdownGroup; days: readonly string[]; steps: readonly Step[] }

/** Shows the share that changed in a step, or else the share of clicks with a bid, or the orders of a day. */
function GroupChart({ group, days, steps }: ChartProps) {
  const byDay = new Map(group.days.map((day) => [day.day, day]))
  const filled = days.map((day): { day: string; counts?: GroupDay } => ({ day, counts: byDay.get(day) }))
  const marks = steps.flatMap(({ day }) => day ?? [])
  const share = SHARES.find(({ name }) => name === steps.at(0)?.measure) ?? SHARES[0]
  if (group[share.of] === 0) {
    const valueOf = ({ counts }: (typeof filled)[number]): number => counts?.orders ?? 0
    const parts = [{ name: 'orders', tone: 'second' as const, valueOf }]
    return <DayChart {...titlesOf(group, 'orders')} days={filled} parts={parts} format={formatCount} marks={marks} />
  }
  const valueOf = ({ counts }: (typeof filled)[number]): number =>
    counts === undefined || counts[share.of] === 0 ? 0 : (counts[share.part] * 100) / counts[share.of]
  return (
    <DayChart
      {...titlesOf(group, share.name)}
      days={filled}
      parts={[{ name: 'share', tone: 'main', valueOf }]}
      format={(value) => `${value.toFixed(1)} %`}
      full={100}
      marks={marks}
    />
  )
}

/** Names a group, and what its chart shows. */
function titlesOf({ source, platform, version, sdk, isRest }: BreakdownGroup, what: string) {
  if (isRest) return { title: 'All others', note: what }
  return {
    title: [platform, version].filter(Boolean).join(' ') || 'Unknown platform',
    note: [what, source, sdk].filter(Boolean).join(', ')
  }
}

function nameOf({ source, platform, version, sdk, isRest }: BreakdownGroup): string {
  if (isRest) return 'All others'
  return [source, platform, version, sdk].filter(Boolean).join(', ') || 'Unknown source'
}

/** A step without a source, platform or version is of all of them. */
function isOf(step: Step, group: BreakdownGroup): boolean {
  return (['source', 'platform', 'version'] as const).every((key) => !step[key] || step[key] === group[key])
}
