import type { FromSchema } from 'json-schema-to-ts'
import { compile } from '../validation'
import { closed, count, device, page, text } from './parts'

/** The most events of one type in a request. */
export const MAX_EVENTS_OF_A_TYPE = 50

const entity = {
  ...closed,
  required: ['type', 'id'],
  properties: { type: { type: 'string', enum: ['product', 'vendor'] }, id: text }
} as const

const placement = {
  ...closed,
  required: ['path'],
  properties: {
    path: text,
    position: count,
    page: count,
    pageSize: count,
    productId: text,
    categoryIds: { type: 'array', minItems: 1, items: text },
    searchQuery: text
  }
} as const

const clickType = { type: 'string', enum: ['product', 'like', 'add-to-cart'] } as const

/** The values of `clickType`. */
export const CLICK_TYPES: readonly string[] = clickType.enum

const interactionObject = {
  ...closed,
  required: ['type'],
  properties: { type: { type: 'string', enum: ['listing', 'banner'] }, assetId: text, clickType }
} as const

const timeMessage = {
  message: 'must be an RFC 3339 date and time with an offset, such as 2026-03-01T12:00:00Z'
} as const

const eventProperties = {
  id: text,
  // The format alone would also accept a space instead of "T", and an offset without minutes or without a colon.
  occurredAt: {
    type: 'string',
    format: 'date-time',
    pattern: '[Tt].+([Zz]|[+-]\\d\\d:\\d\\d)$',
    refusals: { format: timeMessage, pattern: timeMessage }
  },
  opaqueUserId: text,
  deviceType: device,
  channel: { type: 'string', enum: ['onsite', 'offsite', 'instore'] }
} as const

const impression = {
  ...closed,
  required: ['id', 'occurredAt', 'opaqueUserId'],
  properties: {
    ...eventProperties,
    resolvedBidId: text,
    entity,
    additionalAttribution: entity,
    placement,
    page,
    object: interactionObject,
    externalCampaignId: text,
    externalVendorId: text,
    dsp_metadata: {
      type: 'object',
      additionalProperties: { ...text, refusals: { type: { status: 422 } } }
    }
  },
  dependencies: { additionalAttribution: ['resolvedBidId'] },
  not: {
    type: 'object',
    properties: {
      resolvedBidId: false,
      entity: false,
      externalCampaignId: false,
      externalVendorId: false,
      channel: { enum: ['onsite', 'instore'] }
    }
  },
  refusals: {
    not: {
      message:
        'must have a resolvedBidId, an entity, an externalCampaignId, an externalVendorId or the channel "offsite"'
    },
    dependencies: { message: 'must have a resolvedBidId together with its additionalAttribution' }
  }
} as const

const click = { ...impression, properties: { ...impression.properties, clickType } } as const

const purchaseItem = {
  ...closed,
  required: ['productId', 'unitPrice'],
  properties: {
    productId: text,
    unitPrice: { type: 'number', exclusiveMinimum: 0 },
    quantity: { ...count, refusals: { minimum: { errCode: 'purchase_item_quantity_less_or_equal_than_zero' } } },
    vendorId: text
  }
} as const

const purchase = {
  ...closed,
  required: ['id', 'occurredAt', 'opaqueUserId', 'items'],
  properties: {
    ...eventProperties,
    items: {
      type: 'array',
      minItems: 1,
      items: purchaseItem,
      refusals: { minItems: { errCode: 'no_purchase_items' } }
    }
  }
} as const

const pageview = {
  ...closed,
  required: ['id', 'occurredAt', 'opaqueUserId', 'page'],
  properties: { ...eventProperties, page }
} as const

const noEvents = { type: 'array', maxItems: 0 } as const

/**
 * The JSON Schema (draft 7) of the body of `POST /v2/events`. It is as strict as Topsort's API. The keyword `refusals`
 * is ours: `validation.ts` explains it.
 *
 * Source: https://docs.topsort.com/en/api-reference/ (Report events). That page does not list `dsp_metadata` and its
 * 422 yet.
 */
export const eventsRequestSchema = {
  ...closed,
  properties: {
    impressions: { type: 'array', maxItems: MAX_EVENTS_OF_A_TYPE, items: impression },
    clicks: { type: 'array', maxItems: MAX_EVENTS_OF_A_TYPE, items: click },
    purchases: { type: 'array', maxItems: MAX_EVENTS_OF_A_TYPE, items: purchase },
    pageviews: { type: 'array', maxItems: MAX_EVENTS_OF_A_TYPE, items: pageview }
  },
  not: {
    type: 'object',
    properties: { impressions: noEvents, clicks: noEvents, purchases: noEvents, pageviews: noEvents }
  },
  refusals: { not: { errCode: 'empty_request', message: 'must have at least one event' } }
} as const

/** A request body that fits the contract. */
export type EventsRequest = FromSchema<typeof eventsRequestSchema>

/** A type of events: the name of their list in a request and in the ledger. */
export type EventType = keyof EventsRequest

/** The type of the events in each list. */
export type EventsByType = { [Type in EventType]-?: NonNullable<EventsRequest[Type]>[number] }

/** The lists of a request, in the order in which the ledger stores them. */
export const EVENT_TYPES = ['impressions', 'clicks', 'purchases', 'pageviews'] as const satisfies EventType[]

/** Checks a parsed JSON body. A misfit is about the first event that breaks the contract. */
export const parseEventsRequest = compile<EventsRequest>(eventsRequestSchema, 'the body')
