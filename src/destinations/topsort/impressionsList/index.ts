import type { ActionDefinition } from '@segment/actions-core'
import { IntegrationError, PayloadValidationError } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion, Converted } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { missing, toCandidates, toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { toInteraction } from '../interaction'
import { joinReasons } from '../messages'
import type { Impression } from '../types'
import { placement, products } from './fields'
import type { Payload } from './generated-types'

const impressions: Conversion<Payload, Impression> = {
  noun: 'impression',
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
 * Makes an impression of each product. Its id is the id of the list and the index of the product, so it is the same on
 * every try.
 * @throws PayloadValidationError if a fact of the list is missing or invalid, or if no product can be reported
 */
function convert(list: Payload): Converted<Impression> {
  const { products } = list
  const facts = toFacts(list, 'list')
  if (products.length === 0) throw missing('products', 'list')

  const items: Impression[] = []
  const problems: { name: string; reason: string }[] = []
  products.forEach((product, index) => {
    // Each value is listed, because spreading a list and a product into a new object takes several times as long.
    const payload = {
      resolvedBidId: product.resolvedBidId,
      productId: toCandidates(product.productId, product.otherIds),
      entity: product.entity,
      additionalAttribution: product.additionalAttribution,
      placement: list.placement,
      position: product.position,
      page: list.page
    }
    try {
      items.push(toInteraction(payload, 'impression', { ...facts, id: `${facts.id}-${index}` }))
    } catch (error) {
      if (!(error instanceof IntegrationError)) throw error
      problems.push({ name: `Product ${index + 1}`, reason: error.message })
    }
  })
  if (items.length === 0) {
    throw new PayloadValidationError(`No product of this list can be reported. ${joinReasons(problems)}`)
  }
  if (problems.length === 0) return { items }
  return {
    items,
    note: `Left out of this list: ${problems.length} of ${products.length} products. ${joinReasons(problems)}`
  }
}
