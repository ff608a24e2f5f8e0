/**
 * The yardstick of the bench: the plainest destination that one could write. It has the fields of a click, defaults of
 * plain paths, and one request for each event. It puts nothing right, explains nothing and has no batches.
 */
import type { ActionDefinition, DestinationDefinition, InputField } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import type { Mapping } from '../src/pipeline/mappings'

type Settings = { api_key: string }

const at = (path: string) => ({ '@path': path })

function field(type: InputField['type'], fallback: InputField['default'], rest: Partial<InputField> = {}): InputField {
  return { label: 'Field', description: 'A field.', type, default: fallback, ...rest }
}

function property(type: 'string' | 'integer', multiple = false) {
  return { label: 'Property', type, multiple }
}

const action: ActionDefinition<Settings, Record<string, unknown>> = {
  title: 'Click',
  description: 'Reports a click.',
  defaultSubscription: 'type = "track" and event = "Product Clicked"',
  fields: {
    id: field('string', at('$.messageId'), { required: true }),
    occurredAt: field('datetime', at('$.timestamp'), { required: true }),
    opaqueUserId: field('string', at('$.anonymousId'), { required: true }),
    resolvedBidId: field('string', at('$.properties.resolvedBidId')),
    additionalAttribution: field('object', at('$.properties.additionalAttribution')),
    externalVendorId: field('string', at('$.properties.externalVendorId')),
    entity: field(
      'object',
      { id: at('$.properties.entity.id'), type: at('$.properties.entity.type') },
      { properties: { id: property('string'), type: property('string') } }
    ),
    placement: field(
      'object',
      {
        path: at('$.context.page.path'),
        position: at('$.properties.position'),
        page: at('$.properties.placement.page'),
        pageSize: at('$.properties.placement.pageSize'),
        productId: at('$.properties.placement.productId'),
        categoryIds: at('$.properties.placement.categoryIds'),
        searchQuery: at('$.properties.query')
      },
      {
        properties: {
          path: property('string'),
          position: property('integer'),
          page: property('integer'),
          pageSize: property('integer'),
          productId: property('string'),
          categoryIds: property('string', true),
          searchQuery: property('string')
        }
      }
    ),
    page: field(
      'object',
      {
        type: at('$.properties.page.type'),
        pageId: at('$.properties.page.pageId'),
        value: at('$.properties.page.value')
      },
      { properties: { type: property('string'), pageId: property('string'), value: property('string') } }
    ),
    object: field(
      'object',
      {
        type: at('$.properties.object.type'),
        assetId: at('$.properties.object.assetId'),
        clickType: at('$.properties.object.clickType')
      },
      { properties: { type: property('string'), assetId: property('string'), clickType: property('string') } }
    ),
    externalCampaignId: field('string', at('$.properties.externalCampaignId')),
    deviceType: field('string', at('$.context.device.type')),
    channel: field('string', at('$.properties.channel')),
    dspMetadata: field('object', at('$.properties.dspMetadata')),
    clickType: field('string', at('$.properties.clickType'))
  },
  perform: (request, { payload, settings }) =>
    request('https://api.topsort.com/v2/events', {
      method: 'post',
      headers: { authorization: `Bearer ${settings.api_key}` },
      json: { clicks: [payload] }
    })
}

export const plainDestination: DestinationDefinition<Settings> = {
  name: 'Plain',
  slug: 'plain',
  mode: 'cloud',
  description: 'The plainest destination that one could write.',
  authentication: {
    scheme: 'custom',
    fields: { api_key: { label: 'API Key', description: 'A key.', type: 'password', required: true } }
  },
  actions: { click: action }
}

export const plainMapping: Mapping = {
  name: 'Click',
  partnerAction: 'click',
  subscribe: 'type = "track" and event = "Product Clicked"',
  mapping: defaultValues(action.fields),
  enabled: true
}
