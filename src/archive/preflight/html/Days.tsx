import { type Column, Panel, Table } from '../../../page/ui'
import { formatRevenue, nameCurrency } from '../money'
import { formatAmount, formatCount, formatShare } from '../numbers'
import type { Day } from '../report'
import { DayChart, type Part } from './DayChart'

type NumberKey = Exclude<keyof Day, 'day' | 'revenue'>

/** Splits the events of a day into those of ads and all others. */
function sponsoredParts(all: NumberKey, sponsored: NumberKey): Part<Day>[] {
  return [
    { name: 'sponsored', tone: 'main', valueOf: (day) => day[sponsored] },
    { name: 'organic', tone: 'second', valueOf: (day) => day[all] - day[sponsored] }
  ]
}

/**
 * A chart of how many percent of the events of a day have something.
 *
 * @param measure the measure of `broken-since` whose steps it marks
 */
function shareChart(title: string, part: NumberKey, of: NumberKey, measure: string) {
  const valueOf = (day: Day): number => (day[of] === 0 ? 0 : (day[part] * 100) / day[of])
  const parts: Part<Day>[] = [{ name: 'share', tone: 'main', valueOf }]
  return { title, format: (value: number): string => `${value.toFixed(1)} %`, full: 100, parts, measure }
}

const CHARTS = [
  { title: 'Impressions', format: formatCount, parts: sponsoredParts('impressions', 'sponsoredImpressions') },
  { title: 'Clicks', format: formatCount, parts: sponsoredParts('clicks', 'sponsoredClicks') },
  shareChart('Clicks with a bid', 'sponsoredClicks', 'clicks', 'clicks with a bid'),
  shareChart('Orders whose user clicked before', 'ordersWithEarlierClick', 'purchases', 'orders after a click'),
  {
    title: 'Events that would fail or be sent in part',
    measure: 'events that fail',
    format: formatCount,
    parts: [
      { name: 'fail', tone: 'bad', valueOf: (day) => day.failed },
      { name: 'sent in part', tone: 'second', valueOf: (day) => day.leftOut }
    ]
  }
] satisfies (Omit<Parameters<typeof DayChart<Day>>[0], 'days'> & { measure?: string })[]

/** More currencies than these have no chart. */
const MAX_CURRENCIES = 3

/** A chart of the revenue in one currency. */
function revenueChart(currency: string) {
  const of = ({ revenue }: Day): Day['revenue'][string] =>
    Object.hasOwn(revenue, currency) ? revenue[currency] : { reported: 0, credited: 0 }
  const parts: Part<Day>[] = [
    { name: 'credited to ads', tone: 'good', valueOf: (day) => of(day).credited },
    { name: 'not credited', tone: 'second', valueOf: (day) => of(day).reported - of(day).credited }
  ]
  return { title: 'Revenue of the orders', note: nameCurrency(currency), format: formatAmount, parts }
}

function numberColumn(title: string, write: (day: Day) => string): Column<Day> {
  return { title, isNumber: true, cell: write }
}

const COLUMNS: Column<Day>[] = [
  { title: 'Day', cell: ({ day }) => <span class="nowrap">{day}</span> },
  numberColumn('Events', (day) => formatCount(day.events)),
  numberColumn('Impressions', (day) => formatCount(day.impressions)),
  numberColumn('Clicks', (day) => formatCount(day.clicks)),
  numberColumn('with a bid', (day) => formatShare({ count: day.sponsoredClicks, of: day.clicks })),
  numberColumn('Purchases', (day) => formatCount(day.purchases)),
  numberColumn('Revenue', (day) => formatRevenue({ byCurrency: day.revenue }, 'reported')),
  numberColumn('credited', (day) => formatRevenue({ byCurrency: day.revenue }, 'credited')),
  numberColumn('Page views', (day) => formatCount(day.pageviews)),
  numberColumn('Failed', (day) => formatCount(day.failed))
]

type Props = {
  days: Day[]
  currencies: readonly string[]
  /** The days on which a measure changed. */
  steps: readonly { measure?: string; day?: string }[]
}

/** Shows the counts of each day. A broken release of the shop shows as a step. */
export function Days({ days, currencies, steps }: Props) {
  const marksOf = (measure: string | undefined): string[] =>
    steps.flatMap((step) => (step.measure !== undefined && step.measure === measure && step.day ? [step.day] : []))
  return (
    <Panel title="Day by day" note="By the time of the events, in UTC. A broken release of the shop shows as a step.">
      <div class="charts">
        {currencies.slice(0, MAX_CURRENCIES).map((currency) => (
          <DayChart key={currency} days={days} {...revenueChart(currency)} />
        ))}
        {CHARTS.map(({ measure, ...chart }: (typeof CHARTS)[number] & { measure?: string }) => (
          <DayChart key={chart.title} days={days} {...chart} marks={marksOf(measure)} />
        ))}
      </div>
      <details class="more">
        <summary>The numbers of all days</summary>
        <Table caption="Numbers by day" rows={days} keyOf={({ day }) => day} columns={COLUMNS} />
      </details>
    </Panel>
  )
}
