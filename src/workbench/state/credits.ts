import { forEachInSlices } from '../../core'
import type { AttributedLine, NoCreditCode, Sandbox } from '../../sandbox'
import type { Money } from '../api'

/** The credit for an order: the credited part of its revenue, and its largest line without credit. */
export type Credit = { credited: number; lost?: AttributedLine }

/** The credit that was shown for each order. Later events, links and rules can change it. */
export type Credits = {
  /** Returns the credit for an order, and remembers that the event shows it. Undefined if the sandbox does not have it. */
  show: (purchaseId: string, messageId: string) => Credit | undefined
  /** Returns the message id of the event that showed an order. */
  eventOf: (purchaseId: string) => string | undefined
  /** Compares what was shown with the current credit, soon. */
  check: () => void
  forget: () => void
}

/** The pause before a check, in milliseconds. A check of many orders is followed by a longer pause. */
const PAUSE = 300
const LONGER = 10

type Shown = { messageId: string; text: string }

/**
 * Creates an empty memory.
 *
 * @param onChange is called with the message id of an event whose credit has changed
 */
export function createCredits(sandbox: Sandbox | undefined, onChange: (messageId: string) => void): Credits {
  const shown = new Map<string, Shown>()
  let timer: NodeJS.Timeout | undefined
  let pause = PAUSE

  async function compareAll(): Promise<void> {
    const started = performance.now()
    await forEachInSlices([...shown], ([purchaseId, { messageId, text }]) => {
      const lines = sandbox?.attributionOf(purchaseId) ?? []
      if (lines.length === 0) shown.delete(purchaseId)
      else if (describe(lines) !== text) onChange(messageId)
    })
    pause = Math.max(PAUSE, (performance.now() - started) * LONGER)
    timer = undefined
  }

  return {
    show(purchaseId, messageId) {
      const lines = sandbox?.attributionOf(purchaseId) ?? []
      if (lines.length === 0) return undefined
      shown.set(purchaseId, { messageId, text: describe(lines) })
      return toCredit(lines)
    },
    eventOf: (purchaseId) => shown.get(purchaseId)?.messageId,
    check() {
      if (shown.size > 0) timer ??= setTimeout(() => void compareAll(), pause).unref()
    },
    forget() {
      shown.clear()
    }
  }
}

function describe(lines: AttributedLine[]): string {
  return lines.map(({ credited, reason }) => `${credited?.id ?? ''} ${reason}`).join('\n')
}

/** Adds up the credit of order lines. */
export function toCredit(lines: readonly AttributedLine[]): Credit {
  const withCredit = lines.filter(({ credited }) => credited !== null)
  const without = lines.filter(({ credited }) => credited === null)
  const lost = without.reduce<AttributedLine | undefined>(
    (largest, line) => (largest && largest.revenue >= line.revenue ? largest : line),
    undefined
  )
  return { credited: sumRevenue(withCredit), ...(lost && { lost }) }
}

/** Adds up the revenue of order lines, rounded because binary fractions are not exact. */
export function sumRevenue(lines: readonly AttributedLine[]): number {
  return Number(lines.reduce((sum, { revenue }) => sum + revenue, 0).toFixed(6))
}

/** Adds up the revenue of order lines by currency, largest amount first. */
export function sumMoney(lines: readonly (AttributedLine & { currency?: string })[]): Money[] {
  const byCurrency = new Map<string | null, AttributedLine[]>()
  for (const line of lines) {
    const { currency = null } = line
    const own = byCurrency.get(currency) ?? []
    own.push(line)
    byCurrency.set(currency, own)
  }
  return [...byCurrency]
    .map(([currency, own]) => ({ amount: sumRevenue(own), currency }))
    .sort((one, other) => other.amount - one.amount)
}

/** The shopper had no ad for the product of the line. */
const ORGANIC: readonly (NoCreditCode | undefined)[] = ['no_ad', 'other_product', 'halo_off']

/**
 * Returns whether the product of an order line had no ad. A click without a bid counts as one on an ad if its product had won.
 *
 * @param won the products that won the auctions of the person
 */
export function isOrganic({ credited, code, productId }: AttributedLine, won: ReadonlySet<string>): boolean {
  if (credited !== null) return false
  return ORGANIC.includes(code) || (code === 'organic' && !won.has(productId))
}
