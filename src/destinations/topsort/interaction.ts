import { PayloadValidationError } from '@segment/actions-core'
import type { CommonPayload, Facts } from './facts'
import { toFirst, toId, toOptionalId } from './facts'
import type { Payload } from './impression/generated-types'
import { toPage } from './page'
import { toChoice, toCount, toText, toTexts } from './text'
import type { Click, ClickType, Entity, Impression, InteractionObject, Placement } from './types'

/**
 * The fields of an impression or a click without its facts. In a list, a missing object may be null, and each product has
 * its own position.
 */
type Interaction = Omit<Payload, keyof CommonPayload | 'productId' | 'entity' | 'additionalAttribution'> & {
  productId?: unknown
  position?: unknown
  clickType?: unknown
  entity?: Payload['entity'] | null
  additionalAttribution?: Payload['additionalAttribution'] | null
}

/**
 * Makes an impression or a click. Only a click can have a click type.
 * @param noun The name of the event in messages
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
  set(event, 'placement', toPlacement(payload.placement, payload.position))
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
 * Sets a value if it is not undefined. JSON omits undefined values anyway, but converting an event with many of them
 * takes twice as long.
 */
function set<Target, Key extends keyof Target>(target: Target, key: Key, value: Target[Key] | undefined): void {
  if (value !== undefined) target[key] = value
}

/** Topsort accepts an offsite event without an id. All others need an ad, a product, a vendor or an external id. */
function isAboutNothing(event: Impression): boolean {
  const { resolvedBidId, entity, externalCampaignId, externalVendorId, channel } = event
  return !(resolvedBidId ?? entity ?? externalCampaignId ?? externalVendorId) && channel !== 'offsite'
}

/**
 * Reads the product. It is a fact of an organic event. Topsort ignores it in an event with a bid, so there it is
 * optional.
 */
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

/** A placement in a payload. A value such as `otherPath` is used if `path` is empty or invalid. */
type PlacementInput = {
  [Key in keyof Placement | 'otherPath' | 'otherPosition' | 'otherSearchQuery']?: unknown
}

/**
 * Reads a placement. Omits values that Topsort would refuse, and the whole placement if it has no path.
 * @param position The position, if it is not in the placement
 */
export function toPlacement(value?: PlacementInput, position = value?.position): Placement | undefined {
  const path = toOptionalId(value?.path) ?? toOptionalId(value?.otherPath)
  if (!value || !path) return undefined
  const placement: Placement = { path }
  set(placement, 'position', toCount(position) ?? toCount(value.otherPosition))
  set(placement, 'page', toCount(value.page))
  set(placement, 'pageSize', toCount(value.pageSize))
  set(placement, 'productId', toText(value.productId))
  const categoryIds = toTexts(value.categoryIds)
  if (categoryIds.length > 0) placement.categoryIds = categoryIds
  set(placement, 'searchQuery', toText(value.searchQuery) ?? toText(value.otherSearchQuery))
  return placement
}

/** Reads a click type. Omits unknown ones. */
function toClickType(value: unknown): ClickType | undefined {
  return toChoice(value, ['product', 'like', 'add-to-cart'])
}

/** Reads the kind of object that an organic event is about. Omits everything except listings and banners. */
export function toObject(value?: { [Key in keyof InteractionObject]?: unknown }): InteractionObject | undefined {
  const type = toChoice(value?.type, ['listing', 'banner'])
  return type && { type, assetId: toText(value?.assetId), clickType: toClickType(value?.clickType) }
}

/**
 * Reads the metadata of an offsite event. Topsort accepts only text values and answers 422 to others. So objects and
 * lists are written as JSON, and empty values are omitted. If the metadata itself is a list or a text, the framework
 * makes an object with the keys 0, 1, 2 … of it, which is omitted.
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
