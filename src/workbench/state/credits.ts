import { addMoneys } from '../../checks'
import { forEachInSlices } from '../../core'
import { addUp, type AttributedLine, type NoCreditCode, type Sandbox } from '../../sandbox'
import type { Money } from '../api'

/** The credit for an order: the credited part of its revenue, and its largest line without credit. */
export type Credit = { credited: number; lost?: AttributedLine }

/** The credit that was shown for each order. Later events, links and rules can change it. */
export type Credits = ReturnType<typeof createCredits>

/** The pause before a check, in milliseconds. A check of many orders is followed by a longer pause. */
const PAUSE = 300
const LONGER = 10

/**
 * Creates an empty memory.
 *
 * @param onChange is called with the message id of an event whose credit has changed
 */
export function createCredits(sandbox: Sandbox | undefined, onChange: (messageId: string) => void) {
  const shown = new Map<string, { messageId: string; text: string }>()
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
    /** Returns the credit for an order, and remembers that the event shows it. Undefined if the sandbox does not have it. */
    show: (purchaseId: string, messageId: string): Credit | undefined => {
      const lines = sandbox?.attributionOf(purchaseId) ?? []
      if (lines.length === 0) return undefined
      shown.set(purchaseId, { messageId, text: describe(lines) })
      return toCredit(lines)
    },
    /** Returns the message id of the event that showed an order. */
    eventOf: (purchaseId: string): string | undefined => shown.get(purchaseId)?.messageId,
    /** Compares what was shown with the current credit, soon. */
    check: (): void => {
      if (shown.size > 0) timer ??= setTimeout(() => void compareAll(), pause).unref()
    },
    forget: (): void => {
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
  const largest = Math.max(...without.map(({ revenue }) => revenue))
  return { credited: sumRevenue(withCredit), lost: without.find(({ revenue }) => revenue === largest) }
}

/** Adds up the revenue of order lines. */
export function sumRevenue(lines: readonly AttributedLine[]): number {
  return addUp(lines.map(({ revenue }) => revenue))
}

/** Adds up the revenue of order lines by currency, largest amount first. */
export function sumMoney(lines: readonly (AttributedLine & { currency?: string })[]): Money[] {
  const amounts = lines.map(({ revenue, currency = null }) => ({ amount: revenue, currency }))
  return addMoneys([], amounts)
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
