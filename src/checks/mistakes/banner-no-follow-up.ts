import type { Check, GroupFacts, Interaction, JudgeContext } from '../model'
import type { PastPerson } from '../past/people'
import { toSighting } from '../sighting'
import { isBefore, PAGE_VISIT } from '../times'

/**
 * A user clicked on a banner and then on a product, but no click has the banner's bid and `additionalAttribution`. It
 * is normal that a user clicks on nothing after a banner.
 */
export const bannerNoFollowUp: Check = {
  code: 'banner-no-follow-up',
  severity: 'worth a look',
  title: "A click on a banner is not followed by a click with the banner's bid",
  why: "Topsort credits the sale of a product to a banner only if the click on the product has the banner's bid and names the product in additionalAttribution.",
  cure: "Keep the banner's resolvedBidId on the page that it leads to, and send it with additionalAttribution in the click on a product there.",
  canBeTakenBack: true,
  groups: { person: judge }
}

function judge({ clicks, past }: GroupFacts<'person'>, { mayHaveLost }: JudgeContext) {
  return clicks.filter(isBannerClick).flatMap((banner) => {
    if (past ? mayHaveLostLater(past, banner) : mayHaveLost('click')) return []
    const hasFollowUp = clicks.some(({ bid, isFollowUp, ...click }) => {
      return isFollowUp && bid === banner.bid && isBefore(banner, click)
    })
    const next = clicks.find(({ time }) => time > banner.time)
    const isUncredited = next && !hasFollowUp && next.time - banner.time <= PAGE_VISIT && isOrganicProductClick(next)
    return isUncredited ? [toSighting(banner, { product: next.products[0], otherMessageId: next.messageId })] : []
  })
}

/** Returns whether an interaction after the click may have been forgotten. */
function mayHaveLostLater(past: PastPerson, { time }: Interaction): boolean {
  return !past.isWhole() || past.interactions().some(({ last }) => last >= time)
}

function isBannerClick({ path, bid, isFollowUp, isBanner, win }: Interaction): boolean {
  if (path === 'direct' || !bid || isFollowUp) return false
  return win?.format === undefined ? isBanner : win.format === 'banners'
}

function isOrganicProductClick({ path, bid, products, isBanner }: Interaction): boolean {
  return path === 'segment' && !bid && products.length > 0 && !isBanner
}
