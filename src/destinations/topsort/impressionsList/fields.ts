import type { InputField } from '@segment/actions-core'
import { omit } from '@segment/actions-core'
import * as fields from '../fields'
import { at, merge } from '../mappings'

/**
 * Returns a field for an object in a list that may be null. The framework does not remove null inside a list, and would
 * fail the whole list. It ignores `allowNull` for an object with properties, so this field has none.
 */
function nullable({ description, ...field }: InputField): InputField {
  return { ...omit(field, ['properties']), description: `${description} It has an id and a type.`, allowNull: true }
}

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
    ...fields.listedProduct,
    entity: nullable(fields.entity('$')),
    additionalAttribution: nullable(fields.additionalAttribution('$')),
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
        productId: fields.listedProduct.productId.default,
        otherIds: fields.listedProduct.otherIds.default,
        entity: fields.entity('$').default,
        additionalAttribution: fields.additionalAttribution('$').default,
        position: at('$.position')
      }
    ]
  }
}

/** The list's own placement. Each product adds its position. */
export const placement: InputField = {
  ...fields.placement,
  properties: omit(fields.placementProperties, ['position', 'otherPosition']),
  default: merge(omit(fields.placementFallbacks, ['otherPosition']), at('$.properties.placement'))
}
