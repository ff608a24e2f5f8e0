import type { Cost, CostKind, Money } from './finding'

/** Sums of money, by their currency. */
export type Sums = ReturnType<typeof createSums>

/** The key of amounts whose currency is not known. */
const UNKNOWN = ''

/**
 * Creates empty sums.
 *
 * @param start sums to continue with. They stay as they are
 */
export function createSums(start: readonly Money[] = []) {
  const sums = new Map<string, number>()

  function add(money: Money | undefined): void {
    if (!money) return
    const key = money.currency ?? UNKNOWN
    sums.set(key, roundAmount((sums.get(key) ?? 0) + money.amount))
  }

  /** Returns the sums of all currencies, the largest first. */
  function list(): Money[] {
    return [...sums]
      .map(([currency, amount]) => ({ amount, currency: currency === UNKNOWN ? null : currency }))
      .filter(({ amount }) => amount > 0)
      .sort(byAmount)
  }

  start.forEach(add)
  return {
    add,
    list,
    /** Returns the same as costs. */
    costs: (of: CostKind): Cost[] => list().map((money) => ({ ...money, of })),
    save: list,
    merge: (saved: unknown): void => {
      for (const money of saved as Money[]) add(money)
    }
  }
}

/** Adds amounts to sums, by their currency. Returns the new sums, the largest first. */
export function addMoneys(sums: readonly Money[], more: readonly (Money | undefined)[]): Money[] {
  const all = createSums(sums)
  more.forEach(all.add)
  return all.list()
}

/** Compares amounts for sorting, the largest amount first. */
export function byAmount(one: Money, other: Money): number {
  return other.amount - one.amount || String(one.currency).localeCompare(String(other.currency))
}

/** Rounds to 6 decimals after each addition, so that the error of many additions does not show. */
export function roundAmount(amount: number): number {
  return Number(amount.toFixed(6))
}
