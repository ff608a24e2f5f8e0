import { FORMATS, type Format } from '../contract'
import { DAY, toDuration } from '../time'
import type { History, Slot } from './history'
import type { Interaction } from './interaction'
import type { OrderLine } from './order-line'
import type { AttributionSettings } from './settings'
import { findLast, type Timeline } from './timeline'

/** A place in a history where the credit for an order line may come from. */
export type Source = { kind: Interaction['type']; format: Format; isHalo: boolean; slot: Slot }

/**
 * All sources, best first. Clicks beat impressions, and listings beat other formats. Topsort does not publish where halo
 * stands: here, after that, the same product beats the same vendor.
 */
const SOURCES: Source[] = (['click', 'impression'] as const).flatMap((kind) =>
  FORMATS.flatMap((format) =>
    [false, true].map((isHalo): Source => ({ kind, format, isHalo, slot: `${kind} ${format}` }))
  )
)

/** Which sources count. */
type Rules = Pick<AttributionSettings, 'model' | 'halo'>

function counts({ kind, isHalo }: Source, { model, halo }: Rules): boolean {
  return (kind === 'click' || model === 'last-impression') && (halo || !isHalo)
}

function findTimeline(line: OrderLine, history: History, { isHalo, slot }: Source): Timeline | undefined {
  if (!isHalo) return history.products.get(line.productId)?.[slot]
  return line.vendorId === undefined ? undefined : history.vendors.get(line.vendorId)?.[slot]
}

/** Returns the timelines where the credit for an order line may come from, best first. */
export function listTimelines(line: OrderLine, history: History, rules: Rules): (Timeline | undefined)[] {
  return SOURCES.filter((source) => counts(source, rules)).map((source) => findTimeline(line, history, source))
}

/** The interaction that gets the credit, and where it was found. */
export type Credit = { interaction: Interaction & { resolvedBidId: string }; source: Source }

/** Returns the credit for an order line, if there is one. */
export function findCredit(line: OrderLine, history: History, settings: AttributionSettings): Credit | undefined {
  for (const source of SOURCES) {
    if (!counts(source, settings)) continue
    const interaction = findLast(findTimeline(line, history, source), line.orderedAt)
    if (interaction && isInWindow(interaction, line, settings) && isSponsored(interaction))
      return { interaction, source }
  }
  return undefined
}

function isSponsored(interaction: Interaction): interaction is Credit['interaction'] {
  return interaction.resolvedBidId !== undefined
}

/** Tells whether an interaction is recent enough for an order. An interaction exactly as old as the window still is. */
export function isInWindow(interaction: Interaction, line: OrderLine, { windowDays }: AttributionSettings): boolean {
  return line.orderedAt - interaction.countsFrom <= windowDays[interaction.format] * DAY
}

/** Says in a sentence or two why an interaction gets the credit. */
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
