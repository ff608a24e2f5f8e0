import type { InputField } from '@segment/actions-core'
import { listedProduct } from '../fields'
import { at } from '../mappings'

export const items: InputField = {
  label: 'Items',
  description: 'The lines of the order.',
  type: 'object',
  multiple: true,
  required: true,
  properties: {
    ...listedProduct,
    unitPrice: {
      label: 'Unit Price',
      description:
        "The price of one item in your marketplace's currency, not in cents: a number, or text such as `$1,299.00`.",
      type: 'string'
    },
    quantity: {
      label: 'Quantity',
      description:
        'How many items, 1 if it is missing. A fraction, such as 0.75 kg, is reported as one item at its total price.',
      type: 'string'
    },
    vendorId: {
      label: 'Vendor ID',
      description: 'Who sold the product. Halo attribution needs it.',
      type: 'string'
    },
    brand: {
      label: 'Brand',
      description: 'Used if Vendor ID is empty, for marketplaces whose brands are the vendors.',
      type: 'string'
    }
  },
  default: {
    '@arrayPath': [
      '$.properties.products',
      {
        productId: listedProduct.productId.default,
        otherIds: listedProduct.otherIds.default,
        unitPrice: at('$.price'),
        quantity: at('$.quantity'),
        vendorId: at('$.vendorId'),
        brand: at('$.brand')
      }
    ]
  }
}

export const currency: InputField = {
  label: 'Currency',
  description:
    'The ISO 4217 code of the currency of the prices. It decides whether `12,500` is 12500 or 12.5, and is not sent to Topsort.',
  type: 'string',
  default: at('$.properties.currency')
}
