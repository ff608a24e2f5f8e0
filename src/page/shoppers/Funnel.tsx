import type { ShopperFigures } from '../../workbench/api'
import { formatCount } from '../format'

/** Shows the numbers of impressions, clicks and orders as bars. */
export function Funnel({ figures: { auctions, impressions, clicks, orders } }: { figures: ShopperFigures }) {
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
