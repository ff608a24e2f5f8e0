import type { InputField } from '@segment/actions-core'
import { listedProductId } from '../fields'
import { at, firstOf } from '../mappings'

export const items: InputField = {
  label: 'Items',
  description: 'The lines of the order.',
  type: 'object',
  multiple: true,
  required: true,
  properties: {
    productId: listedProductId,
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
    lineTotal: {
      label: 'Line Total',
      description:
        'The price of all items of the line. Map it instead of Unit Price if your shop reports totals: some connectors send them as `price`. The unit price is the total divided by the quantity.',
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
        productId: listedProductId.default,
        unitPrice: at('$.price'),
        quantity: at('$.quantity'),
        vendorId: firstOf('$.vendorId', '$.brand.name', '$.brand')
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
