import { FORMATS, type Format } from '../contract'
import { DAY, toDuration } from '../time'
import { type History, sponsoredKey, vendorKey } from './history'
import type { Interaction } from './interaction'
import type { OrderLine } from './order-line'
import type { AttributionSettings } from './settings'
import { findLast } from './timeline'

/** A timeline where the credit for an order line may come from. */
export type Source = { key: string; kind: Interaction['type']; format: Format; isHalo: boolean }

/**
 * Lists the timelines that can get the credit for an order line, best first. Clicks beat impressions, and listings beat
 * other formats. Topsort does not publish where halo stands: here the same product beats the same vendor after that.
 */
export function listSources(line: OrderLine, { model, halo }: Pick<AttributionSettings, 'model' | 'halo'>): Source[] {
  const { productId, vendorId } = line
  const kinds = model === 'last-click' ? (['click'] as const) : (['click', 'impression'] as const)
  return kinds.flatMap((kind) =>
    FORMATS.flatMap((format): Source[] => [
      { key: sponsoredKey(productId, kind, format), kind, format, isHalo: false },
      ...(halo && vendorId !== undefined
        ? [{ key: vendorKey(vendorId, kind, format), kind, format, isHalo: true }]
        : [])
    ])
  )
}

/** The interaction that gets the credit, and where it was found. */
export type Credit = { interaction: Interaction & { resolvedBidId: string }; source: Source }

/** Returns the credit for an order line, if there is one. */
export function findCredit(line: OrderLine, history: History, settings: AttributionSettings): Credit | undefined {
  for (const source of listSources(line, settings)) {
    const interaction = findLast(history.get(source.key), line.orderedAt)
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
