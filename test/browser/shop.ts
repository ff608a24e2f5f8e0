import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { bundle } from './bundle'

/** A running shop. */
export type Shop = {
  port: number
  close: () => void
}

/**
 * Serves a small shop on a free port. Every path returns `shop.html`.
 *
 * @param trackingPort the port on this machine to which Segment's browser SDK sends events
 * @param protocol the protocol of the SDK
 */
export async function startShop(trackingPort: number, protocol: 'http' | 'https' = 'http'): Promise<Shop> {
  const html = readFileSync(join(__dirname, 'shop.html'), 'utf8')
  const scripts = new Map([
    ['/analytics.js', await bundle('AnalyticsBrowser', '@segment/analytics-next')],
    ['/config.js', toConfigScript(trackingPort, protocol)]
  ])

  const server = createServer(({ url = '' }, response) => {
    const script = scripts.get(url)
    response.setHeader('content-type', `${script ? 'text/javascript' : 'text/html'}; charset=utf-8`)
    response.end(script ?? html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeAllConnections()
    }
  }
}

/**
 * Returns the configuration of the shop as a script. By default, the SDK would send its metrics after half a minute.
 */
function toConfigScript(trackingPort: number, protocol: string): string {
  const config = {
    writeKey: 'any',
    segment: { apiHost: `localhost:${trackingPort}/v1`, protocol },
    metrics: { flushTimer: 200 }
  }
  return Object.entries(config)
    .map(([name, value]) => `const ${name} = ${JSON.stringify(value)}`)
    .join('\n')
}
