import * as fc from 'fast-check'

/** Keys that the mappings read, keys with a meaning in JavaScript, and others. */
const NAMES = [
  ...[
    'id',
    'type',
    'product_id',
    'productId',
    'sku',
    'entity',
    'resolvedBidId',
    'additionalAttribution',
    'opaqueUserId'
  ],
  ...['placement', 'path', 'position', 'page', 'pageSize', 'pageId', 'categoryIds', 'searchQuery', 'query', 'value'],
  ...['object', 'assetId', 'clickType', 'channel', 'device', 'userAgent', 'title', 'dspMetadata', 'gclid', 'name'],
  ...['products', 'price', 'quantity', 'brand', 'vendorId', 'externalCampaignId', 'externalVendorId'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON', 'then', 'length', 'hasOwnProperty'],
  ...['@path', '@template', '$', '0', '1', '', ' ', 'a.b', '\ud800']
]

/** Texts that code may wrongly read as something else. */
const TEXTS = [
  ...['', ' ', '\t', '\n', '\0', '\ud800', 'a\udc00b', '\u2028', '💶', '{{x}}', '$.messageId', 'null', 'undefined'],
  ...[
    '[',
    '{',
    '"',
    '[]',
    '{}',
    '[[["x"]]]',
    '{"id":"p"}',
    '["a",1,null]',
    '"x"',
    '\\u0000',
    '<script>',
    '%00',
    'unknown'
  ],
  ...['0', '-0', '3', '3.0', '1.5', '-1', '1e3', '1e999', '0x10', 'NaN', 'Infinity', '99999999999999999999', '٣'],
  ...['9.90', '$1,299.00', '1.299,00 €', '1.299', '1,2,3', 'free', 'R$', '2026-03-01', '2026-13-45', '1772366371'],
  ...[
    'product',
    'Vendor',
    'cart',
    'PDP',
    'listing',
    'BANNER',
    'add_to_cart',
    'In-Store',
    'ios',
    'Mozilla/5.0 (X11; Linux)'
  ]
]

const NUMBERS = [0, -0, 1, 3, -1, 0.1, 1.5, 1e21, -1e300, 5e-324, 2 ** 53, 1_772_366_371, Number.MAX_VALUE, Infinity]

/** Any UTF-16 text, including lone surrogates. */
const anyText = fc.array(fc.nat({ max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units))

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(null, true, false),
  anyText,
  fc.double({ noNaN: true })
)

/** Any scalar or null, or a list with one of them, which the framework reads as the value itself. */
export const anyScalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: leaf },
  { weight: 1, arbitrary: leaf.map((value) => [value]) }
)

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: anyText })

/**
 * Any value that `JSON.parse` can return. Keys that the code reads, and difficult values, are more frequent than by
 * chance. Examples are `__proto__` as an own key, lone surrogates and very large numbers.
 */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ any: unknown; list: unknown[]; object: object }>((tie) => ({
  any: fc.oneof({ maxDepth: 5, depthSize: 'small' }, leaf, tie('object'), tie('list'), fc.jsonValue({ maxDepth: 2 })),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.array(fc.tuple(name, tie('any')), { maxLength: 6 }).map((entries): object => Object.fromEntries(entries))
})).any

/** Returns one of the values most often, and otherwise any JSON. */
export function mostly(...values: unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anyJson })
}

/** Returns an object with some of the given keys, and perhaps others. */
export function partial(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  const others = fc.array(fc.tuple(name, anyJson), { maxLength: 3 })
  return fc
    .tuple(others, fc.record(model, { requiredKeys: [] }))
    .map(([others, known]): object => Object.fromEntries([...others, ...Object.entries(known)]))
}

/** An object of scalars. Keys that the code reads are more frequent than by chance. */
export const scalars: fc.Arbitrary<object> = fc
  .array(fc.tuple(name, leaf), { maxLength: 6 })
  .map((entries): object => Object.fromEntries(entries))
