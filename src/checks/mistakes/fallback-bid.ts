import type { Check } from '../model'
import { findRefusedBids } from '../bids'
import { toSighting } from '../sighting'

/** An event has the bid of a winner that is shown because nobody won. */
export const fallbackBid: Check = {
  code: 'fallback-bid',
  severity: 'loses data',
  title: 'An event has the bid of a fallback banner',
  why: 'A winner with isFallback is shown because nobody won the auction. Topsort does not know its bid, and refuses the event. Other events of the same request may be lost with it.',
  cure: 'Show such a winner without impressions and clicks. It has "isFallback": true in the answer to the auction.',
  canBeTakenBack: true,
  needs: 'reasons',
  ofEvent: (observation, isFallback) => findRefusedBids(observation).filter(({ sample }) => isFallback(sample.bid)),
  needsAuctions: true,
  groups: {
    bid: ({ impressions, clicks }) =>
      [...impressions, ...clicks]
        .filter(({ path, win }) => path === 'segment' && win?.isFallback)
        .map((fact) => toSighting(fact))
  }
}
