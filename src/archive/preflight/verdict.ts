import { isTelling, listConsequences, sayCost, SEVERITIES } from '../../checks'
import { formatRevenue } from './money'
import { formatCount, formatCountOf, formatShare } from './numbers'
import type { Point, Report, ReportFacts, Verdict } from './report'

/** Fewer orders whose user clicked before than this hint at two ids. */
const FEW_CLICKERS = 0.2

/** A larger share of orders without any view or click hints at other ids, or at a source that is not tracked. */
const MANY_STRANGERS = 0.25

/** Fewer events of a kind show only that the shop sends this kind. */
const ENOUGH = { impressions: 100, clicks: 20, purchases: 10 }

const NAMES = { impressions: 'impression', clicks: 'click', purchases: 'order' }

/** Judges what a report means. */
export function judge(report: ReportFacts): Verdict {
  const points = [...judgeArrival(report), ...judgeFindings(report), ...judgeRest(report)]
  const missing = listMissing(report)
  if (points.length > 0) return { state: 'needs attention', points, missing }
  return { state: missing.length === 0 ? 'clear' : 'too little evidence', points, missing }
}

function judgeArrival({ sent, input, mappings }: ReportFacts): Point[] {
  if (input.events === 0 || Object.values(sent).some((count) => count > 0)) return []
  const isTaken = mappings.some(({ taken }) => taken > 0)
  const why = isTaken ? 'Every event that a mapping takes fails.' : 'No mapping takes any of its events.'
  const text = `No event of this archive would arrive at Topsort. ${why}`
  return [{ badge: 'nothing arrives', tone: 'bad', text, href: '#failures', isLoss: true }]
}

function judgeFindings({ findings }: ReportFacts): Point[] {
  return findings.flatMap((finding) => {
    const { code, severity, title, count } = finding
    const { tone, isLoss } = SEVERITIES[severity]
    if (!isLoss && !isTelling(finding)) return []
    const text = [`${title}: ${formatCountOf(count, 'case')}.`, sayCost(finding)].filter(Boolean).join(' ')
    return [{ badge: severity, tone: isLoss ? tone : 'waiting', text, href: `#${code}`, isLoss }]
  })
}

function judgeRest({ revenue, coverage, input, sent, findings }: ReportFacts): Point[] {
  const { ordersWithEarlierClick: orders } = coverage
  const strangers = findings.find(({ code }) => code === 'no-interaction')?.count ?? 0
  const points: (Point | false)[] = [
    Object.values(revenue.byCurrency).some(({ leftOut }) => leftOut > 0) && {
      badge: 'revenue',
      tone: 'waiting',
      text: `${formatRevenue(revenue, 'leftOut')} of revenue would not be reported.`,
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
    strangers >= ENOUGH.purchases &&
      strangers > sent.purchases * MANY_STRANGERS && {
        badge: 'attribution',
        tone: 'waiting',
        text: `${formatCount(strangers)} of ${formatCountOf(sent.purchases, 'order')} are of users who never viewed or clicked anything before.`,
        href: '#no-interaction',
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

/** Returns the points that the diagnosis neither says nor explains. */
export function listOtherPoints({ verdict, diagnosis }: Pick<Report, 'verdict' | 'diagnosis'>): Point[] {
  const said = new Set(diagnosis.flatMap(({ code }) => [code, ...listConsequences(code)]).map((code) => `#${code}`))
  return verdict.points.filter(({ href = '' }) => !said.has(href))
}

/** Says in a sentence what shows that nothing needs attention. */
export function describeEvidence({ sent, revenue }: ReportFacts): string {
  const { impressions, clicks, purchases } = sent
  return `${formatCountOf(impressions, 'impression')}, ${formatCountOf(clicks, 'click')} and ${formatCountOf(purchases, 'order')} would arrive, and ${formatRevenue(revenue, 'credited')} would be credited to ads.`
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

/** Says in a sentence what the archive lacks to tell that all is well. Empty text if it lacks nothing. */
export function describeMissing({ verdict: { state, missing } }: Report): string {
  if (missing.length === 0) return ''
  const what = state === 'needs attention' ? 'the rest' : 'all'
  return `To tell that ${what} is well, the archive needs ${missing.join(', ')}.`
}
