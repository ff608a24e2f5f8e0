import { SEVERITIES } from '../../checks'
import { formatAmount, formatCount, formatCountOf, formatShare } from './numbers'
import type { Point, ReportFacts, Verdict } from './report'

/** Fewer orders whose user clicked before than this hint at two ids. */
const FEW_CLICKERS = 0.2

/** A mapping of which this share fails does not fit the events of the shop. */
const MOST = 0.5

/** With so many clicks on ads and so many orders, some order is credited if the ids match. */
const ENOUGH_FOR_CREDIT = 50

/** Fewer events of a kind show only that the shop sends this kind. */
const ENOUGH = { impressions: 100, clicks: 20, purchases: 10 }

const NAMES = { impressions: 'impression', clicks: 'click', purchases: 'order' }

/** Judges what a report means. */
export function judge(report: ReportFacts): Verdict {
  const points = [
    ...judgeArrival(report),
    ...judgeMappings(report),
    ...judgeCredit(report),
    ...judgeFindings(report),
    ...judgeRest(report)
  ]
  const missing = listMissing(report)
  if (points.length > 0) return { state: 'needs attention', points, missing }
  return { state: missing.length === 0 ? 'clear' : 'too little evidence', points, missing }
}

function judgeArrival({ sent, input, mappings }: ReportFacts): Point[] {
  if (input.events === 0 || Object.values(sent).some((count) => count > 0)) return []
  const isTaken = mappings.some(({ taken }) => taken > 0)
  const why = isTaken ? 'Every event that a mapping takes fails.' : 'No mapping takes any of its events.'
  return [loss('nothing arrives', `No event of this archive would arrive at Topsort. ${why}`, '#failures')]
}

function judgeMappings({ mappings }: ReportFacts): Point[] {
  return mappings.flatMap(({ name, taken, failed }) =>
    failed > 0 && failed >= taken * MOST
      ? loss(
          'mapping fails',
          `${formatShare({ count: failed, of: taken })} of the events that the mapping ${name} takes would fail (${formatCount(failed)} of ${formatCount(taken)}).`,
          '#failures'
        )
      : []
  )
}

function judgeCredit({ sponsored, sent, revenue }: ReportFacts): Point[] {
  const hasAds = sponsored.clicks >= ENOUGH_FOR_CREDIT && sent.purchases >= ENOUGH_FOR_CREDIT
  if (!hasAds || revenue.creditedLines > 0) return []
  return [
    loss(
      'no credit',
      `Nothing would be credited to an ad, although there are ${formatCount(sponsored.clicks)} clicks on ads and ${formatCount(sent.purchases)} orders. Compare the user ids and the product ids of clicks and orders.`
    )
  ]
}

function judgeFindings({ findings }: ReportFacts): Point[] {
  return findings.flatMap(({ code, severity, title, count }) => {
    const { tone, isLoss } = SEVERITIES[severity]
    if (!isLoss) return []
    return [{ badge: severity, tone, text: `${title}: ${formatCountOf(count, 'case')}.`, href: `#${code}`, isLoss }]
  })
}

function judgeRest({ revenue, coverage, input }: ReportFacts): Point[] {
  const { ordersWithEarlierClick: orders } = coverage
  const points: (Point | false)[] = [
    revenue.leftOut > 0 && {
      badge: 'revenue',
      tone: 'waiting',
      text: `${formatAmount(revenue.leftOut)} of revenue would not be reported.`,
      href: '#revenue',
      isLoss: false
    },
    orders.of >= ENOUGH.purchases &&
      orders.count < orders.of * FEW_CLICKERS && {
        badge: 'attribution',
        tone: 'waiting',
        text: `Only ${formatShare(orders)} of the orders are by a user who clicked before. Compare the ids of orders and clicks.`,
        isLoss: false
      },
    input.unreadable > 0 && {
      badge: 'unreadable',
      tone: 'neutral',
      text: `${formatCountOf(input.unreadable, 'line or file', 'lines or files')} of the archive cannot be read.`,
      href: '#unreadable',
      isLoss: false
    }
  ]
  return points.filter((point) => point !== false)
}

/** Says in a sentence what shows that nothing needs attention. */
export function describeEvidence({ sent, revenue }: ReportFacts): string {
  const { impressions, clicks, purchases } = sent
  return `${formatCountOf(impressions, 'impression')}, ${formatCountOf(clicks, 'click')} and ${formatCountOf(purchases, 'order')} would arrive, and ${formatAmount(revenue.credited)} would be credited to ads.`
}

/** Returns what an archive lacks to show that the shop's set-up is right. */
function listMissing({ sent, sponsored, revenue }: ReportFacts): string[] {
  const kinds = (Object.keys(ENOUGH) as (keyof typeof ENOUGH)[]).filter((kind) => sent[kind] < ENOUGH[kind])
  return [
    ...kinds.map((kind) => `at least ${ENOUGH[kind]} ${NAMES[kind]}s (it has ${formatCount(sent[kind])})`),
    ...(sponsored.clicks === 0 ? ['clicks on ads, which have a resolvedBidId'] : []),
    ...(revenue.creditedLines === 0 ? ['an order that is credited to an ad'] : [])
  ]
}

function loss(badge: string, text: string, href?: string): Point {
  return { badge, tone: 'bad', text, isLoss: true, ...(href !== undefined && { href }) }
}
