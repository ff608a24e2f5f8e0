import type { Difference } from '../../pipeline'
import { toPrice, toQuantity } from '../../destinations'
import { roundMoney } from '../../sandbox/attribution'
import { generalize, problemsOfLines } from './generalize'
import { MAX_SAMPLES } from './message-groups'
import type { PlacedSample, Revenue } from './report'

type Reason = Revenue['reasons'][number]

/** An order that is not sent, or sent in part. */
export type UnsentOrder = {
  /** The payload of the order, or its properties if it has none. */
  payload: unknown
  differences: readonly Difference[]
  ok: boolean
  message: string
}

/** Adds up the revenue that is not sent, by the reason. */
export type LeftOutRevenue = {
  add: (order: UnsentOrder, sample: () => PlacedSample) => void
  /** Returns it, the largest amount first. */
  list: () => Reason[]
}

const MAX_REASONS = 100

const OTHERS = 'Other reasons'

export function createLeftOutRevenue(): LeftOutRevenue {
  const reasons = new Map<string, Reason>()

  function find(message: string): Reason {
    const key = reasons.has(message) || reasons.size < MAX_REASONS ? message : OTHERS
    const reason = reasons.get(key) ?? { message: key, lines: 0, amount: 0, samples: [] }
    reasons.set(key, reason)
    return reason
  }

  return {
    add(order, sample) {
      const problems = new Map(problemsOfLines(order.message).map(({ line, problem }) => [line - 1, problem]))
      for (const [index, line] of linesOf(order)) {
        const reason = find(sentence(problems.get(index) ?? (order.ok ? OTHERS : generalize(order.message))))
        reason.lines += 1
        reason.amount += amountOf(line, currencyOf(order.payload))
        if (reason.samples.length < MAX_SAMPLES) reason.samples.push(sample())
      }
    },
    list: () =>
      [...reasons.values()]
        .map((reason) => ({ ...reason, amount: roundMoney(reason.amount) }))
        .sort((one, other) => other.amount - one.amount || other.lines - one.lines)
  }
}

/** The problem of a line starts with its verb: `has no product id`. */
function sentence(problem: string): string {
  return /^[a-z]/.test(problem) ? `A line ${problem}.` : problem
}

/** Returns the lines of an order that are not sent, with their place. */
function linesOf({ ok, payload, differences }: UnsentOrder): [index: number, line: unknown][] {
  if (ok && differences.length > 0) {
    return differences.flatMap(({ path, from }): [number, unknown][] => {
      const index = /^items\[(\d+)\]$/.exec(path)?.[1]
      return index === undefined ? [] : [[Number(index), from]]
    })
  }
  const { items, products } = Object(payload) as { items?: unknown; products?: unknown }
  const lines = items ?? products
  return (Array.isArray(lines) ? lines : []).map((line, index) => [index, line])
}

/** Returns the amount of a line, or 0 if its price cannot be read. */
function amountOf(line: unknown, currency: string | undefined): number {
  const { unitPrice, price, quantity } = Object(line) as { unitPrice?: unknown; price?: unknown; quantity?: unknown }
  const each = toPrice(unitPrice ?? price, currency) ?? 0
  const count = quantity === undefined || quantity === null ? 1 : (toQuantity(quantity) ?? 1)
  return each > 0 && count > 0 ? each * count : 0
}

function currencyOf(payload: unknown): string | undefined {
  const { currency } = Object(payload) as { currency?: unknown }
  return typeof currency === 'string' ? currency : undefined
}
