import { isAdImpression } from '../bids'
import type { Check } from '../model'
import { removeRepeats } from '../repeats'
import { toSighting } from '../sighting'

/** One bid is in several impressions. Follow-ups of a banner are ignored: they repeat its bid by design. */
export const doubleImpression: Check = {
  code: 'double-impression',
  severity: 'loses money',
  title: 'One ad was reported as seen more than once',
  why: 'A bid is one ad in one place, so it has one impression. Each further impression is billed again.',
  cure: 'Report one impression for each resolvedBidId. Leave the bid out of Product Viewed on the page of a product that was reached by a click, and switch on either Impressions List or Impression for the same tiles.',
  groups: {
    bid({ impressions, past }) {
      if (impressions.length < 2 && !past) return []
      const own = removeRepeats(impressions.filter(isAdImpression).filter(({ id }) => !past?.isFirstImpression(id)))
      if (past?.hasImpression) return own.map((impression) => toSighting(impression))
      const [first, ...others] = own
      return others.map((impression) => toSighting(impression, { otherMessageId: first.messageId }))
    }
  }
}
