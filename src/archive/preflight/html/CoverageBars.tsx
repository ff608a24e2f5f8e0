import { Panel } from '../../../page/ui'
import { formatCount, formatShare } from '../numbers'
import type { Coverage } from '../report'
import { COVERAGE_NAMES } from '../words'

/** Explains each share to people who do not know Topsort. */
const MEANINGS: Record<keyof Coverage, string> = {
  clicksWithBid: 'Only clicks with the bid of an auction are billed, and get the credit for orders.',
  impressionsWithBid: 'Only impressions with the bid of an auction count for an ad.',
  ordersWithEarlierClick:
    'Topsort credits an order to an earlier click with the same user id. If few users clicked before, orders may carry another id than clicks.',
  linesWithVendor: 'Halo attribution needs the vendor of each line.',
  eventsWithAnonymousId: 'By default this is the id that Topsort gets.',
  eventsWithUserId: 'It is used for events that have no anonymousId.',
  eventsWithNoId: 'Topsort refuses events without a user.'
}

/** Shows how many events have the values that Topsort needs. */
export function CoverageBars({ coverage }: { coverage: Coverage }) {
  return (
    <Panel title="Coverage" note="How many events have the values that Topsort needs.">
      <ul class="bars bars-explained">
        {COVERAGE_NAMES.map(([key, name]) => {
          const share = coverage[key]
          const percent = share.of === 0 ? 0 : (share.count * 100) / share.of
          return (
            <li key={key}>
              <span>
                {name}
                <span class="hint">{MEANINGS[key]}</span>
              </span>
              <span class="bar" aria-hidden="true">
                <span class="bar-fill bar-main" style={`width: ${percent.toFixed(1)}%`} />
              </span>
              <span class="bar-value">
                {formatShare(share)}
                <span class="hint">
                  {formatCount(share.count)} of {formatCount(share.of)}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
