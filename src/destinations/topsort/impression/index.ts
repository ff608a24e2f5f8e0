import type { ActionDefinition } from '@segment/actions-core'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { interaction } from '../interaction'
import type { Payload } from './generated-types'

const impressions: Conversion<Payload, 'impressions'> = {
  type: 'impressions',
  noun: 'impression',
  convert: (payload) => ({ events: [interaction(payload, 'impression')] })
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Impression',
  description: 'Report to Topsort that a user saw a product or a banner, sponsored or organic.',
  defaultSubscription: 'type = "track" and event = "Product Viewed"',
  fields: { ...fields.interaction, ...fields.batching },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, impressions),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, impressions)
}

export default action
