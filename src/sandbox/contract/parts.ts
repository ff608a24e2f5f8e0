/** A string with at least one character. */
export const text = { type: 'string', minLength: 1 } as const

/** A whole number from 1. */
export const count = { type: 'integer', minimum: 1 } as const

/** An object without unknown keys. */
export const closed = { type: 'object', additionalProperties: false } as const

/** The kinds of devices that Topsort knows. */
export const device = { type: 'string', enum: ['desktop', 'mobile'] } as const

/** The page where an event or an auction happens. */
export const page = {
  ...closed,
  required: ['type', 'pageId'],
  properties: {
    type: { type: 'string', enum: ['home', 'category', 'PDP', 'search', 'cart', 'other'] },
    pageId: text,
    value: { type: ['string', 'array'], minLength: 1, minItems: 1, items: text }
  },
  if: { properties: { type: { const: 'cart' } } },
  else: {
    properties: {
      value: {
        type: 'string',
        refusals: { type: { message: 'must be a string: only the value of a cart may be a list' } }
      }
    }
  }
} as const
