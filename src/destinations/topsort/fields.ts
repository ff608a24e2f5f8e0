/**
 * The input fields that several actions share: data, with the mappings that new customers start from.
 *
 * Two things to know before a change. Customers' saved mappings keep their old paths, so a name or a type that is gone
 * breaks them, and a default mends new mappings only. And leaves are text wherever a shop may send a number, a word or
 * nothing at all: the framework would fail the whole event for a value of another type, where `normalize.ts` knows better.
 */
import type { InputField } from '@segment/actions-core'
import { each, firstOf, json, map, scalar } from './directives'
import { MAX_EVENTS_PER_REQUEST } from './types'

export const id: InputField = {
  label: 'Event ID',
  description:
    'Identifies the event, so that Topsort can tell a repeat. It has to be unique for each event and the same whenever the event is sent again. Use the order id for purchases that your shop may report twice.',
  type: 'string',
  required: true,
  default: { '@path': '$.messageId' }
}

export const occurredAt: InputField = {
  label: 'Occurred At',
  description: 'When the event happened: ISO 8601, or the seconds or milliseconds since 1970.',
  type: 'datetime',
  required: true,
  default: { '@path': '$.timestamp' }
}

export const opaqueUserId: InputField = {
  label: 'Opaque User ID',
  description:
    'The anonymous id of the user. It has to be the id that your shop sends with its auctions: Topsort credits a purchase to an earlier click with the same id.',
  type: 'string',
  required: true,
  default: firstOf('$.properties.opaqueUserId', '$.anonymousId', '$.userId')
}

export const resolvedBidId: InputField = {
  label: 'Resolved Bid ID',
  description:
    "The `resolvedBidId` of the auction's winner. An event with it is sponsored, and billed. Without it the event is organic, and about a product, an entity or something with an external id.",
  type: 'string',
  default: scalar('$.properties.resolvedBidId')
}

const entityProperties: InputField['properties'] = {
  id: {
    label: 'ID',
    description: "Your marketplace's id of the product or vendor, as in your catalog integration with Topsort.",
    type: 'string'
  },
  type: {
    label: 'Type',
    description: '`product` or `vendor`.',
    type: 'string'
  }
}

/** The default of an entity, below the path of what has it: `$.properties`, or `$` inside a list. */
export function entityDefault(root: string) {
  return { id: scalar(`${root}.entity.id`), type: scalar(`${root}.entity.type`) }
}

export const entity: InputField = {
  label: 'Entity',
  description:
    'The product or vendor that an organic event is about, if it is not the product of the field Product ID. Topsort disregards it when there is a resolved bid id.',
  type: 'object',
  properties: entityProperties,
  default: entityDefault('$.properties')
}

/**
 * The product that something is about.
 * @param root The path of what describes it: `$.properties`, or `$` inside a list
 */
export function productId(root: string): InputField {
  return {
    label: 'Product ID',
    description: 'The product that an organic event is about, as in your catalog integration with Topsort.',
    type: 'string',
    default: firstOf(...['product_id', 'productId', 'id', 'sku'].map((name) => `${root}.${name}`))
  }
}

/** @param root The path of what has the property `additionalAttribution` */
export function additionalAttribution(root: string): InputField {
  return {
    label: 'Additional Attribution',
    description:
      'The product or vendor (`id` and `type`) to credit besides the banner whose resolved bid id the event carries. Left out without a resolved bid id.',
    type: 'object',
    default: {
      id: scalar(`${root}.additionalAttribution.id`),
      type: scalar(`${root}.additionalAttribution.type`)
    }
  }
}

export const placementDefault = {
  path: firstOf('$.properties.placement.path', '$.context.page.path'),
  position: firstOf('$.properties.placement.position', '$.properties.position'),
  page: scalar('$.properties.placement.page'),
  pageSize: scalar('$.properties.placement.pageSize'),
  productId: scalar('$.properties.placement.productId'),
  categoryIds: json('$.properties.placement.categoryIds'),
  searchQuery: firstOf('$.properties.placement.searchQuery', '$.properties.query')
}

export const placementProperties = {
  path: {
    label: 'Path',
    description: "The path of the page's URL. For apps: the deep link of the view, or a path that stands for it.",
    type: 'string'
  },
  position: {
    label: 'Position',
    description: 'The place in the list of products, counted from 1.',
    type: 'string'
  },
  page: {
    label: 'Page',
    description: 'The number of the page in a paginated list, counted from 1.',
    type: 'string'
  },
  pageSize: {
    label: 'Page Size',
    description: 'How many products a page of a paginated list has.',
    type: 'string'
  },
  productId: {
    label: 'Product ID',
    description: 'The product that the page is about, as in your catalog integration with Topsort.',
    type: 'string'
  },
  categoryIds: {
    label: 'Category IDs',
    description: 'The categories that the page is about, as in your catalog integration with Topsort.',
    type: 'string',
    multiple: true
  },
  searchQuery: {
    label: 'Search Query',
    description: 'What the user searched for: the same text as in the auction.',
    type: 'string'
  }
} satisfies InputField['properties']

export const placement: InputField = {
  label: 'Placement',
  description: 'Where on the page the product or banner was. Left out without a path.',
  type: 'object',
  properties: placementProperties,
  default: placementDefault
}

export const pageValue = json('$.properties.page.value', each('$.context.page.title'))

export const page: InputField = {
  label: 'Page',
  description: 'The page on which it happened. Left out without a page id.',
  type: 'object',
  properties: {
    type: {
      label: 'Type',
      description:
        '`home`, `category`, `PDP`, `search` or `cart`, also by their common names, such as `product` or `product list`. Anything else is `other`.',
      type: 'string'
    },
    pageId: {
      label: 'Page ID',
      description: 'Identifies the page, such as its path.',
      type: 'string'
    },
    value: {
      label: 'Value',
      description:
        'What the page shows: a category, a product, what was searched for; for a cart the list of products.',
      type: 'string',
      multiple: true
    }
  },
  default: {
    type: scalar('$.properties.page.type'),
    pageId: scalar('$.properties.page.pageId'),
    value: pageValue
  }
}

const clickTypes = '`product`, `like` or `add-to-cart`'

export const object: InputField = {
  label: 'Object',
  description: 'What kind of thing an organic event was about.',
  type: 'object',
  properties: {
    type: {
      label: 'Type',
      description: '`listing` or `banner`.',
      type: 'string'
    },
    assetId: {
      label: 'Asset ID',
      description: 'The id of the asset of a banner.',
      type: 'string'
    },
    clickType: {
      label: 'Click Type',
      description: `How a listing was clicked: ${clickTypes}.`,
      type: 'string'
    }
  },
  default: {
    type: scalar('$.properties.object.type'),
    assetId: scalar('$.properties.object.assetId'),
    clickType: scalar('$.properties.object.clickType')
  }
}

export const clickType: InputField = {
  label: 'Click Type',
  description: `How a sponsored product was clicked: ${clickTypes}. Anything else is left out.`,
  type: 'string',
  default: scalar('$.properties.clickType')
}

export const externalCampaignId: InputField = {
  label: 'External Campaign ID',
  description: "Your marketplace's own id of the campaign, for offsite events.",
  type: 'string',
  default: scalar('$.properties.externalCampaignId')
}

export const externalVendorId: InputField = {
  label: 'External Vendor ID',
  description: "Your marketplace's own id of the vendor, for offsite events.",
  type: 'string',
  default: scalar('$.properties.externalVendorId')
}

export const deviceType: InputField = {
  label: 'Device Type',
  description:
    '`desktop` or `mobile`; operating systems and the user agents of browsers are read as one of them. Anything else is left out.',
  type: 'string',
  default: firstOf('$.context.device.type', '$.context.userAgent')
}

export const channel: InputField = {
  label: 'Channel',
  description: '`onsite`, `offsite` or `instore`. Anything else is left out.',
  type: 'string',
  default: scalar('$.properties.channel')
}

export const dspMetadata: InputField = {
  label: 'DSP Metadata',
  description:
    'What the demand-side platform of an offsite event wants to get back, such as `gclid`: names and texts. Values that are not text are sent as JSON.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  default: map('$.properties.dspMetadata')
}

/** How Segment groups events before it hands them over. Neither field is sent to Topsort. */
export const batching: Record<'enable_batching' | 'batch_size', InputField> = {
  enable_batching: {
    label: 'Batch Events',
    description: 'Sends up to 50 events to Topsort in one request. Each event still gets a result of its own.',
    type: 'boolean',
    default: true
  },
  batch_size: {
    label: 'Batch Size',
    description: 'The largest number of events that Segment hands over at once: at most 50, as Topsort takes them.',
    type: 'number',
    minimum: 1,
    maximum: MAX_EVENTS_PER_REQUEST,
    default: MAX_EVENTS_PER_REQUEST,
    unsafe_hidden: true
  }
}

/** What every action asks for first: which event, when, whose. */
export const facts = { id, occurredAt, opaqueUserId }

/** The fields of an impression, which are those of a click too. */
export const interaction = {
  ...facts,
  resolvedBidId,
  productId: productId('$.properties'),
  entity,
  additionalAttribution: additionalAttribution('$.properties'),
  placement,
  page,
  object,
  externalCampaignId,
  externalVendorId,
  deviceType,
  channel,
  dspMetadata
}
