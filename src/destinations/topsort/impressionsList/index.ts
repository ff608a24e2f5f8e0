import type { ActionDefinition } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { toInteraction } from '../interaction'
import type { InteractionReason, Reason } from '../reasons'
import { groupByReason, InvalidEvent } from '../reasons'
import type { Impression } from '../types'
import { products } from './fields'
import type { Payload } from './generated-types'

export const impressions: Conversion<Payload, Impression> = {
  noun: 'list',
  endpoint: eventsEndpoint('impressions'),
  convert
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Impressions List',
  description: 'Report to Topsort that a user saw a list of products: an impression for each of them.',
  defaultSubscription: 'type = "track" and event = "Product List Viewed"',
  fields: {
    ...fields.facts,
    products,
    placement: fields.listPlacement,
    page: fields.page,
    deviceType: fields.deviceType,
    channel: fields.channel,
    ...fields.batching
  },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, impressions),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, impressions)
}

export default action

/**
 * Makes an impression of each product. Its id is the id of the list and the index of the product, so it is the same on
 * every try.
 * @throws InvalidEvent if a fact of the list is missing or invalid, or if no product can be reported
 */
function convert(list: Payload, notes: Reason[]): Impression[] {
  const { products } = list
  const facts = toFacts(list)
  if (products.length === 0) throw new InvalidEvent({ code: 'products_missing' })

  const items: Impression[] = []
  const failed: { reason: InteractionReason; places: number[] }[] = []
  products.forEach((product, index) => {
    // Each value is listed, because spreading a list and a product into a new object takes several times as long.
    const payload = {
      resolvedBidId: product.resolvedBidId,
      productId: product.productId,
      entity: product.entity,
      additionalAttribution: product.additionalAttribution,
      placement: list.placement,
      position: product.position,
      page: list.page
    }
    try {
      items.push(toInteraction(payload, { ...facts, id: `${facts.id}-${index}` }, notes))
    } catch (error) {
      if (!(error instanceof InvalidEvent)) throw error
      failed.push({ reason: error.reason as InteractionReason, places: [index + 1] })
    }
  })
  if (failed.length === 0) return items
  const problems = groupByReason(failed).map(({ reason, places }) => ({ ...reason, products: places }))
  const parts = { count: failed.length, of: products.length, problems }
  if (items.length === 0) throw new InvalidEvent({ code: 'products_unusable', ...parts })
  notes.push({ code: 'products_left_out', ...parts })
  return items
}
