import { FORMATS, type Format } from '../contract'
import { DAY } from '../../core'
import { toDuration } from '../time'
import type { InteractionHistory, Slot } from './history'
import type { AdInteraction } from './interaction'
import type { OrderLine } from './order-line'
import type { AttributionSettings } from './settings'
import { findLast, type Timeline } from './timeline'

/** A part of a history that can contain the credit for an order line. */
export type CreditSource = { kind: AdInteraction['type']; format: Format; isHalo: boolean; slot: Slot }

/**
 * All sources, best first. Clicks beat impressions, and listings beat other formats. Topsort does not publish the rank
 * of halo. Here, it comes last: for the same kind and format, the same product beats another product of the vendor.
 */
const SOURCES: CreditSource[] = (['click', 'impression'] as const).flatMap((kind) =>
  FORMATS.flatMap((format) =>
    [false, true].map((isHalo): CreditSource => ({ kind, format, isHalo, slot: `${kind} ${format}` }))
  )
)

/** The settings that decide which sources count. */
type Rules = Pick<AttributionSettings, 'model' | 'halo'>

function isCounted({ kind, isHalo }: CreditSource, { model, halo }: Rules): boolean {
  return (kind === 'click' || model === 'last-impression') && (halo || !isHalo)
}

function findTimeline(
  line: OrderLine,
  history: InteractionHistory,
  { isHalo, slot }: CreditSource
): Timeline | undefined {
  if (!isHalo) return history.products.get(line.productId)?.[slot]
  return line.vendorId === undefined ? undefined : history.vendors.get(line.vendorId)?.[slot]
}

/** Returns the timelines that can contain the credit for an order line, best first. */
export function listTimelines(line: OrderLine, history: InteractionHistory, rules: Rules): (Timeline | undefined)[] {
  return SOURCES.filter((source) => isCounted(source, rules)).map((source) => findTimeline(line, history, source))
}

/** The interaction that gets the credit, and its source. */
export type Credit = { interaction: AdInteraction & { resolvedBidId: string }; source: CreditSource }

/** Returns the credit for an order line, if there is one. */
export function findCredit(
  line: OrderLine,
  history: InteractionHistory,
  settings: AttributionSettings
): Credit | undefined {
  for (const source of SOURCES) {
    if (!isCounted(source, settings)) continue
    const interaction = findLast(findTimeline(line, history, source), line.orderedAt)
    if (interaction && isInWindow(interaction, line, settings) && isSponsored(interaction))
      return { interaction, source }
  }
  return undefined
}

function isSponsored(interaction: AdInteraction): interaction is Credit['interaction'] {
  return interaction.resolvedBidId !== undefined
}

/** Returns whether an interaction is recent enough for an order. The last millisecond of the window counts. */
export function isInWindow(interaction: AdInteraction, line: OrderLine, { windowDays }: AttributionSettings): boolean {
  return line.orderedAt - interaction.countsFrom <= windowDays[interaction.format] * DAY
}

/** Returns one or more sentences that say why an interaction gets the credit. */
export function explainCredit(line: OrderLine, { interaction, source }: Credit): string {
  const { kind, format, isHalo } = source
  const about =
    isHalo && !interaction.productIds.includes(line.productId)
      ? `a product of vendor "${line.vendorId ?? ''}" (halo)`
      : 'this product'
  const age = toDuration(line.orderedAt - interaction.countsFrom)
  const sentences = [`The last ${kind} on ${about} in ${format} came ${age} before the order.`]
  if (interaction.opaqueUserId !== line.opaqueUserId) {
    sentences.push(`Its user id "${interaction.opaqueUserId}" is linked to "${line.opaqueUserId}".`)
  }
  if (interaction.isAssumed) {
    sentences.push('No auction here gave its bid, so its format and product are assumed from the event.')
  }
  return sentences.join(' ')
}
