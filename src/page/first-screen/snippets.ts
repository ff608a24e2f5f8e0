/** The code that sets the host of an SDK to the workbench. */
export type Snippet = {
  sdk: string
  /** In the language of the SDK. */
  code: string
  /** A condition that must be met. */
  note?: string
}

/** The code has `{origin}`, `{host}` and `{scheme}` where the workbench's address belongs. */
type Template = Omit<Snippet, 'note'> & {
  /** Whether the SDK cannot send to an `http` address. */
  isHttpsOnly?: boolean
}

const TEMPLATES: Template[] = [
  {
    sdk: 'Browser',
    code: `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load(
  { writeKey: 'any', cdnSettings: { integrations: { 'Segment.io': { apiKey: 'any' } } } },
  { integrations: { 'Segment.io': { apiHost: '{host}/v1', protocol: '{scheme}' } } }
)
analytics.track('Product Viewed', { product_id: 'p_PJbnN', price: 12.95 })`
  },
  {
    sdk: 'Node',
    code: `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: 'any', host: '{origin}' })
analytics.track({
  anonymousId: 'visitor-1',
  event: 'Product Viewed',
  properties: { product_id: 'p_PJbnN', price: 12.95 }
})`
  },
  {
    sdk: 'Python',
    code: `import segment.analytics as analytics

analytics.write_key = 'any'
analytics.host = '{origin}'
analytics.track(
    anonymous_id='visitor-1',
    event='Product Viewed',
    properties={'product_id': 'p_PJbnN', 'price': 12.95},
)
analytics.flush()`
  },
  {
    sdk: 'Swift',
    isHttpsOnly: true,
    code: `import Segment

let analytics = Analytics(
  configuration: Configuration(writeKey: "any").apiHost("{host}/v1")
)
analytics.track(name: "Product Viewed", properties: ["product_id": "p_PJbnN", "price": 12.95])`
  },
  {
    sdk: 'Kotlin',
    isHttpsOnly: true,
    code: `import com.segment.analytics.kotlin.core.Analytics

val analytics = Analytics("any", context) { apiHost = "{host}/v1" }
analytics.track("Product Viewed", buildJsonObject {
  put("product_id", "p_PJbnN")
  put("price", 12.95)
})`
  },
  {
    sdk: 'HTTP',
    code: `curl {origin}/v1/track \\
  -H 'content-type: application/json' \\
  -d '{
    "anonymousId": "visitor-1",
    "event": "Product Viewed",
    "properties": { "product_id": "p_PJbnN", "price": 12.95 }
  }'`
  }
]

/**
 * Writes the snippets for a workbench.
 *
 * @param origin without a slash at its end: `http://localhost:3000`
 * @param startHttps the command that starts a workbench with a certificate
 */
export function snippetsFor(origin: string, startHttps: string): Snippet[] {
  const { host, protocol } = new URL(origin)
  const scheme = protocol.replace(':', '')
  const note = `This SDK speaks HTTPS only. Start the workbench with a certificate: ${startHttps}`
  return TEMPLATES.map(({ sdk, isHttpsOnly = false, code }) => ({
    sdk,
    code: code.replaceAll('{origin}', origin).replaceAll('{host}', host).replaceAll('{scheme}', scheme),
    ...(isHttpsOnly && scheme !== 'https' && { note })
  }))
}
