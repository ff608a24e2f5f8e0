import { sight } from '../check'
import type { Check, GroupFacts, JudgeContext } from '../check'
import type { Interaction, Win } from '../facts'
import { isBefore, PAGE_VISIT } from '../times'

/**
 * An event about a recent winner that lost its bid. A winner may stand on the page unsponsored too, and its ad may be
 * below the fold. So nothing is said if the bids of the same auction arrive with events of the same kind, or after a
 * click with the bid, which leads to views without one.
 */
export const missingBid: Check = {
  code: 'missing-bid',
  severity: 'loses money',
  title: 'An event about a recent winner of an auction has no bid',
  why: 'Without its resolvedBidId, an event is organic: the ad is not billed, and an order after it is not credited to the ad.',
  cure: "Keep the winner's resolvedBidId with the product, and send it as the property resolvedBidId. If the product stood there unsponsored too, nothing is wrong.",
  canBeTakenBack: true,
  groups: { product: judge }
}

function judge(group: GroupFacts, { mayLack }: JudgeContext) {
  const { impressions, clicks, wins } = group
  if (wins.length === 0 || mayLack('impression', 'click', 'win')) return []
  return [...impressions, ...clicks]
    .filter((interaction) => interaction.path === 'segment' && !interaction.bid)
    .flatMap((organic) => {
      const recent = wins.filter((win) => isBefore(win, organic) && organic.time - win.time <= PAGE_VISIT)
      const isLost =
        recent.length > 0 && !followsClick(organic, group) && recent.every((win) => lost(organic, win, group))
      return isLost ? [sight(organic, { bid: recent[recent.length - 1].bid, product: recent[0].product })] : []
    })
}

/** A view after a click on the ad is one of the product's own page. */
function followsClick(organic: Interaction, { clicks }: GroupFacts): boolean {
  return clicks.some((click) => click.bid !== undefined && isBefore(click, organic))
}

function lost(organic: Interaction, win: Win, { impressions, clicks }: GroupFacts): boolean {
  if (win.user === undefined && [...impressions, ...clicks].some(({ bid }) => bid)) return false
  const { reported } = win.auction
  if (reported.has(organic.kind)) return false
  if (organic.kind === 'impression' || !reported.has('impression')) return true

  // The shop's views carry their bids. So the ad was clicked only if it was seen, and seen in no other place.
  const seen = impressions.filter((impression) => isBefore(win, impression) && isBefore(impression, organic))
  const ad = seen.find(({ bid }) => bid === win.bid)
  if (!ad || seen.some(({ bid }) => !bid)) return false
  return ad.position === undefined || organic.position === undefined || ad.position === organic.position
}
