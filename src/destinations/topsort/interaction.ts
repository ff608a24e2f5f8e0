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
  const { id, occurredAt, opaqueUserId } = facts
  const event: Click = { id, occurredAt, opaqueUserId }
  set(event, 'deviceType', facts.deviceType)
  set(event, 'channel', facts.channel)
  set(event, 'resolvedBidId', resolvedBidId)
  set(event, 'entity', toEntity(payload.entity) ?? toProduct(payload.productId, resolvedBidId, noun))
  set(event, 'additionalAttribution', resolvedBidId ? toEntity(payload.additionalAttribution) : undefined)
  set(event, 'placement', toPlacement(payload.placement))
  set(event, 'page', toPage(payload.page))
  set(event, 'object', toObject(payload.object))
  set(event, 'externalCampaignId', toOptionalId(payload.externalCampaignId))
  set(event, 'externalVendorId', toOptionalId(payload.externalVendorId))
  set(event, 'dsp_metadata', toDspMetadata(payload.dspMetadata))
  set(event, 'clickType', toClickType(payload.clickType))
  if (isAboutNothing(event)) {
    throw new PayloadValidationError(
      `This ${noun} is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic ${noun}.`
    )
  }
  return event
}

/**
 * Sets a value that is there. JSON omits undefined values anyway, but an event full of them takes twice as long to
 * write as JSON.
 */
function set<Target, Key extends keyof Target>(target: Target, key: Key, value: Target[Key] | undefined): void {
  if (value !== undefined) target[key] = value
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

/** A placement as it arrives. A value whose name starts with `other` is used if the value without `other` is not. */
type PlacementInput = {
  [Key in keyof Placement | 'otherPath' | 'otherPosition' | 'otherSearchQuery']?: unknown
}

/** Reads where on the page something was. Omits what Topsort would refuse, and all of it without a path. */
export function toPlacement(value?: PlacementInput): Placement | undefined {
  const path = toOptionalId(value?.path) ?? toOptionalId(value?.otherPath)
  if (!value || !path) return undefined
  const placement: Placement = { path }
  set(placement, 'position', toCount(value.position) ?? toCount(value.otherPosition))
  set(placement, 'page', toCount(value.page))
  set(placement, 'pageSize', toCount(value.pageSize))
  set(placement, 'productId', toText(value.productId))
  const categoryIds = toTexts(value.categoryIds)
  if (categoryIds.length > 0) placement.categoryIds = categoryIds
  set(placement, 'searchQuery', toText(value.searchQuery) ?? toText(value.otherSearchQuery))
  return placement
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
