import type { Finding } from '../../workbench/api'

/** The fix of a finding as code. */
type FixSnippet = {
  /** Where the code belongs: the SDK, or the mapping. */
  place: string
  code: string
}

/** An expression that is written alike in each language, or an object or a list of such expressions. */
type Value = string | { [key: string]: Value } | Value[]

/** How a language writes the value of a property. */
type Syntax = {
  object: [start: string, end: string]
  list: [start: string, end: string]
  entry: (key: string, value: string) => string
  item: (value: string) => string
  separator: string
  expression: (text: string) => string
}

const JAVASCRIPT: Syntax = {
  object: ['{', '}'],
  list: ['[', ']'],
  entry: (key, value) => `${key}: ${value}`,
  item: (value) => value,
  separator: ',',
  expression: (text) => text.replaceAll('"', "'")
}

const SWIFT: Syntax = {
  ...JAVASCRIPT,
  object: ['[', ']'],
  entry: (key, value) => `"${key}": ${value}`,
  expression: (text) => text
}

const KOTLIN: Syntax = {
  object: ['buildJsonObject {', '}'],
  list: ['buildJsonArray {', '}'],
  entry: (key, value) => `put("${key}", ${value})`,
  item: (value) => `add(${value})`,
  separator: '',
  expression: (text) => text
}

const JSON_TEXT: Syntax = {
  ...JAVASCRIPT,
  entry: SWIFT.entry,
  expression: (text) => (text.startsWith('"') ? text : `"<${text}>"`)
}

type Call = { event: string; properties: { [key: string]: Value } }

type Sdk = {
  place: string
  /** Matches the name of the library. */
  library: RegExp
  track: (call: Call) => string
  /** Reads the id that belongs into auctions. Absent on a server, where each call names its visitor. */
  readUser?: string
}

/** The ids of a visitor, which a call from a server must name. */
const IDENTITY = { anonymousId: 'visitor.anonymousId', userId: 'customer.id' }

const SDKS: readonly Sdk[] = [
  {
    place: 'Node',
    library: /analytics-node/,
    track: ({ event, properties }) =>
      `analytics.track(${write({ ...IDENTITY, event: `"${event}"`, properties }, JAVASCRIPT)})`
  },
  {
    place: 'Browser and React Native',
    library: /analytics\.js|analytics-next|react-native/,
    track: ({ event, properties }) => `analytics.track('${event}', ${write(properties, JAVASCRIPT)})`,
    readUser: 'const opaqueUserId = analytics.user().anonymousId()'
  },
  {
    place: 'Swift',
    library: /analytics-(swift|ios)/,
    track: ({ event, properties }) => `analytics.track(name: "${event}", properties: ${write(properties, SWIFT)})`,
    readUser: 'let opaqueUserId = analytics.anonymousId'
  },
  {
    place: 'Kotlin',
    library: /analytics-(kotlin|android)/,
    track: ({ event, properties }) => `analytics.track("${event}", ${write(properties, KOTLIN)})`,
    readUser: 'val opaqueUserId = analytics.anonymousId()'
  },
  {
    place: 'HTTP',
    library: /^/,
    track: ({ event, properties }) =>
      `POST /v1/track\n${write({ ...IDENTITY, event: `"${event}"`, properties }, JSON_TEXT)}`
  }
]

const LINE = { product_id: 'line.productId', price: 'line.unitPrice', quantity: 'line.quantity' }

/** Returns the fix for the SDK and the event of the newest case. */
type Fix = (sdk: Sdk, event: string | undefined) => FixSnippet

/** The fixes of the most frequent findings, by their code. */
export const FIXES: Partial<Record<string, Fix>> = {
  'missing-bid': inCall('Product Clicked', { product_id: 'product.id', resolvedBidId: 'winner.resolvedBidId' }),
  'banner-no-follow-up': inCall(
    'Product Clicked',
    {
      product_id: 'product.id',
      resolvedBidId: 'banner.resolvedBidId',
      additionalAttribution: { id: 'product.id', type: '"product"' }
    },
    true
  ),
  'unusable-line': inCall('Order Completed', { order_id: 'order.id', products: [LINE] }),
  'no-vendor': inCall('Order Completed', { order_id: 'order.id', products: [{ ...LINE, vendorId: 'line.vendorId' }] }),
  'user-id-mismatch': (sdk, event) =>
    sdk.readUser === undefined
      ? inCall('Order Completed', { order_id: 'order.id', products: [LINE] })(sdk, event)
      : { place: `${sdk.place}, for each auction`, code: sdk.readUser },
  'no-user-id': (sdk, event) =>
    sdk.readUser === undefined
      ? inCall('Product Viewed', { product_id: 'product.id' })(sdk, event)
      : inMapping('"opaqueUserId": { "@path": "$.anonymousId" }'),
  'double-click': (_, event = 'Product Clicked') => ({
    place: 'The trigger of the one mapping that reports clicks',
    code: `type = "track" and event = "${event}"`
  }),
  'shared-id': () => inMapping('"id": { "@path": "$.messageId" }')
}

/**
 * Returns the fix of a finding in the language of the SDK that made its newest case. Undefined if no code corrects it.
 *
 * @example
 * findFix({ code: 'missing-bid', sdk: 'analytics-swift', event: 'Product Viewed' })?.place // 'Swift'
 */
export function findFix({ code, sdk = '', event }: Pick<Finding, 'code' | 'sdk' | 'event'>): FixSnippet | undefined {
  const used = SDKS.find(({ library }) => library.test(sdk)) ?? SDKS[SDKS.length - 1]
  const name = event?.replace(/["'\\]/g, '')
  return Object.hasOwn(FIXES, code) ? FIXES[code]?.(used, name) : undefined
}

/** @param isOther whether the fix is in another event than the case */
function inCall(usual: string, properties: Call['properties'], isOther = false): Fix {
  return (sdk, event = usual) => ({
    place: sdk.place,
    code: sdk.track({ event: isOther ? usual : event, properties })
  })
}

function inMapping(code: string): FixSnippet {
  return { place: 'Mapping', code }
}

function write(value: Value, syntax: Syntax, indent = ''): string {
  if (typeof value === 'string') return syntax.expression(value)
  const inner = `${indent}  `
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map((item) => syntax.item(write(item, syntax, inner)))
    : Object.entries(value).map(([key, each]) => syntax.entry(key, write(each, syntax, inner)))
  const [start, end] = isList ? syntax.list : syntax.object
  return `${start}\n${parts.map((part) => inner + part).join(`${syntax.separator}\n`)}\n${indent}${end}`
}
