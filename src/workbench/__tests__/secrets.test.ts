import type { Workbench } from '../server'
import { call, start } from './running'
import { openStream } from './stream'

const key = 'TSE_secret_of_the_marketplace'
let workbench: Workbench

beforeAll(async () => {
  workbench = await start({ topsort: { key, url: 'http://127.0.0.1:9/v2/events' } })
})
afterAll(() => workbench.stop())

/** An event that has the key in each text, as if a shop had pasted it into the wrong place. */
const leaky = {
  type: 'track',
  event: `Product Clicked`,
  messageId: `m-${key}`,
  anonymousId: key,
  properties: { product_id: key, position: key, [key]: key, resolvedBidId: `unknown-${key}` },
  context: { page: { path: `/${key}`, title: `"${key}"` } }
}

test('no answer of any route contains the key', async () => {
  const outputs: string[] = []
  const record = async (target: string, body?: unknown, headers?: Record<string, string>): Promise<void> => {
    const [path, method = 'GET'] = target.split(' ').reverse()
    const response = await fetch(workbench.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    outputs.push(await response.text(), JSON.stringify([...response.headers]))
  }

  await record('POST /v1/batch', { batch: [leaky, { ...leaky, messageId: 'x', event: key }, { type: key }] })
  await record('POST /v2/events', { clicks: [{ id: key }] }, { authorization: `Bearer ${key}` })
  await record('POST /v2/auctions', { auctions: [{ type: key }] }, { authorization: `Bearer ${key}` })
  await record(`POST /v1/${key}`, {})
  await record(`/workbench/deliveries/latest?query=${key}x`)
  await record('POST /click', { payload: leaky, settings: { api_key: key } })
  await record('POST /authenticate', { api_key: key })
  await record('PUT /workbench/mappings', [{ name: key, action: key, trigger: key }])
  await record('PUT /workbench/settings', { [key]: key })
  await record('POST /workbench/preview', { mappings: [{ name: key, action: 'click', trigger: 'type = "track"' }] })
  for (let sequence = 1; sequence < 6; sequence += 1) {
    await record(`/workbench/deliveries/${sequence}?wait`)
    await record('POST /workbench/topsort', { sequence, confirm: { clicks: 1 } })
  }
  const paths = [
    'deliveries?wait',
    'deliveries/latest',
    'counts',
    'findings?wait',
    'mappings',
    'mappings?format=segment'
  ]
  const more = [
    'definition',
    'settings',
    'samples',
    'ledger',
    'attribution',
    'faults',
    'catalogue',
    'shoppers',
    'state',
    'state?mask'
  ]
  for (const path of [...paths, ...more]) await record(`/workbench/${path}`)
  await record('/manifest')

  const client = await openStream(workbench)
  const messages = await client.until(({ event }) => event === 'findings')
  client.close()
  outputs.push(JSON.stringify(messages))

  expect(outputs.join('\n')).toContain('[redacted]')
  for (const output of outputs) expect(output).not.toContain(key)
})

test('an answer without the key does not change', async () => {
  expect(await call(workbench, '/workbench/counts')).toMatchObject({
    status: 200,
    body: { received: expect.any(Number) as number }
  })
})
