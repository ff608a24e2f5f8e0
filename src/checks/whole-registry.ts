import type { WholeCheck } from './model'
import { clockLag } from './whole/clock-lag'
import { mixedCurrencies } from './whole/mixed-currencies'
import { orderTotalMismatch } from './whole/order-total-mismatch'
import { sharedUserId } from './whole/shared-user-id'
import { testOrders } from './whole/test-orders'
import { tooLarge } from './whole/too-large'

/** All checks that need all calls. */
export const wholeRegistry: readonly WholeCheck[] = [
  orderTotalMismatch,
  mixedCurrencies,
  testOrders,
  sharedUserId,
  clockLag,
  tooLarge
]
