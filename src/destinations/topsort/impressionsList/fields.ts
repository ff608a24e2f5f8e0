import type { InputField } from '@segment/actions-core'
import { omit } from '@segment/actions-core'
import * as fields from '../fields'
import { at } from '../mappings'

const entity = fields.entity('$')
const additionalAttribution = fields.additionalAttribution('$')

export const products: InputField = {
  label: 'Products',
  description:
    'The products that the user saw. Each becomes an impression: sponsored with a resolved bid id, otherwise organic.',
  type: 'object',
  multiple: true,
  required: true,
  properties: {
    resolvedBidId: {
      label: 'Resolved Bid ID',
      description: "The `resolvedBidId` of the auction's winner, for a sponsored product.",
      type: 'string'
    },
    productId: fields.listedProductId,
    entity,
    additionalAttribution: {
      ...omit(additionalAttribution, ['properties']),
      description: `${additionalAttribution.description} It has an id and a type.`,
      // Saved mappings read it as a whole. It may be null there, which the framework does not remove inside a list, and it
      // would fail the whole list. The framework ignores `allowNull` for an object with properties.
      allowNull: true
    },
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
        resolvedBidId: at('$.resolvedBidId'),
        productId: fields.listedProductId.default,
        entity: entity.default,
        additionalAttribution: additionalAttribution.default,
        position: at('$.position')
      }
    ]
  }
}
