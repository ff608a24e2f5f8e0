import type { ActionDefinition, InputField } from '@segment/actions-core'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { each, firstOf, orElse, scalar } from '../directives'
import { facts, required } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { page } from '../normalize'
import type { Payload } from './generated-types'

/** All of it is in a standard page or screen call: a path or a name, and perhaps a category. */
const pageField: InputField = {
  ...fields.page,
  description: 'The page or screen that was visited.',
  required: true,
  default: {
    type: orElse(scalar('$.properties.page.type'), each('$.category', '$.properties.category', '$.name')),
    pageId: firstOf('$.properties.page.pageId', '$.context.page.path', '$.properties.path', '$.name'),
    value: fields.pageValue
  }
}

const pageviews: Conversion<Payload, 'pageviews'> = {
  type: 'pageviews',
  noun: 'page view',
  convert: (payload) => ({
    events: [{ ...facts(payload, 'page view'), page: required(page(payload.page), 'page.pageId', 'This page view') }]
  })
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Page Views',
  description: 'Report to Topsort that a user visited a page or a screen.',
  defaultSubscription: 'type = "page" or type = "screen"',
  fields: {
    ...fields.facts,
    page: pageField,
    deviceType: fields.deviceType,
    channel: fields.channel,
    ...fields.batching
  },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, pageviews),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, pageviews)
}

export default action
