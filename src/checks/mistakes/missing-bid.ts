import type { Check, GroupFacts, Interaction, JudgeContext, Win } from '../model'
import { toSighting } from '../sighting'
import { isBefore, PAGE_VISIT } from '../times'

/**
 * An event about a recent winner of an auction has no bid. The page may also show the same product without an ad, and
 * the user may not have scrolled to the ad. So the check returns nothing if other events of the same kind have a bid of
 * this auction. It also returns nothing after a click with the bid, because that click opens the page of the product.
 */
export const missingBid: Check = {
  code: 'missing-bid',
  severity: 'loses money',
  title: 'An event about a recent winner of an auction has no bid',
  why: 'Without its resolvedBidId, an event is organic: the ad is not billed, and an order after it is not credited to the ad.',
  cure: "Keep the winner's resolvedBidId with the product, and send it as the property resolvedBidId. If the page also showed the product without an ad, nothing is wrong.",
  canBeTakenBack: true,
  needsAuctions: true,
  groups: { product: judge }
}

function judge(group: GroupFacts, { mayHaveLost }: JudgeContext) {
  const { impressions, clicks } = group
  const wins = group.wins.filter(({ isFallback }) => !isFallback)
  if (wins.length === 0 || mayHaveLost('impression', 'click', 'win')) return []
  return [...impressions, ...clicks]
    .filter((interaction) => interaction.path === 'segment' && !interaction.bid)
    .flatMap((organic) => {
      const recent = wins.filter((win) => isBefore(win, organic) && organic.time - win.time <= PAGE_VISIT)
      const hasLostBid =
        recent.length > 0 && !followsClick(organic, group) && recent.every((win) => isLost(organic, win, group))
      return hasLostBid ? [toSighting(organic, { bid: recent[recent.length - 1].bid, product: recent[0].product })] : []
    })
}

/** Returns whether a click with a bid came before. A view after it is a view of the product's own page. */
function followsClick(organic: Interaction, { clicks }: GroupFacts): boolean {
  return clicks.some((click) => click.bid !== undefined && isBefore(click, organic))
}

function isLost(organic: Interaction, win: Win, { impressions, clicks }: GroupFacts): boolean {
  if (win.user === undefined && [...impressions, ...clicks].some(({ bid }) => bid)) return false
  const { reported } = win.auction
  if (reported.has(organic.kind)) return false
  if (organic.kind === 'impression' || !reported.has('impression')) return true

  // The views of this auction have bids. So the click was on the ad only if the ad was seen, and seen in no other
  // place.
  const seen = impressions.filter((impression) => isBefore(win, impression) && isBefore(impression, organic))
  const ad = seen.find(({ bid }) => bid === win.bid)
  if (!ad || seen.some(({ bid }) => !bid)) return false
  return ad.position === undefined || organic.position === undefined || ad.position === organic.position
}
