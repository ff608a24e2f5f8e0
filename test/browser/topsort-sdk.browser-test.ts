import type { Browser } from 'playwright-core'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { bundle } from './bundle'
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

test("Topsort's SDK in a page can run an auction and report a click on its winner", async () => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`http://localhost:${shop.port}/`)
  await page.addScriptTag({ content: await bundle('TopsortClient', '@topsort/sdk') })

  const outcome = await page.evaluate(`(async () => {
    const client = new TopsortClient({ apiKey: 'TSE_mine', host: '${workbench.url}' })
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
