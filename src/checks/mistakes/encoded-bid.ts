import type { Check } from '../model'
import type { MappingDelivery } from '../observation'
import { readProducts, readText, type Properties } from '../properties'
import { findReasons } from '../reasons'
import { readCase, toCallSighting } from '../sighting'

/** A bid was percent-encoded, decoded as a form, or broken over lines on its way, so its event fails. */
export const encodedBid: Check = {
  code: 'encoded-bid',
  severity: 'loses money',
  title: 'A bid was encoded or cut on its way',
  why: 'Topsort does not know the changed bid, so the destination does not send it. The event is lost: the ad is not billed, and an order after it is not credited.',
  cure: 'Send the resolvedBidId exactly as the auction returned it. If it goes through the address of a page, encode it once, and decode it once: a bid has the characters +, / and =.',
  needs: 'reasons',
  ofEvent: (observation) =>
    observation.deliveries.flatMap((delivery) => {
      if (!isLost(delivery, observation.event.properties)) return []
      const source = listSources(observation.event.properties).find(hasEncodedBid)
      return [toCallSighting(observation, source && readCase(source), delivery.mapping)]
    })
}

/**
 * Returns whether a bid was refused as encoded. If the event failed for another reason as well, only the bid itself shows
 * it.
 */
function isLost({ ok, action, reason }: MappingDelivery, properties?: Properties): boolean {
  if (findReasons(reason, ['bid_encoded_or_cut']).length > 0) return true
  // Another check has the bids that Topsort refused.
  if (findReasons(reason, ['resolved_bid_id_not_found', 'bid_unreadable']).length > 0) return false
  const hasBid = action === 'click' || action === 'impression' || action === 'impressionsList'
  return !ok && hasBid && listSources(properties).some(hasEncodedBid)
}

function listSources(properties: Properties = {}): Properties[] {
  return [properties, ...readProducts(properties)]
}

function hasEncodedBid({ resolvedBidId }: Properties): boolean {
  return /%[\da-f]{2}|\s/i.test(readText(resolvedBidId) ?? '')
}
