import type { Finding } from './finding'
import type { Check, WholeCheck } from './model'
import { badTime } from './mistakes/bad-time'
import { bannerNoFollowUp } from './mistakes/banner-no-follow-up'
import { brandAsVendor } from './mistakes/brand-as-vendor'
import { digitsLost } from './mistakes/digits-lost'
import { doubleClick } from './mistakes/double-click'
import { doubleImpression } from './mistakes/double-impression'
import { doublePath } from './mistakes/double-path'
import { doublePurchase } from './mistakes/double-purchase'
import { encodedBid } from './mistakes/encoded-bid'
import { fallbackBid } from './mistakes/fallback-bid'
import { failedEvent } from './mistakes/failed-event'
import { ignoredValue } from './mistakes/ignored-value'
import { emptyList, listIsObject, unusableLine } from './mistakes/unreadable-lists'
import { missingBid } from './mistakes/missing-bid'
import { noInteraction } from './mistakes/no-interaction'
import { noUserId } from './mistakes/no-user-id'
import { noVendor } from './mistakes/no-vendor'
import { personalDataId } from './mistakes/personal-data-id'
import { purchaseBeforeAuction } from './mistakes/purchase-before-auction'
import { refundAsOrder } from './mistakes/refund-as-order'
import { repeatCountedOnce } from './mistakes/repeat-counted-once'
import { sharedId } from './mistakes/shared-id'
import { staleBid } from './mistakes/stale-bid'
import { twoIdSpaces } from './mistakes/two-id-spaces'
import { unknownBid } from './mistakes/unknown-bid'
import { userIdMismatch } from './mistakes/user-id-mismatch'
import { wrongSeller } from './mistakes/wrong-seller'
import { brokenSince } from './whole/broken-since'
import { clickConcentration } from './whole/click-concentration'
import { clockLag } from './whole/clock-lag'
import { idSpaceMismatch } from './whole/id-space-mismatch'
import { mappingFails } from './whole/mapping-fails'
import { mixedCurrencies } from './whole/mixed-currencies'
import { nothingCredited } from './whole/nothing-credited'
import { orderTotalMismatch } from './whole/order-total-mismatch'
import { resettingUserId } from './whole/resetting-user-id'
import { sharedUserId } from './whole/shared-user-id'
import { testOrders } from './whole/test-orders'
import { tooLarge } from './whole/too-large'
import { unknownBuyers } from './whole/unknown-buyers'
import { unmappedEvents } from './whole/unmapped-events'

/** The checks that read one event, or compare a few. */
export const registry: readonly Check[] = [
  userIdMismatch,
  twoIdSpaces,
  noUserId,
  noInteraction,
  purchaseBeforeAuction,
  doubleClick,
  doublePath,
  missingBid,
  doubleImpression,
  unknownBid,
  fallbackBid,
  staleBid,
  sharedId,
  ignoredValue,
  bannerNoFollowUp,
  noVendor,
  brandAsVendor,
  unusableLine,
  badTime,
  emptyList,
  doublePurchase,
  digitsLost,
  encodedBid,
  listIsObject,
  personalDataId,
  refundAsOrder,
  wrongSeller,
  repeatCountedOnce,
  failedEvent
]

/** All checks that need all calls. */
export const wholeRegistry: readonly WholeCheck[] = [
  mappingFails,
  unmappedEvents,
  brokenSince,
  nothingCredited,
  idSpaceMismatch,
  orderTotalMismatch,
  mixedCurrencies,
  clickConcentration,
  testOrders,
  unknownBuyers,
  sharedUserId,
  resettingUserId,
  clockLag,
  tooLarge
]

/** Returns the codes, severities and titles of all checks, in the order of the registries. */
export function listChecks(): Pick<Finding, 'code' | 'severity' | 'title'>[] {
  return [...registry, ...wholeRegistry].map(({ code, severity, title }) => ({ code, severity, title }))
}
