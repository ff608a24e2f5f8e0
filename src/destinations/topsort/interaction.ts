import type { CommonPayload, Facts } from './facts'
import { isMeaninglessText, isNone, toBid } from './facts'
import type { Payload } from './impression/generated-types'
import { quote } from './messages'
import { toPage } from './page'
import type { InteractionReason, Reason } from './reasons'
import { InvalidEvent } from './reasons'
import { toChoice, toCount, toOptionalId, toText, toTexts } from './text'
import type { Click, ClickType, Entity, Impression, InteractionObject, Placement } from './types'

/**
 * The fields of an impression or a click without its facts. In a list, a missing object may be null, and each product has
 * its own position.
 */
type Interaction = Omit<Payload, keyof CommonPayload | 'entity' | 'additionalAttribution'> & {
  position?: unknown
  clickType?: unknown
  entity?: Payload['entity'] | null
  additionalAttribution?: Payload['additionalAttribution'] | null
}

/**
 * Makes an impression or a click. Only a click can have a click type.
 * @param notes Gets a reason for each value that is omitted, although the shop meant it for Topsort
 * @throws InvalidEvent if its bid or product is invalid, or if the event is about nothing
 */
export function toInteraction(payload: Interaction, facts: Facts, notes: Reason[]): Click {
  const resolvedBidId = toBid(payload.resolvedBidId)
  const { id, occurredAt, opaqueUserId } = facts
  const event: Click = { id, occurredAt, opaqueUserId }
  set(event, 'deviceType', facts.deviceType)
  set(event, 'channel', facts.channel)
  set(event, 'resolvedBidId', resolvedBidId)
  set(event, 'entity', toEntity(payload.entity) ?? toProduct(payload.productId, resolvedBidId))
  set(event, 'additionalAttribution', resolvedBidId && toAttribution(payload.additionalAttribution, notes))
  set(event, 'placement', toPlacement(payload.placement, payload.position))
  set(event, 'page', toPage(payload.page))
  set(event, 'object', toObject(payload.object, notes))
  set(event, 'externalCampaignId', toOptionalId(payload.externalCampaignId))
  set(event, 'externalVendorId', toOptionalId(payload.externalVendorId))
  set(event, 'dsp_metadata', toDspMetadata(payload.dspMetadata))
  set(event, 'clickType', toClickType(payload.clickType, notes))
  if (isAboutNothing(event)) throw new InvalidEvent(whyAboutNothing(payload))
  return event
}

/**
 * Sets a value if it is not empty. JSON omits undefined values anyway, but converting an event with many of them takes
 * twice as long.
 */
function set<Target, Key extends keyof Target>(target: Target, key: Key, value: Target[Key] | '' | undefined): void {
  if (value) target[key] = value
}
/** Topsort accepts an offsite event without an id. All others need an ad, a product, a vendor or an external id. */
function isAboutNothing(event: Impression): boolean {
  const { resolvedBidId, entity, externalCampaignId, externalVendorId, channel } = event
  return !(resolvedBidId ?? entity ?? externalCampaignId ?? externalVendorId) && channel !== 'offsite'
}

function whyAboutNothing({ productId, entity }: Interaction): InteractionReason {
  const value = [productId, entity?.id].find(isMeaninglessText)
  return value === undefined ? { code: 'about_nothing' } : { code: 'product_id_meaningless', value: quote(value) }
}

/**
 * Reads the product. It is a fact of an organic event. Topsort ignores it in an event with a bid, so there it is
 * optional.
 * @throws InvalidEvent if the product of an organic event cannot be an id
 */
function toProduct(value: unknown, resolvedBidId: string | undefined): Entity | undefined {
  const id = toOptionalId(value)
  if (id) return { type: 'product', id }
  if (resolvedBidId || isNone(value) || isMeaninglessText(value)) return undefined
  throw new InvalidEvent({ code: 'product_id_invalid', value: quote(value) })
}

/** Reads a product or vendor, or omits it if its id or type is missing or unknown. */
export function toEntity(value?: { id?: unknown; type?: unknown } | null): Entity | undefined {
  const id = toOptionalId(value?.id)
  const type = id && toChoice(value?.type, ['product', 'vendor'])
  return id && type ? { type, id } : undefined
}

/** Reads the product or vendor to credit. Adds a note if its type is unknown, because then nothing is credited. */
function toAttribution(value: Interaction['additionalAttribution'], notes: Reason[]): Entity | undefined {
  const attribution = toEntity(value)
  const type = attribution ? undefined : toText(value?.type)
  if (type && toOptionalId(value?.id)) notes.push({ code: 'attribution_type_unknown', value: quote(type) })
  return attribution
}

/**
 * Reads a placement. Omits values that Topsort would refuse, and the whole placement if it has no path.
 * @param position The position, if it is not in the placement
 */
export function toPlacement(
  value?: { [Key in keyof Placement]?: unknown },
  position = value?.position
): Placement | undefined {
  const path = toOptionalId(value?.path)
  if (!value || !path) return undefined
  const placement: Placement = { path }
  set(placement, 'position', toCount(position))
  set(placement, 'page', toCount(value.page))
  set(placement, 'pageSize', toCount(value.pageSize))
  set(placement, 'productId', toOptionalId(value.productId))
  const categoryIds = toTexts(value.categoryIds)
  if (categoryIds.length > 0) placement.categoryIds = categoryIds
  set(placement, 'searchQuery', toText(value.searchQuery))
  return placement
}

/** Reads a click type. Omits unknown ones with a note, such as `image`, which only a newer SDK of Topsort's sends. */
function toClickType(value: unknown, notes: Reason[]): ClickType | undefined {
  const clickType = toChoice(value, ['product', 'like', 'add-to-cart'])
  const unknown = clickType ? undefined : toText(value)
  if (unknown) notes.push({ code: 'click_type_unknown', value: quote(unknown) })
  return clickType
}

/** Reads the kind of object that an organic event is about. Omits everything except listings and banners. */
export function toObject(
  value: { [Key in keyof InteractionObject]?: unknown } | undefined,
  notes: Reason[]
): InteractionObject | undefined {
  const type = toChoice(value?.type, ['listing', 'banner'])
  if (!type) return undefined
  return { type, assetId: toOptionalId(value?.assetId), clickType: toClickType(value?.clickType, notes) }
}

/**
 * Reads the metadata of an offsite event. Topsort accepts only text values and answers 422 to others. So objects and
 * lists are written as JSON, and empty values are omitted.
 */
export function toDspMetadata(value?: Record<string, unknown>): Record<string, string> | undefined {
  const written = Object.entries(value ?? {}).flatMap(([key, item]): [string, string][] => {
    const text = typeof item === 'object' && item !== null ? JSON.stringify(item) : toText(item)
    return text === undefined ? [] : [[key, text]]
  })
  return written.length > 0 ? Object.fromEntries(written) : undefined
}
