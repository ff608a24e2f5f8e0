import type { ActionDefinition } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import type { Conversion, Converted } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { required } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { about, interaction } from '../interaction'
import { identifier } from '../normalize'
import type { Impression } from '../types'
import { placement, products } from './fields'
import type { Payload } from './generated-types'

const impressions: Conversion<Payload, 'impressions'> = { type: 'impressions', noun: 'impression', convert }

const action: ActionDefinition<Settings, Payload> = {
  title: 'Impressions List',
  description: 'Report to Topsort that a user saw a list of products: an impression for each of them.',
  defaultSubscription: 'type = "track" and event = "Product List Viewed"',
  fields: {
    ...fields.facts,
    products,
    placement,
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
 * An impression for each product, with an id that is the same on every try: the list's, and the product's place in it.
 * @throws AggregateAjvError for a list without products, PayloadValidationError when none of them can be reported
 */
function convert({ products, ...list }: Payload): Converted<Impression> {
  const id = required(identifier(list.id), 'id', 'This list')
  required(products[0], 'products', 'This list')
  const impressions = products.map(({ resolvedBidId, productId, entity, additionalAttribution, position }, index) => {
    const seen = {
      ...list,
      id: `${id}-${index}`,
      resolvedBidId,
      productId,
      entity: entity ?? undefined,
      additionalAttribution: additionalAttribution ?? undefined,
      placement: { ...list.placement, position }
    }
    return about(seen) && interaction(seen, 'impression')
  })
  const events = impressions.filter((impression) => impression !== undefined)
  const leftOut = products.length - events.length
  if (events.length === 0) {
    throw new PayloadValidationError(
      'No product of this list can be reported: none has a resolvedBidId, a product id or an entity.'
    )
  }
  const note = `Left out of this list: ${leftOut} of ${products.length} products, without a resolvedBidId, a product id or an entity.`
  return { events, note: leftOut > 0 ? note : undefined }
}
