import { Panel, Table } from '../../../page/ui'
import { formatAmount, formatCount, formatShare } from '../numbers'
import type { Day } from '../report'
import { DayChart } from './DayChart'

const percent = (value: number): string => `${value.toFixed(1)} %`

const shareOf = (count: number, of: number): number => (of === 0 ? 0 : (count * 100) / of)

/** Shows the counts of each day. A broken release of the shop shows as a step. */
export function Days({ days }: { days: Day[] }) {
  return (
    <Panel title="Day by day" note="By the time of the events, in UTC. A broken release of the shop shows as a step.">
      <div class="charts">
        <DayChart
          title="Impressions"
          days={days}
          format={formatCount}
          parts={[
            { name: 'sponsored', tone: 'main', valueOf: (day) => day.sponsoredImpressions },
            { name: 'organic', tone: 'second', valueOf: (day) => day.impressions - day.sponsoredImpressions }
          ]}
        />
        <DayChart
          title="Clicks"
          days={days}
          format={formatCount}
          parts={[
            { name: 'sponsored', tone: 'main', valueOf: (day) => day.sponsoredClicks },
            { name: 'organic', tone: 'second', valueOf: (day) => day.clicks - day.sponsoredClicks }
          ]}
        />
        <DayChart
          title="Revenue of the orders"
          days={days}
          format={formatAmount}
          parts={[
            { name: 'credited to ads', tone: 'good', valueOf: (day) => day.credited },
            { name: 'not credited', tone: 'second', valueOf: (day) => day.revenue - day.credited }
          ]}
        />
        <DayChart
          title="Clicks with a bid"
          days={days}
          format={percent}
          full={100}
          parts={[{ name: 'share', tone: 'main', valueOf: (day) => shareOf(day.sponsoredClicks, day.clicks) }]}
        />
        <DayChart
          title="Orders whose user clicked before"
          days={days}
          format={percent}
          full={100}
          parts={[
            { name: 'share', tone: 'main', valueOf: (day) => shareOf(day.ordersWithEarlierClick, day.purchases) }
          ]}
        />
        <DayChart
          title="Events that would fail or be sent in part"
          days={days}
          format={formatCount}
          parts={[
            { name: 'fail', tone: 'bad', valueOf: (day) => day.failed },
            { name: 'sent in part', tone: 'second', valueOf: (day) => day.leftOut }
          ]}
        />
      </div>
      <details class="more">
        <summary>The numbers of all days</summary>
        <Table
          caption="Numbers by day"
          rows={days}
          keyOf={({ day }) => day}
          columns={[
            { title: 'Day', cell: ({ day }) => <span class="nowrap">{day}</span> },
            { title: 'Events', isNumber: true, cell: (day) => formatCount(day.events) },
            { title: 'Impressions', isNumber: true, cell: (day) => formatCount(day.impressions) },
            { title: 'Clicks', isNumber: true, cell: (day) => formatCount(day.clicks) },
            {
              title: 'with a bid',
              isNumber: true,
              cell: (day) => formatShare({ count: day.sponsoredClicks, of: day.clicks })
            },
            { title: 'Purchases', isNumber: true, cell: (day) => formatCount(day.purchases) },
            { title: 'Revenue', isNumber: true, cell: (day) => formatAmount(day.revenue) },
            { title: 'credited', isNumber: true, cell: (day) => formatAmount(day.credited) },
            { title: 'Page views', isNumber: true, cell: (day) => formatCount(day.pageviews) },
            { title: 'Failed', isNumber: true, cell: (day) => formatCount(day.failed) }
          ]}
        />
      </details>
    </Panel>
  )
}
