import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { launchChromium } from './chromium'
import { startShop } from './shop'
import type { Shop } from './shop'

let workbench: Workbench
let shop: Shop
let browser: Browser

beforeAll(async () => {
  workbench = await startWorkbench({ port: 0, log: console.error })
  shop = await startShop(workbench.port)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  shop.close()
  await workbench.stop()
})

/** Topsort's SDK as one script, as the bundler of a shop makes it. */
async function bundleSdk(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { TopsortClient } from '@topsort/sdk'`, resolveDir: __dirname },
    bundle: true,
    globalName: 'topsort',
    write: false
  })
  return outputFiles[0].text
}

test("Topsort's SDK in a page runs an auction and reports its winner, because its headers pass the preflight", async () => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`http://localhost:${shop.port}/`)
  await page.addScriptTag({ content: await bundleSdk() })

  const outcome = await page.evaluate(`(async () => {
    const client = new topsort.TopsortClient({ apiKey: 'TSE_mine', host: '${workbench.url}' })
    const auction = { type: 'listings', slots: 1, products: { ids: ['p_1'] } }
    const { results } = await client.createAuction({ auctions: [auction] })
    const { id, resolvedBidId } = results[0].winners[0]
    const click = { id: 'c1', occurredAt: '2026-01-01T00:00:00Z', opaqueUserId: 'u1', resolvedBidId }
    return [id, resolvedBidId, await client.reportEvent({ clicks: [click] })]
  })()`)

  const [stored] = workbench.sandbox!.ledger().clicks
  expect(outcome).toEqual(['p_1', stored.resolvedBidId, { ok: true, retry: false }])
  expect(complaints).toEqual([])
})
