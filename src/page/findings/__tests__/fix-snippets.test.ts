import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFix, FIXES } from '../fix-snippets'

test.each([
  [
    'analytics.js',
    'Browser and React Native',
    `analytics.track('Product Viewed', {
  product_id: product.id,
  resolvedBidId: winner.resolvedBidId
})`
  ],
  [
    '@segment/analytics-node',
    'Node',
    `analytics.track({
  anonymousId: visitor.anonymousId,
  userId: customer.id,
  event: 'Product Viewed',
  properties: {
    product_id: product.id,
    resolvedBidId: winner.resolvedBidId
  }
})`
  ],
  [
    'analytics-swift',
    'Swift',
    `analytics.track(name: "Product Viewed", properties: [
  "product_id": product.id,
  "resolvedBidId": winner.resolvedBidId
])`
  ],
  [
    'analytics-kotlin',
    'Kotlin',
    `analytics.track("Product Viewed", buildJsonObject {
  put("product_id", product.id)
  put("resolvedBidId", winner.resolvedBidId)
})`
  ]
])('the fix of a missing bid is a call of %s', (sdk, place, code) => {
  expect(findFix({ code: 'missing-bid', sdk, event: 'Product Viewed' })).toEqual({ place, code })
})

test.each([undefined, 'analytics-php'])('a case of the library %s is corrected in the request', (sdk) => {
  const { place, code = '' } = findFix({ code: 'no-vendor', sdk, event: 'Order Completed' }) ?? {}
  expect(place).toBe('HTTP')
  const [request, ...body] = code.split('\n')
  expect(request).toBe('POST /v1/track')
  expect(JSON.parse(body.join('\n'))).toMatchObject({
    event: 'Order Completed',
    properties: { products: [{ product_id: '<line.productId>', vendorId: '<line.vendorId>' }] }
  })
})

test('lists and objects are written in the language of the SDK', () => {
  expect(findFix({ code: 'unusable-line', sdk: 'analytics-kotlin' })?.code).toContain(`put("products", buildJsonArray {
    add(buildJsonObject {
      put("product_id", line.productId)`)
  expect(findFix({ code: 'banner-no-follow-up', sdk: 'analytics-swift' })?.code).toContain(`"additionalAttribution": [
    "id": product.id,
    "type": "product"
  ]`)
})

test('an id of a visitor is sent with auctions in an app, and with each call from a server', () => {
  const codeFor = (code: string, sdk: string) => findFix({ code, sdk })?.code
  expect(codeFor('user-id-mismatch', 'analytics.js')).toBe('const opaqueUserId = analytics.user().anonymousId()')
  expect(codeFor('user-id-mismatch', '@segment/analytics-node')).toContain('anonymousId: visitor.anonymousId')
  expect(codeFor('no-user-id', 'analytics-swift')).toBe('"opaqueUserId": { "@path": "$.anonymousId" }')
})

test('a name of an event cannot end the text that it is written in', () => {
  expect(findFix({ code: 'missing-bid', sdk: 'analytics.js', event: "it's\\" })?.code).toContain("track('its', {")
  expect(findFix({ code: 'double-click', event: 'a "b"' })?.code).toBe('type = "track" and event = "a b"')
})

test('each finding with a fix is documented, and the others have none', () => {
  const findings = readFileSync(join(__dirname, '../../../../docs/findings.md'), 'utf8')
  for (const code of Object.keys(FIXES)) expect(findings).toContain(`\n### ${code}\n`)
  expect(findFix({ code: 'bad-time' })).toBeUndefined()
  expect(findFix({ code: 'constructor' })).toBeUndefined()
})
