import type { InputField } from '@segment/actions-core'
import { firstOf, json } from '../directives'
import * as fields from '../fields'

export const items: InputField = {
  label: 'Items',
  description: 'The lines of the order.',
  type: 'object',
  multiple: true,
  required: true,
  properties: {
    productId: {
      ...fields.productId('$'),
      description: 'The product, as in your catalog integration with Topsort. A line without it is left out.'
    },
    unitPrice: {
      label: 'Unit Price',
      description:
        "The price of one item, in your marketplace's currency (not in cents): a number, or text such as `$1,299.00`. Topsort takes prices above 0 only.",
      type: 'string'
    },
    quantity: {
      label: 'Quantity',
      description:
        'How many items; 1 when it is missing. A line with 0 or less is left out. A fraction, such as 0.75 kg, is reported as one item at the price of all of it.',
      type: 'string'
    },
    vendorId: {
      label: 'Vendor ID',
      description: 'Who sold the product. Halo attribution needs it.',
      type: 'string'
    }
  },
  default: {
    '@arrayPath': [
      '$.properties.products',
      {
        productId: fields.productId('$').default,
        unitPrice: json('$.price'),
        quantity: json('$.quantity'),
        vendorId: firstOf('$.vendorId', '$.brand')
      }
    ]
  }
}
