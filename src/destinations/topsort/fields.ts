/**
 * The input fields that several actions share, with their defaults for new mappings.
 *
 * Removing a field or changing its type breaks saved mappings. Changing a default affects new mappings only. Fields
 * with values of different types, such as a number or a word, have the type `string`: for other types, the framework
 * fails the whole event if a value does not fit. As text, the code can correct or omit the value.
 */
import type { InputField } from '@segment/actions-core'
import { omit } from '@segment/actions-core'
import { at, firstOf, keysOf, merge } from './mappings'
import { MAX_EVENTS_PER_REQUEST } from './types'

export const id: InputField = {
  label: 'Event ID',
  description:
    'Identifies the event. It must be unique, and the same whenever the event is sent again. For purchases that your shop may report twice, use the order id.',
  type: 'string',
  required: true,
  default: at('$.messageId')
}

export const occurredAt: InputField = {
  label: 'Occurred At',
  description: 'When the event happened: ISO 8601, or the seconds or milliseconds since 1970.',
  type: 'datetime',
  required: true,
  default: at('$.timestamp')
}

export const opaqueUserId: InputField = {
  label: 'Opaque User ID',
  description:
    'The anonymous id of the user, the same that your shop sends with its auctions: Topsort credits a purchase to an earlier click with the same id.',
  type: 'string',
  required: true,
  default: firstOf('$.properties.opaqueUserId', '$.anonymousId', '$.userId')
}

export const resolvedBidId: InputField = {
  label: 'Resolved Bid ID',
  description:
    "The `resolvedBidId` of the auction's winner. An event with it is sponsored, and billed. An event without it is organic.",
  type: 'string',
  default: at('$.properties.resolvedBidId')
}

/** Returns the default for a product. `root` is the path above it. `id` is last, because shops use it for other things. */
function findProduct(root: string): ReturnType<typeof at> {
  return firstOf(`${root}.product_id`, `${root}.productId`, `${root}.sku`, `${root}.id`)
}

export const productId: InputField = {
  label: 'Product ID',
  description: 'The product that an organic event is about, as in your catalog integration with Topsort.',
  type: 'string',
  default: findProduct('$.properties')
}

/** The product of an entry of a list. */
export const listedProductId = {
  label: 'Product ID',
  description: 'The product, as in your catalog integration with Topsort.',
  type: 'string' as const,
  default: findProduct('$')
}

/** Returns the field for another product or a vendor that an event is about. `root` is the path above `entity`. */
export function entity(root: string): InputField {
  return {
    label: 'Entity',
    description: 'The product or vendor that an organic event is about, if it is not the product of Product ID.',
    type: 'object',
    properties: {
      id: {
        label: 'Entity ID',
        description: "Your marketplace's id of the product or vendor, as in your catalog integration with Topsort.",
        type: 'string'
      },
      type: {
        label: 'Entity Type',
        description: '`product` or `vendor`.',
        type: 'string'
      }
    },
    default: keysOf(`${root}.entity`, 'id', 'type')
  }
}

/** Returns the field for the product or vendor to credit besides a banner. `root` is the path above it. */
export function additionalAttribution(root: string): InputField {
  return {
    label: 'Additional Attribution',
    description:
      'The product or vendor to credit besides the banner whose resolved bid id the event carries. It needs a resolved bid id.',
    type: 'object',
    properties: {
      id: {
        label: 'Credited ID',
        description: "Your marketplace's id of the product or vendor to credit.",
        type: 'string'
      },
      type: {
        label: 'Credited Type',
        description: '`product` or `vendor`.',
        type: 'string'
      }
    },
    default: keysOf(`${root}.additionalAttribution`, 'id', 'type')
  }
}

const placementProperties: InputField['properties'] = {
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
    label: 'Page Number',
    description: 'The number of the page in a paginated list, counted from 1.',
    type: 'string'
  },
  pageSize: {
    label: 'Page Size',
    description: 'How many products a page of a paginated list has.',
    type: 'string'
  },
  productId: {
    label: 'Product of the Page',
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
}

/** What a shop tracks outside of `placement`. */
const placementDefaults = {
  path: at('$.context.page.path'),
  position: at('$.properties.position'),
  searchQuery: at('$.properties.query')
}

export const placement: InputField = {
  label: 'Placement',
  description: 'Where on the page the product or banner was. It needs a path.',
  type: 'object',
  properties: placementProperties,
  default: merge(placementDefaults, at('$.properties.placement'))
}

/** The placement of a list. Each product adds its position. */
export const listPlacement: InputField = {
  ...placement,
  properties: omit(placementProperties, ['position']),
  default: merge(omit(placementDefaults, ['position']), at('$.properties.placement'))
}

const pageProperties: InputField['properties'] = {
  type: {
    label: 'Page Type',
    description: '`home`, `category`, `PDP`, `search` or `cart`, or a common name of one. Anything else is `other`.',
    type: 'string'
  },
  pageId: {
    label: 'Page ID',
    description: 'Identifies the page, such as its path.',
    type: 'string'
  },
  value: {
    label: 'Page Value',
    description: 'What the page shows: a category, a product, a search query, or the products in a cart.',
    type: 'string',
    multiple: true
  }
}

const title = at('$.context.page.title')

export const page: InputField = {
  label: 'Page',
  description: 'The page on which it happened. It needs a page id.',
  type: 'object',
  properties: pageProperties,
  default: {
    '@if': { exists: at('$.properties.page.pageId'), then: merge({ value: title }, at('$.properties.page')) }
  }
}

/** The page of a page view. Its default works for standard page and screen calls, which have a path or a name. */
export const visitedPage: InputField = {
  ...page,
  description: 'The page or screen that was visited.',
  required: true,
  default: merge(
    {
      type: firstOf('$.category', '$.properties.category', '$.name'),
      pageId: firstOf('$.context.page.path', '$.properties.path', '$.name'),
      value: title
    },
    at('$.properties.page')
  )
}

const clickTypes = '`product`, `like` or `add-to-cart`'

export const object: InputField = {
  label: 'Object',
  description: 'What kind of thing an organic event was about.',
  type: 'object',
  properties: {
    type: {
      label: 'Object Type',
      description: '`listing` or `banner`.',
      type: 'string'
    },
    assetId: {
      label: 'Asset ID',
      description: 'The id of the asset of a banner.',
      type: 'string'
    },
    clickType: {
      label: 'Object Click Type',
      description: `How a listing was clicked: ${clickTypes}.`,
      type: 'string'
    }
  },
  default: keysOf('$.properties.object', 'type', 'assetId', 'clickType')
}

export const clickType: InputField = {
  label: 'Click Type',
  description: `How a sponsored product was clicked: ${clickTypes}.`,
  type: 'string',
  default: at('$.properties.clickType')
}

export const externalCampaignId: InputField = {
  label: 'External Campaign ID',
  description: "Your marketplace's own id of the campaign, for offsite events.",
  type: 'string',
  default: at('$.properties.externalCampaignId')
}

export const externalVendorId: InputField = {
  label: 'External Vendor ID',
  description: "Your marketplace's own id of the vendor, for offsite events.",
  type: 'string',
  default: at('$.properties.externalVendorId')
}

export const deviceType: InputField = {
  label: 'Device Type',
  description: "`desktop` or `mobile`, the name of an operating system, or a browser's user agent.",
  type: 'string',
  default: firstOf('$.context.device.type', '$.context.userAgent')
}

export const channel: InputField = {
  label: 'Channel',
  description: '`onsite`, `offsite` or `instore`.',
  type: 'string',
  default: at('$.properties.channel')
}

export const dspMetadata: InputField = {
  label: 'DSP Metadata',
  description:
    'What the demand-side platform of an offsite event wants back, such as `gclid`. Values that are not text are sent as JSON.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  default: firstOf('$.properties.dspMetadata', '$.properties.dsp_metadata')
}

/** The fields for Segment's batches. They are not sent to Topsort. */
export const batching: Record<'enable_batching' | 'batch_size', InputField> = {
  enable_batching: {
    label: 'Batch Events',
    description: 'Sends up to 50 events to Topsort in one request. Each event still gets its own result.',
    type: 'boolean',
    default: true
  },
  batch_size: {
    label: 'Batch Size',
    description: 'The most events that Segment hands over at once, at most 50.',
    type: 'number',
    minimum: 1,
    maximum: MAX_EVENTS_PER_REQUEST,
    default: MAX_EVENTS_PER_REQUEST,
    unsafe_hidden: true
  }
}

/** The first fields of every action for events. */
export const facts = { id, occurredAt, opaqueUserId }

/** The fields that an impression and a click share. */
export const interaction = {
  ...facts,
  resolvedBidId,
  productId,
  entity: entity('$.properties'),
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
