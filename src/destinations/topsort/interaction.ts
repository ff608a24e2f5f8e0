import { facts, required } from './facts'
import type { Payload as Interaction } from './impression/generated-types'
import { dspMetadata, entity, interactionObject, page, placement, text } from './normalize'
import type { Impression } from './types'

/**
 * What an interaction is about: an ad, a product or vendor, or something of the marketplace's own (offsite).
 * @returns nothing where it has none of them
 */
export function about(
  payload: Pick<Interaction, 'resolvedBidId' | 'entity' | 'externalCampaignId' | 'externalVendorId'>
): Pick<Impression, 'resolvedBidId' | 'entity' | 'externalCampaignId' | 'externalVendorId'> | undefined {
  const subject = {
    resolvedBidId: text(payload.resolvedBidId),
    entity: entity(payload.entity),
    externalCampaignId: text(payload.externalCampaignId),
    externalVendorId: text(payload.externalVendorId)
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
  const subject = required(about(payload), 'resolvedBidId', `This ${noun}, without an entity or an external id,`)
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
