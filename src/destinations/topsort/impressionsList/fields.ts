import type { InputField } from '@segment/actions-core'
import { omit } from '@segment/actions-core'
import { scalar } from '../directives'
import * as fields from '../fields'

export const products: InputField = {
  label: 'Products',
  description:
    'The products that the user saw. Each becomes an impression: sponsored with a resolved bid id, otherwise organic. One that has neither a bid nor an id is left out.',
  type: 'object',
  multiple: true,
  required: true,
  properties: {
    resolvedBidId: {
      label: 'Resolved Bid ID',
      description: "The `resolvedBidId` of the auction's winner, for a sponsored product.",
      type: 'string'
    },
    productId: fields.productId('$'),
    entity: {
      label: 'Entity',
      description: 'The product or vendor (`id` and `type`) that was seen, if it is not the product of Product ID.',
      type: 'object',
      // In a list the framework does not remove null, and would fail the whole list for one.
      allowNull: true
    },
    additionalAttribution: { ...fields.additionalAttribution('$'), allowNull: true },
    position: {
      label: 'Position',
      description: "The product's place in the list, counted from 1.",
      type: 'string'
    }
  },
  default: {
    '@arrayPath': [
      '$.properties.products',
      {
        resolvedBidId: scalar('$.resolvedBidId'),
        productId: fields.productId('$').default,
        entity: fields.entityDefault('$'),
        additionalAttribution: fields.additionalAttribution('$').default,
        position: scalar('$.position')
      }
    ]
  }
}

/** The list's own placement; each product adds its position. */
export const placement: InputField = {
  ...fields.placement,
  properties: omit(fields.placementProperties, ['position']),
  default: omit(fields.placementDefault, ['position'])
}
