import { SEVERITIES } from '../../../checks'
import { Badge, type Tone } from '../../../page/ui'
import { formatAmount, formatCount, formatCountOf, formatShare } from '../numbers'
import type { Report } from '../report'
import { totalOf } from '../words'

type Point = { text: string; badge: string; tone: Tone; href?: string }

/** If the share of orders whose user clicked before is smaller, orders and clicks may have different ids. */
const FEW_CLICKERS = 0.2

/** Shows the points to look at first. */
export function Attention({ report }: { report: Report }) {
  const points = pointsOf(report)
  return (
    <section class="panel attention" aria-labelledby="attention">
      <h2 id="attention">{points.length === 0 ? 'Nothing needs attention' : 'Needs attention'}</h2>
      {points.length === 0 && (
        <p class="hint">Every event that a mapping takes would arrive, and no check found a mistake.</p>
      )}
      <ul>
        {points.map(({ text, badge, tone, href }) => (
          <li key={text}>
            <Badge tone={tone}>{badge}</Badge>
            {href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function pointsOf({ findings, mappings, revenue, coverage, input, sent }: Report): Point[] {
  const failed = mappings.reduce((total, mapping) => total + mapping.failed, 0)
  const taken = mappings.reduce((total, mapping) => total + mapping.taken, 0)
  const { ordersWithEarlierClick: orders } = coverage
  const point = (isTold: boolean, told: Point): Point[] => (isTold ? [told] : [])
  return [
    ...point(totalOf(sent) === 0, {
      badge: 'nothing arrives',
      tone: 'bad',
      text: 'No event of this archive would arrive at Topsort.'
    }),
    ...findings
      .filter(({ severity }) => SEVERITIES[severity].isLoss)
      .map(({ code, severity, title, count }): Point => {
        const { tone } = SEVERITIES[severity]
        return { badge: severity, tone, text: `${title}: ${formatCountOf(count, 'case')}.`, href: `#${code}` }
      }),
    ...point(failed > 0, {
      badge: 'fail',
      tone: 'bad',
      text: `${formatCountOf(failed, 'event')} would fail, ${formatShare({ count: failed, of: taken })} of those that a mapping takes.`,
      href: '#failures'
    }),
    ...point(revenue.leftOut > 0, {
      badge: 'revenue',
      tone: 'waiting',
      text: `${formatAmount(revenue.leftOut)} of revenue would not be reported.`,
      href: '#revenue'
    }),
    ...point(orders.of > 0 && orders.count < orders.of * FEW_CLICKERS, {
      badge: 'attribution',
      tone: 'waiting',
      text: `Only ${formatShare(orders)} of the orders are by a user who clicked before. Compare the ids of orders and clicks.`
    }),
    ...point(input.unreadable > 0, {
      badge: 'unreadable',
      tone: 'neutral',
      text: `${formatCount(input.unreadable)} lines or files of the archive cannot be read.`,
      href: '#unreadable'
    })
  ]
}
