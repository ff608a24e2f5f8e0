import type { WholeCheck } from './model'
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
