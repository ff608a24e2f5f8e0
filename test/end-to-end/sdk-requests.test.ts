import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { readRequests } from '../fixtures/requests'
import type { RequestFixture } from '../fixtures/requests'

const PAGE = readFileSync(join(__dirname, '../../docs/workbench.md'), 'utf8')

const all = [...readRequests()].map(([name, fixture]) => ({ name, ...fixture }))

const tls = { cert: readTls('localhost.pem'), key: readTls('localhost-key.pem') }

function readTls(file: string): string {
  return readFileSync(join(__dirname, '../fixtures/tls', file), 'utf8')
}

describe.each(['http', 'https'] as const)('over %s, the request of an SDK', (scheme) => {
  const requests = all.filter((fixture) => scheme === 'https' || !fixture.https)
  let workbench: Workbench

  beforeAll(async () => {
    workbench = await startWorkbench({
      port: 0,
      log: console.error,
      timing: { batchWait: 5 },
      ...(scheme === 'https' && { tls })
    })
  })
  afterAll(() => workbench.stop())

  async function send({ method, path, headers, compression, body }: RequestFixture) {
    const json = JSON.stringify(body)
    const bytes = compression === 'gzip' ? gzipSync(json) : Buffer.from(json)
    const isChunked = headers['Transfer-Encoding'] === 'chunked'
    const outgoing = (scheme === 'https' ? https : http).request({
      host: 'localhost',
      ca: tls.cert,
      port: workbench.port,
      method,
      path,
      headers: {
        Host: `localhost:${workbench.port}`,
        ...headers,
        ...(!isChunked && { 'Content-Length': bytes.length })
      }
    })
    outgoing.end(bytes)
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: JSON.parse(await text(response)) as unknown }
  }

  test.each(requests)('the request of an SDK is delivered: $name', async (fixture) => {
    expect(await send(fixture)).toEqual({ status: 200, body: { success: true } })
    await workbench.pipeline.drain()

    const [message] = 'batch' in fixture.body ? fixture.body.batch : [fixture.body]
    expect(workbench.pipeline.deliveries().at(-1)).toMatchObject({
      event: { messageId: message.messageId },
      mapping: 'Click',
      stage: 'delivered',
      message: '',
      sent: { clicks: [{ id: message.messageId, resolvedBidId: 'bid-1' }] }
    })
  })
})

test.each(all.filter(({ variant }) => !variant))(
  'docs/workbench.md has the setting of the SDK: $name',
  ({ setting }) => {
    expect(PAGE).toContain(setting)
  }
)
