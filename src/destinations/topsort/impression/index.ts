import type { ActionDefinition } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { toInteraction } from '../interaction'
import type { Impression } from '../types'
import type { Payload } from './generated-types'

export const impressions: Conversion<Payload, Impression> = {
  noun: 'impression',
  endpoint: eventsEndpoint('impressions'),
  convert: (payload, notes) => [toInteraction(payload, toFacts(payload), notes)]
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
