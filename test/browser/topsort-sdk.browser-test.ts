import { bundle } from './bundle'
import { startSetup } from './setup'
import type { BrowserSetup } from './setup'

let setup: BrowserSetup

beforeAll(async () => {
  setup = await startSetup()
})
afterAll(() => setup.stop())

test("Topsort's SDK in a page can run an auction and report a click on its winner", async () => {
  const { workbench, shop, browser } = setup
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
