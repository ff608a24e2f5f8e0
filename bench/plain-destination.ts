/**
 * The simplest possible destination, for comparison. It has the fields of a click, defaults that are plain paths, and
 * one request for each event. It corrects no values, explains no errors and has no batches.
 */
import type { ActionDefinition, DestinationDefinition, InputField } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import type { Mapping } from '../src/pipeline/mappings'

type Settings = { api_key: string }

const at = (path: string) => ({ '@path': path })

function createField(
  type: InputField['type'],
  fallback: InputField['default'],
  rest: Partial<InputField> = {}
): InputField {
  return { label: 'Field', description: 'A field.', type, default: fallback, ...rest }
}

function createProperty(type: 'string' | 'integer', multiple = false) {
  return { label: 'Property', type, multiple }
}

const action: ActionDefinition<Settings, Record<string, unknown>> = {
  title: 'Click',
  description: 'Reports a click.',
  defaultSubscription: 'type = "track" and event = "Product Clicked"',
  fields: {
    id: createField('string', at('$.messageId'), { required: true }),
    occurredAt: createField('datetime', at('$.timestamp'), { required: true }),
    opaqueUserId: createField('string', at('$.anonymousId'), { required: true }),
    resolvedBidId: createField('string', at('$.properties.resolvedBidId')),
    additionalAttribution: createField('object', at('$.properties.additionalAttribution')),
    externalVendorId: createField('string', at('$.properties.externalVendorId')),
    entity: createField(
      'object',
      { id: at('$.properties.entity.id'), type: at('$.properties.entity.type') },
      { properties: { id: createProperty('string'), type: createProperty('string') } }
    ),
    placement: createField(
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
          path: createProperty('string'),
          position: createProperty('integer'),
          page: createProperty('integer'),
          pageSize: createProperty('integer'),
          productId: createProperty('string'),
          categoryIds: createProperty('string', true),
          searchQuery: createProperty('string')
        }
      }
    ),
    page: createField(
      'object',
      {
        type: at('$.properties.page.type'),
        pageId: at('$.properties.page.pageId'),
        value: at('$.properties.page.value')
      },
      {
        properties: {
          type: createProperty('string'),
          pageId: createProperty('string'),
          value: createProperty('string')
        }
      }
    ),
    object: createField(
      'object',
      {
        type: at('$.properties.object.type'),
        assetId: at('$.properties.object.assetId'),
        clickType: at('$.properties.object.clickType')
      },
      {
        properties: {
          type: createProperty('string'),
          assetId: createProperty('string'),
          clickType: createProperty('string')
        }
      }
    ),
    externalCampaignId: createField('string', at('$.properties.externalCampaignId')),
    deviceType: createField('string', at('$.context.device.type')),
    channel: createField('string', at('$.properties.channel')),
    dspMetadata: createField('object', at('$.properties.dspMetadata')),
    clickType: createField('string', at('$.properties.clickType'))
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
  description: 'The simplest possible destination.',
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
