import type { Format } from '../contract'
import { DAY } from '../../core'
import { toDuration } from '../time'
import type { InteractionHistory, TimelinesBySlot } from './history'
import type { AdInteraction } from './interaction'
import type { OrderLine } from './order-line'
import type { AttributionSettings } from './settings'
import { findLast, pickLast, type Timeline } from './timeline'

/** The parts of a history that can contain the credit for an order line, and have the same rank. */
export type CreditSource = { kind: AdInteraction['type']; formats: readonly Format[]; isHalo: boolean }

/** Listings beat other formats. Topsort publishes no rank among the others, so there the last interaction wins. */
const FORMAT_RANKS: readonly (readonly Format[])[] = [['listings'], ['brands', 'banners']]

/**
 * All sources, best first. Clicks beat impressions, and listings beat other formats. Topsort does not publish the rank
 * of halo. Here, it comes last: for the same kind and format, the same product beats another product of the vendor.
 */
const SOURCES: CreditSource[] = (['click', 'impression'] as const).flatMap((kind) =>
  FORMAT_RANKS.flatMap((formats) => [false, true].map((isHalo): CreditSource => ({ kind, formats, isHalo })))
)

/** Returns the timelines of a source that can contain the credit for an order line. */
function timelinesOf(
  { kind, formats, isHalo }: CreditSource,
  line: OrderLine,
  history: InteractionHistory,
  settings: AttributionSettings
): (Timeline | undefined)[] {
  if (isHalo && !settings.halo) return []
  const shelves = isHalo ? [history.vendors.get(line.vendorId ?? '')] : shelvesOf(line, history)
  return formats
    .filter((format) => kind === 'click' || settings[format].model === 'last-impression')
    .flatMap((format) => shelves.map((shelf) => shelf?.[`${kind} ${format}`]))
}

/** A line with a vendor is only credited to ads of this vendor, and to ads whose vendor is not known here. */
function shelvesOf({ productId, vendorId }: OrderLine, history: InteractionHistory): (TimelinesBySlot | undefined)[] {
  const shelves = history.products.get(productId)
  if (!shelves) return []
  return vendorId === undefined ? [...shelves.values()] : [shelves.get(vendorId), shelves.get(undefined)]
}

/** Returns the timelines that can contain the credit for an order line, best first. */
export function listTimelines(
  line: OrderLine,
  history: InteractionHistory,
  settings: AttributionSettings
): (Timeline | undefined)[] {
  return SOURCES.flatMap((source) => timelinesOf(source, line, history, settings))
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
    const candidates = timelinesOf(source, line, history, settings)
      .map((timeline) => findLast(timeline, line.orderedAt))
      .filter((interaction) => interaction !== undefined && isInWindow(interaction, line, settings))
    const interaction = pickLast(candidates)
    if (interaction && isSponsored(interaction)) return { interaction, source }
  }
  return undefined
}

function isSponsored(interaction: AdInteraction): interaction is Credit['interaction'] {
  return interaction.resolvedBidId !== undefined
}

/** Returns whether an interaction is recent enough for an order. The last millisecond of the window counts. */
export function isInWindow(interaction: AdInteraction, line: OrderLine, settings: AttributionSettings): boolean {
  return line.orderedAt - interaction.countsFrom <= settings[interaction.format].windowDays * DAY
}

/** Returns one or more sentences that say why an interaction gets the credit. */
export function explainCredit(line: OrderLine, { interaction, source }: Credit): string {
  const age = toDuration(line.orderedAt - interaction.countsFrom)
  const sentences = [
    `The last ${source.kind} on ${toSubject(line, interaction, source)} in ${interaction.format} came ${age} before the order.`
  ]
  if (interaction.opaqueUserId !== line.opaqueUserId) {
    sentences.push(`Its user id "${interaction.opaqueUserId}" is linked to "${line.opaqueUserId}".`)
  }
  if (interaction.isAssumed) {
    sentences.push('No auction here gave its bid, so its format and product are assumed from the event.')
  }
  return sentences.join(' ')
}

function toSubject(line: OrderLine, { productIds }: AdInteraction, { isHalo }: CreditSource): string {
  if (!isHalo || productIds.includes(line.productId)) return 'this product'
  const thing = productIds.length > 0 ? 'a product' : 'an ad'
  return `${thing} of vendor "${line.vendorId ?? ''}" (halo)`
}
