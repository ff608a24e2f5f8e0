import { facts, required } from './facts'
import type { Payload as Interaction } from './impression/generated-types'
import { dspMetadata, entity, identifier, interactionObject, page, placement } from './normalize'
import type { Impression } from './types'

/** What says what an interaction is about. */
type Subject = Pick<Interaction, 'resolvedBidId' | 'productId' | 'entity' | 'externalCampaignId' | 'externalVendorId'>

/**
 * What an interaction is about: an ad, a product or vendor, or something of the marketplace's own (offsite).
 * @returns nothing where it has none of them
 */
export function about(payload: Subject) {
  const subject = {
    resolvedBidId: identifier(payload.resolvedBidId),
    entity: entity(payload.entity) ?? entity({ id: payload.productId, type: 'product' }),
    externalCampaignId: identifier(payload.externalCampaignId),
    externalVendorId: identifier(payload.externalVendorId)
  }
  return Object.values(subject).some(Boolean) ? subject : undefined
}

/**
 * An impression, or what a click has in common with one.
 * @param noun What messages call the event
 * @throws AggregateAjvError when a fact is missing, also when it has nothing to be about; PayloadValidationError when
 *   its time is none
 */
export function interaction(payload: Interaction, noun: string): Impression {
  const subject = required(
    about(payload),
    'resolvedBidId',
    `This ${noun}, without a product, an entity or an external id,`
  )
  return {
    ...facts(payload, noun),
    ...subject,
    additionalAttribution: subject.resolvedBidId ? entity(payload.additionalAttribution) : undefined,
    placement: placement(payload.placement),
    page: page(payload.page),
    object: interactionObject(payload.object),
    dsp_metadata: dspMetadata(payload.dspMetadata)
  }
}
