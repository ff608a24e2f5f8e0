import type { ShopperSummary } from '../../workbench/api'
import { formatCount, formatMoneys } from '../format'

const PERCENT = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })

/** The figures of a shopper, one beside the other. */
export function Figures({ figures }: { figures: ShopperSummary }) {
  const { impressions, clicks, clickThrough, orders, credited, uncredited, organic } = figures
  const shown: [name: string, value: string, explained: string][] = [
    ['Impressions', formatCount(impressions), ''],
    ['Clicks', formatCount(clicks), ''],
    [
      'Click-through',
      clickThrough === null ? '–' : PERCENT.format(clickThrough),
      'The share of the seen ads that were clicked'
    ],
    ['Orders', formatCount(orders), ''],
    ['Credited', formatMoneys(credited), 'Order lines that an ad gets the credit for'],
    ['Uncredited', formatMoneys(uncredited), 'Order lines whose product had an ad, without credit for it'],
    ['Organic', formatMoneys(organic), 'Order lines whose product had no ad']
  ]
  return (
    <dl class="figures panel">
      {shown.map(([name, value, explained]) => (
        <div class="figure" key={name} title={explained || undefined}>
          <dt class="hint">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Shows the numbers of impressions, clicks and orders as bars. */
export function Funnel({ figures: { auctions, impressions, clicks, orders } }: { figures: ShopperSummary }) {
  const steps: [string, number][] = [
    ['Auctions', auctions],
    ['Impressions', impressions],
    ['Clicks', clicks],
    ['Orders', orders]
  ]
  const largest = Math.max(1, ...steps.map(([, count]) => count))
  return (
    <dl class="stack">
      {steps.map(([name, count], index) => (
        <div key={name} class="funnel-step">
          <dt class="quiet">{name}</dt>
          <dd>
            <span class={`funnel-bar funnel-${index}`} style={{ width: `${(count / largest) * 100}%` }} />
            <span>{formatCount(count)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
