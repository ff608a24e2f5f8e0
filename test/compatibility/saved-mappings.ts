/**
 * Mappings as customers of the live destination have saved them: its fields, with plain paths. Customers keep them for
 * years, so never change a mapping here. Add mappings that are reported as broken.
 */
import type { JSONObject } from '@segment/actions-core'

const at = (path: string) => ({ '@path': path })

const facts = {
  id: at('$.messageId'),
  occurredAt: at('$.timestamp'),
  opaqueUserId: {
    '@if': { exists: at('$.properties.opaqueUserId'), then: at('$.properties.opaqueUserId'), else: at('$.anonymousId') }
  }
}

const where = { deviceType: at('$.properties.deviceType'), channel: at('$.properties.channel') }

const placement = {
  path: at('$.context.page.path'),
  position: at('$.properties.position'),
  page: at('$.properties.placement.page'),
  pageSize: at('$.properties.placement.pageSize'),
  productId: at('$.properties.placement.productId'),
  categoryIds: at('$.properties.placement.categoryIds'),
  searchQuery: at('$.properties.query')
}

const page = {
  '@merge': { objects: [{ value: at('$.context.page.title') }, at('$.properties.page')], direction: 'right' }
}

const interaction = {
  ...facts,
  resolvedBidId: at('$.properties.resolvedBidId'),
  additionalAttribution: at('$.properties.additionalAttribution'),
  entity: { id: at('$.properties.product_id'), type: 'product' },
  placement,
  page,
  object: at('$.properties.object'),
  externalCampaignId: at('$.properties.externalCampaignId'),
  externalVendorId: at('$.properties.externalVendorId'),
  dspMetadata: at('$.properties.dspMetadata'),
  ...where
}

const item = {
  productId: at('$.product_id'),
  unitPrice: at('$.price'),
  quantity: at('$.quantity'),
  vendorId: at('$.brand')
}

/** A saved mapping, with the key of its action. */
export type SavedMapping = { name: string; action: string; mapping: JSONObject }

/** Current mappings, and mappings from before some fields were added, with their year. */
export const savedMappings: SavedMapping[] = [
  { name: 'impression', action: 'impression', mapping: interaction },
  { name: 'click', action: 'click', mapping: interaction },
  {
    name: 'impression of 2024, with a bid only',
    action: 'impression',
    mapping: { ...facts, resolvedBidId: at('$.properties.resolvedBidId') }
  },
  {
    name: 'click of 2024, with a bid only',
    action: 'click',
    mapping: {
      ...facts,
      resolvedBidId: at('$.properties.resolvedBidId'),
      additionalAttribution: at('$.properties.additionalAttribution')
    }
  },
  {
    name: 'click by user id',
    action: 'click',
    mapping: { ...interaction, opaqueUserId: at('$.userId') }
  },
  {
    name: 'list of bids',
    action: 'impressionsList',
    mapping: {
      ...facts,
      products: {
        '@arrayPath': [
          '$.properties.products',
          { resolvedBidId: at('$.resolvedBidId'), additionalAttribution: at('$.additionalAttribution') }
        ]
      },
      ...where
    }
  },
  {
    name: 'purchase',
    action: 'purchase',
    mapping: { ...facts, items: { '@arrayPath': ['$.properties.products', item] }, ...where }
  },
  {
    name: 'purchase by order id, whose price has another name',
    action: 'purchase',
    mapping: {
      ...facts,
      id: at('$.properties.order_id'),
      items: { '@arrayPath': ['$.properties.products', { ...item, unitPrice: at('$.sale_price') }] }
    }
  },
  {
    name: 'page view',
    action: 'pageviews',
    mapping: {
      ...facts,
      page: { type: 'other', pageId: at('$.context.page.path'), value: at('$.context.page.title') },
      ...where
    }
  }
]
