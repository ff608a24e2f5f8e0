import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'

/** A shop that is running. */
export type Shop = {
  port: number
  close: () => void
}

/**
 * Serves a small shop on a port of its own. Its pages are `shop.html`, whatever their path.
 *
 * @param trackingPort where Segment's browser SDK sends what happens in the shop
 * @param protocol with which it sends
 */
export async function startShop(trackingPort: number, protocol: 'http' | 'https' = 'http'): Promise<Shop> {
  const html = readFileSync(join(__dirname, 'shop.html'), 'utf8')
  const scripts = new Map([
    ['/analytics.js', await bundleSdk()],
    ['/config.js', configScript(trackingPort, protocol)]
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

/** The SDK measures itself, and would send that only after half a minute. */
function configScript(trackingPort: number, protocol: string): string {
  const config = {
    writeKey: 'any',
    segment: { apiHost: `localhost:${trackingPort}/v1`, protocol },
    metrics: { flushTimer: 200 }
  }
  return Object.entries(config)
    .map(([name, value]) => `const ${name} = ${JSON.stringify(value)}`)
    .join('\n')
}

/** Segment's browser SDK as one script, as the bundler of a shop makes it of the package. */
async function bundleSdk(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { AnalyticsBrowser } from '@segment/analytics-next'`, resolveDir: __dirname },
    bundle: true,
    globalName: 'sdk',
    footer: { js: 'const { AnalyticsBrowser } = sdk' },
    write: false
  })
  return outputFiles[0].text
}
