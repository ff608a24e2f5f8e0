import type { ShopperFigures } from '../../workbench/api'
import { formatCount, formatMoney } from '../format'

const PERCENT = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })

/** The figures of a shopper, one beside the other. */
export function Figures({ figures }: { figures: ShopperFigures }) {
  const { impressions, clicks, clickThrough, orders, attributedRevenue, organicRevenue } = figures
  const shown: [string, string][] = [
    ['Impressions', formatCount(impressions)],
    ['Clicks', formatCount(clicks)],
    ['Click-through', clickThrough === null ? '–' : PERCENT.format(clickThrough)],
    ['Orders', formatCount(orders)],
    ['Attributed', formatMoney(attributedRevenue)],
    ['Organic', formatMoney(organicRevenue)]
  ]
  return (
    <dl class="figures panel">
      {shown.map(([name, value]) => (
        <div class="figure" key={name}>
          <dt class="hint">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
