import type { ActionDefinition } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { toInteraction } from '../interaction'
import type { Click } from '../types'
import type { Payload } from './generated-types'

export const clicks: Conversion<Payload, Click> = {
  noun: 'click',
  endpoint: eventsEndpoint('clicks'),
  convert: (payload, notes) => [toInteraction(payload, toFacts(payload), notes)]
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Click',
  description: 'Report to Topsort that a user clicked a product or a banner, sponsored or organic.',
  defaultSubscription: 'type = "track" and event = "Product Clicked"',
  fields: { ...fields.interaction, clickType: fields.clickType, ...fields.batching },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, clicks),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, clicks)
}

export default action
