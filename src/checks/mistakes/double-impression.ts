import { sight } from '../check'
import type { Check } from '../check'
import { distinctReports } from '../reports'

/** One bid in several impressions. The click after a banner repeats the banner's bid by design. */
export const doubleImpression: Check = {
  code: 'double-impression',
  severity: 'loses money',
  title: 'One ad was reported as seen more than once',
  why: 'A bid is one ad in one place and stands for one impression. Each further one is billed again.',
  cure: 'Report one impression for each resolvedBidId. Leave the bid out of Product Viewed on the page of a product that was reached by a click, and switch on either Impressions List or Impression for the same tiles.',
  groups: {
    bid: ({ impressions }) => {
      const own = impressions.filter(({ path, isFollowUp }) => path === 'segment' && !isFollowUp)
      const [first, ...others] = distinctReports(own)
      return others.map((impression) => sight(impression, { otherMessageId: first.messageId }))
    }
  }
}
