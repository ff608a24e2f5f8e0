import type { WholeCheck } from './model'
import { mixedCurrencies } from './whole/mixed-currencies'
import { orderTotalMismatch } from './whole/order-total-mismatch'

/** All checks that need all calls. */
export const wholeRegistry: readonly WholeCheck[] = [orderTotalMismatch, mixedCurrencies]
