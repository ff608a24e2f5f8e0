import { sight } from '../check'
import type { Check } from '../check'
import type { Interaction, Purchase } from '../facts'
import { MINUTE, SECOND } from '../times'

/** The two SDKs of a page report one tap at nearly the same time. A user's second tap takes longer. */
const ONE_TAP = 2 * SECOND

/** The two SDKs of a page report one order when the page of thanks loads. */
const ONE_ORDER = MINUTE

/** One impression, click or order that reached Topsort through Segment and also directly, under two ids. */
export const doublePath: Check = {
  code: 'double-path',
  severity: 'loses money',
  title: 'The same action reached Topsort through Segment and directly',
  why: 'The two events have different ids, so Topsort counts and bills both.',
  cure: "Report each kind of event one way only: stop Topsort's browser SDK from reporting it, or switch off the mapping.",
  groups: {
    bid: ({ impressions, clicks }) => [
      ...pairs(impressions, () => true),
      ...pairs(clicks, (one, other) => Math.abs(one.time - other.time) <= ONE_TAP)
    ],
    basket: ({ purchases }) => pairs(purchases, (one, other) => Math.abs(one.time - other.time) <= ONE_ORDER)
  }
}

function pairs<Report extends Interaction | Purchase>(
  reports: readonly Report[],
  isSameAction: (one: Report, other: Report) => boolean
) {
  const direct = reports.filter(({ path }) => path === 'direct')
  return reports.flatMap((report) => {
    if (report.path === 'direct') return []
    const other = direct.find((candidate) => candidate.id !== report.id && isSameAction(report, candidate))
    return other ? [sight(report, { otherMessageId: other.messageId, otherUser: other.user })] : []
  })
}
