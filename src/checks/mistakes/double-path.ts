import { MINUTE, SECOND } from '../../core'
import type { Check, Interaction, Purchase } from '../model'
import { toSighting } from '../sighting'

/** Two SDKs on a page report one tap at nearly the same time. A second tap of the user takes longer. */
const ONE_TAP = 2 * SECOND

/** Two SDKs on a page report one order when the confirmation page loads. */
const ONE_ORDER = MINUTE

/** An impression, click or order reached Topsort through Segment and also directly, with two ids. */
export const doublePath: Check = {
  code: 'double-path',
  severity: 'loses money',
  title: 'The same action reached Topsort through Segment and directly',
  why: 'The two events have different ids, so Topsort counts and bills both.',
  cure: "Report each kind of event one way only: stop Topsort's browser SDK from reporting it, or switch off the mapping.",
  needsAuctions: true,
  groups: {
    bid: ({ impressions, clicks }) => [
      ...findPairs(impressions, () => true),
      ...findPairs(clicks, (one, other) => Math.abs(one.time - other.time) <= ONE_TAP)
    ],
    basket: ({ purchases }) => findPairs(purchases, (one, other) => Math.abs(one.time - other.time) <= ONE_ORDER)
  }
}

function findPairs<Report extends Interaction | Purchase>(
  reports: readonly Report[],
  isSameAction: (one: Report, other: Report) => boolean
) {
  const direct = reports.filter(({ path }) => path === 'direct')
  if (direct.length === 0) return []
  return reports.flatMap((report) => {
    if (report.path === 'direct') return []
    const other = direct.find((candidate) => candidate.id !== report.id && isSameAction(report, candidate))
    return other ? [toSighting(report, { otherMessageId: other.messageId, otherUser: other.user })] : []
  })
}
