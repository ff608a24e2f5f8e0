import { toPrice, toQuantity } from '../../destinations'
import { listProblems, type Reason } from '../../core'
import { addMoney } from '../../sandbox/attribution'
import { type GeneralReason, toGeneralLineProblem, toGeneralReason } from './general-reason'
import { createGroups, keyOfGroup } from './message-groups'
import { currencyOf, UNKNOWN_CURRENCY } from './money'
import type { Amounts, PlacedSample, Revenue } from './report'

type LeftOut = Revenue['reasons'][number]

/** An order that is not sent, or sent in part. */
type UnsentOrder = {
  /** The payload of the order, or its properties if it has none. */
  payload: unknown
  /** Set if the order is delivered. Then only the lines with a problem are not sent. */
  ok: boolean
  reason: Reason
  /** The message of the order, which is used if the reason has no sentence of its own. */
  message: string
}

/** Adds up the revenue that is not sent, by the reason. */
export function createLeftOutRevenue() {
  const reasons = createGroups(100, 'Other reasons', () => ({ lines: 0, amounts: {} }))
  return {
    add(order: UnsentOrder, sample: () => PlacedSample): void {
      const currency = currencyOf(order.payload)
      for (const { line, reason } of linesOf(order)) {
        const leftOut = reasons.add(reason, sample)
        leftOut.lines += 1
        const amount = amountOf(line, currency === UNKNOWN_CURRENCY ? undefined : currency)
        if (amount > 0) addAmount(leftOut.amounts, currency, amount)
      }
    },
    /** Returns it, the largest amount first. */
    list: (): LeftOut[] => reasons.list().sort(byAmount)
  }
}

function addAmount(amounts: Amounts, currency: string, amount: number): void {
  const known = Object.hasOwn(amounts, currency) ? amounts[currency] : 0
  amounts[currency] = addMoney(known, amount)
}

/** Orders reasons by their amount, the largest one first. */
export function byAmount(one: LeftOut, other: LeftOut): number {
  return largest(other) - largest(one) || other.lines - one.lines || (keyOfGroup(one) < keyOfGroup(other) ? -1 : 1)
}

function largest({ amounts }: LeftOut): number {
  return Math.max(0, ...Object.values(amounts))
}

/** Returns the lines of an order that are not sent, each with its own problem or else with the reason of the order. */
function linesOf({ payload, ok, reason, message }: UnsentOrder): { line: unknown; reason: GeneralReason }[] {
  const { items, products } = Object(payload) as { items?: unknown; products?: unknown }
  const found = items ?? products
  const lines: unknown[] = Array.isArray(found) ? found : []
  const problems = listProblems(reason)
  if (ok || problems.length > 0) {
    return problems.flatMap(({ code, places }) => {
      const general = toGeneralLineProblem(code)
      return places.map((place) => ({ line: lines[place - 1], reason: general }))
    })
  }
  const general = toGeneralReason(reason, 'purchase', message)
  return lines.map((line) => ({ line, reason: general }))
}

/** Returns the amount of a line, or 0 if its price cannot be read. */
function amountOf(line: unknown, currency: string | undefined): number {
  const { lineTotal, unitPrice, price, quantity } = Object(line) as Record<string, unknown>
  const total = toAmount(lineTotal, currency)
  if (total > 0) return total
  const count = quantity === undefined || quantity === null ? 1 : (toQuantity(quantity) ?? 1)
  return count > 0 ? toAmount(unitPrice ?? price, currency) * count : 0
}

function toAmount(price: unknown, currency: string | undefined): number {
  const amount = toPrice(price, currency)
  return typeof amount === 'number' && amount > 0 ? amount : 0
}
