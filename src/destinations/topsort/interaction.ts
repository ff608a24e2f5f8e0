import { PayloadValidationError } from '@segment/actions-core'
import type { CommonPayload, Facts } from './facts'
import { toFirst, toId, toOptionalId } from './facts'
import type { Payload } from './impression/generated-types'
import { toPage } from './page'
import { toChoice, toCount, toText, toTexts } from './text'
import type { Click, ClickType, Entity, Impression, InteractionObject, Placement } from './types'

/** The fields of an impression or a click without its facts. In a list, an object that is missing may be null. */
type Interaction = Omit<Payload, keyof CommonPayload | 'productId' | 'entity' | 'additionalAttribution'> & {
  productId?: unknown
  clickType?: unknown
  entity?: Payload['entity'] | null
  additionalAttribution?: Payload['additionalAttribution'] | null
}

/**
 * Makes an impression or a click. An impression has no field for a click type.
 * @param noun What messages call the event
 * @param facts What every event has
 * @throws PayloadValidationError if its bid or product is invalid, or if the event is about nothing
 */
export function toInteraction(payload: Interaction, noun: string, facts: Facts): Click {
  const resolvedBidId = toId(payload.resolvedBidId, 'resolvedBidId', noun)
  const { id, occurredAt, opaqueUserId, deviceType, channel } = facts
  // Spelled out, because spreading the facts takes ten times as long.
  const event: Click = {
    id,
    occurredAt,
    opaqueUserId,
    deviceType,
    channel,
    resolvedBidId,
    entity: toEntity(payload.entity) ?? toProduct(payload.productId, resolvedBidId, noun),
    additionalAttribution: resolvedBidId ? toEntity(payload.additionalAttribution) : undefined,
    placement: toPlacement(payload.placement),
    page: toPage(payload.page),
    object: toObject(payload.object),
    externalCampaignId: toOptionalId(payload.externalCampaignId),
    externalVendorId: toOptionalId(payload.externalVendorId),
    dsp_metadata: toDspMetadata(payload.dspMetadata),
    clickType: toClickType(payload.clickType)
  }
  if (isAboutNothing(event)) {
    throw new PayloadValidationError(
      `This ${noun} is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic ${noun}.`
    )
  }
  return event
}

/** Topsort takes an offsite event without an id. Every other one needs an ad, a product or vendor, or an external id. */
function isAboutNothing(event: Impression): boolean {
  const { resolvedBidId, entity, externalCampaignId, externalVendorId, channel } = event
  return !(resolvedBidId ?? entity ?? externalCampaignId ?? externalVendorId) && channel !== 'offsite'
}

/** The product of an organic event is a fact. Topsort ignores it beside a bid, so there it fails no event. */
function toProduct(value: unknown, resolvedBidId: string | undefined, noun: string): Entity | undefined {
  const id = resolvedBidId ? toOptionalId(toFirst(value)) : toId(toFirst(value), 'product_id', noun)
  return id ? { type: 'product', id } : undefined
}

/** Reads a product or vendor, or omits it if its id or type is missing or unknown. */
export function toEntity(value?: { id?: unknown; type?: unknown } | null): Entity | undefined {
  const id = toOptionalId(value?.id)
  const type = id && toChoice(value?.type, ['product', 'vendor'])
  return id && type ? { type, id } : undefined
}

/** Reads where on the page something was. Omits what Topsort would refuse, and all of it without a path. */
export function toPlacement(value?: { [Key in keyof Placement]?: unknown }): Placement | undefined {
  const path = toText(value?.path)
  if (!value || !path) return undefined
  const categoryIds = toTexts(value.categoryIds)
  return {
    path,
    position: toCount(value.position),
    page: toCount(value.page),
    pageSize: toCount(value.pageSize),
    productId: toText(value.productId),
    categoryIds: categoryIds.length > 0 ? categoryIds : undefined,
    searchQuery: toText(value.searchQuery)
  }
}

/** Reads how something was clicked, or omits it. */
function toClickType(value: unknown): ClickType | undefined {
  return toChoice(value, ['product', 'like', 'add-to-cart'])
}

/** Reads what kind of thing an organic event is about. Omits everything but listings and banners. */
export function toObject(value?: { [Key in keyof InteractionObject]?: unknown }): InteractionObject | undefined {
  const type = toChoice(value?.type, ['listing', 'banner'])
  return type && { type, assetId: toText(value?.assetId), clickType: toClickType(value?.clickType) }
}

/**
 * Reads the metadata of an offsite event: a map of text to text. Topsort answers 422 to any other value, so objects and
 * lists are written as JSON, and empty values are omitted. Lists and text arrive as maps of 0, 1, 2 …, which are omitted.
 */
export function toDspMetadata(value?: Record<string, unknown>): Record<string, string> | undefined {
  const entries = Object.entries(value ?? {})
  if (entries.every(([key], index) => key === String(index))) return undefined
  const written = entries.flatMap(([key, item]): [string, string][] => {
    const text = typeof item === 'object' && item !== null ? JSON.stringify(item) : toText(item)
    return text === undefined ? [] : [[key, text]]
  })
  return written.length > 0 ? Object.fromEntries(written) : undefined
}
