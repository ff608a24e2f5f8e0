import type { ActionDefinition } from '@segment/actions-core'
import { eventsEndpoint } from '../client'
import type { Conversion } from '../delivery'
import { deliverBatch, deliverOne } from '../delivery'
import { toFacts } from '../facts'
import * as fields from '../fields'
import type { Settings } from '../generated-types'
import { toPage } from '../page'
import { InvalidEvent } from '../reasons'
import type { Pageview } from '../types'
import type { Payload } from './generated-types'

export const pageviews: Conversion<Payload, Pageview> = {
  noun: 'page view',
  endpoint: eventsEndpoint('pageviews'),
  convert: (payload) => [toPageview(payload)]
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Page Views',
  description: 'Report to Topsort that a user visited a page or a screen.',
  defaultSubscription: 'type = "page" or type = "screen"',
  fields: {
    ...fields.facts,
    page: fields.visitedPage,
    deviceType: fields.deviceType,
    channel: fields.channel,
    ...fields.batching
  },
  perform: (request, { payload, settings }) => deliverOne(request, settings, payload, pageviews),
  performBatch: (request, { payload, settings }) => deliverBatch(request, settings, payload, pageviews)
}

export default action

/** @throws InvalidEvent if the page id or another fact is missing or invalid */
function toPageview(payload: Payload): Pageview {
  const { id, occurredAt, opaqueUserId, deviceType, channel } = toFacts(payload)
  const page = toPage(payload.page)
  if (!page) throw new InvalidEvent({ code: 'page_id_missing' })
  // Each value is listed, because spreading an object and adding a key takes several times as long.
  return { id, occurredAt, opaqueUserId, deviceType, channel, page }
}
