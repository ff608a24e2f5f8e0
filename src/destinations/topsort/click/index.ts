import type { ActionDefinition } from '@segment/actions-core'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { interaction } from '../interaction'
import { clickType } from '../normalize'
import type { Payload } from './generated-types'

const clicks: Conversion<Payload, 'clicks'> = {
  type: 'clicks',
  noun: 'click',
  convert: (payload) => ({ events: [{ ...interaction(payload, 'click'), clickType: clickType(payload.clickType) }] })
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
