import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { devices } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core'
import type { Workbench } from '../../src/workbench/server'
import { FOREIGN_HOST } from './chromium'
import { startSetup } from './setup'
import type { BrowserSetup } from './setup'
import type { Shop } from './shop'

const EVENT = {
  id: expect.stringMatching(/^ajs-next-\d{13}-[\da-f-]{36}$/) as unknown,
  occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown
}

describe('a shop in a browser, with its Segment SDK set to the workbench', () => {
  let setup: BrowserSetup
  let workbench: Workbench
  let shop: Shop
  let browser: Browser
  let context: BrowserContext
  let page: Page
  /** Errors and warnings on the console of the page, and errors that the page throws. */
  let complaints: string[]

  beforeAll(async () => {
    setup = await startSetup()
    ;({ workbench, shop, browser } = setup)
  })
  afterAll(() => setup.stop())

  beforeEach(() => openPage())
  afterEach(async () => {
    await Promise.all(browser.contexts().map((each) => each.close()))
    await workbench.pipeline.forget()
    workbench.sandbox!.forget()
  })

  /** Opens a page in a new browser context, without cookies. */
  async function openPage(options: BrowserContextOptions = {}): Promise<void> {
    context = await browser.newContext(options)
    page = await context.newPage()
    complaints = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
  }

  async function visit(path: string, host = 'localhost'): Promise<void> {
    await page.goto(`http://${host}:${shop.port}${path}`)
    await waitForEvents()
  }

  async function click(id: string): Promise<void> {
    await page.click(`#${id}`)
    await waitForEvents()
  }

  /** Waits until the SDK has sent all events. */
  async function waitForEvents(): Promise<void> {
    await page.evaluate('reported.then(() => {})')
  }

  async function ledger() {
    await workbench.pipeline.drain()
    return workbench.sandbox!.ledger()
  }

  /** Returns the anonymous id of the SDK, from its cookie. */
  async function shopper(): Promise<string | undefined> {
    const cookies = await context.cookies()
    return cookies.find(({ name }) => name === 'ajs_anonymous_id')?.value
  }

  test('reports a view of a banner and a click on it', async () => {
    await visit('/')
    await click('banner')

    const event = { ...EVENT, opaqueUserId: await shopper(), deviceType: 'desktop' }
    expect(await ledger()).toEqual({
      impressions: [{ ...event, resolvedBidId: 'bid-banner', placement: { path: '/' } }],
      clicks: [{ ...event, resolvedBidId: 'bid-banner', placement: { path: '/' } }],
      purchases: [],
      pageviews: [{ ...event, page: { type: 'home', pageId: '/', value: 'Shop' } }],
      links: []
    })
    expect(complaints).toEqual([])
  })

  test('reports a view of a list and a click on one of its products', async () => {
    await visit('/yogurt')
    await click('product')

    const event = { ...EVENT, opaqueUserId: await shopper(), deviceType: 'desktop' }
    const [first, second] = [1, 2].map((position) => ({ placement: { path: '/yogurt', position } }))
    const vanilla = { entity: { type: 'product', id: 'p_vanilla' }, resolvedBidId: 'bid-vanilla' }
    const stored = await ledger()
    expect(stored).toEqual({
      impressions: [
        { ...event, ...first, ...vanilla, id: expect.stringMatching(/-0$/) as unknown },
        { ...event, ...second, entity: { type: 'product', id: 'p_plain' }, id: expect.stringMatching(/-1$/) as unknown }
      ],
      clicks: [{ ...event, ...first, ...vanilla }],
      purchases: [],
      pageviews: [{ ...event, page: { type: 'category', pageId: '/yogurt', value: 'Shop' } }],
      links: []
    })
    expect(complaints).toEqual([])
  })

  test("reports a view of a product's own page", async () => {
    await visit('/yogurt/vanilla')

    const event = { ...EVENT, opaqueUserId: await shopper(), deviceType: 'desktop' }
    const path = '/yogurt/vanilla'
    expect(await ledger()).toEqual({
      impressions: [{ ...event, entity: { type: 'product', id: 'p_vanilla' }, placement: { path } }],
      clicks: [],
      purchases: [],
      pageviews: [{ ...event, page: { type: 'PDP', pageId: path, value: 'Shop' } }],
      links: []
    })
    expect(complaints).toEqual([])
  })

  test('reports an order with the same user id as the click', async () => {
    await visit('/yogurt')
    await click('product')
    await visit('/thanks')

    const event = { ...EVENT, opaqueUserId: await shopper(), deviceType: 'desktop' }
    const { clicks, purchases, pageviews } = await ledger()
    expect(purchases).toEqual([
      {
        ...event,
        items: [
          { productId: 'p_vanilla', unitPrice: 12.95, quantity: 2 },
          { productId: 'p_plain', unitPrice: 9.5, quantity: 1 }
        ]
      }
    ])
    expect(pageviews.at(-1)).toEqual({ ...event, page: { type: 'other', pageId: '/thanks', value: 'Shop' } })
    expect(clicks.map(({ opaqueUserId }) => opaqueUserId)).toEqual([event.opaqueUserId])
    expect(complaints).toEqual([])
  })

  test.each(['Pixel 7', 'iPhone 15', 'Galaxy Tab S9'])('reports a %s as mobile', async (device) => {
    await openPage(devices[device])
    await visit('/')
    await click('banner')

    const { impressions, clicks, pageviews } = await ledger()
    const types = [impressions, clicks, pageviews].map((events) => events.map(({ deviceType }) => deviceType))
    expect(types).toEqual([['mobile'], ['mobile'], ['mobile']])
    expect(complaints).toEqual([])
  })

  test('reports an event with the same id if the user leaves the page before the answer and the SDK sends it again', async () => {
    const waitForClick = () => page.waitForRequest((request) => !!request.postData()?.includes('Product Clicked'))
    await visit('/yogurt')

    const loseAnswer = async (route: Route): Promise<void> => {
      await route.fetch()
    }
    await page.route('**/v1/t', loseAnswer, { times: 1 })
    await Promise.all([waitForClick(), page.click('#product')])
    const [again] = await Promise.all([waitForClick(), page.click('#next')])
    await again.response()

    const { clicks } = await ledger()
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1)
  })

  test('the workbench accepts the metrics of the SDK', async () => {
    const measured = page.waitForResponse(/\/v1\/m$/)
    await visit('/')
    expect((await measured).status()).toBe(200)
    expect(complaints).toEqual([])
  })

  test('a page of another site cannot report events, and the answer says why', async () => {
    await visit('/', FOREIGN_HOST)
    const origin = `http://${FOREIGN_HOST}:${shop.port}`
    const reason = `Only pages on localhost, a name below it, 127.0.0.1 or [::1] may use the workbench. This one is on "${origin}": open the shop on localhost.`

    const answer = await page.evaluate(`fetch('http://localhost:${workbench.port}/v1/track', {
      method: 'POST', body: '{}', headers: { 'content-type': 'application/json' }
    }).then(async (response) => [response.status, await response.json()])`)
    expect(answer).toEqual([403, { error: reason }])

    expect(await ledger()).toEqual({ impressions: [], clicks: [], purchases: [], pageviews: [], links: [] })
    const deliveries = workbench.pipeline.deliveries()
    expect(deliveries.length).toBeGreaterThan(1)
    for (const { event, stage, message } of deliveries) {
      expect([event, stage, message]).toEqual([null, 'failed on ingest', expect.stringContaining(reason)])
    }
  })

  test('another site cannot read the workbench, even if its host name resolves to this machine', async () => {
    const response = await page.goto(`http://${FOREIGN_HOST}:${workbench.port}/workbench/ledger`)
    expect(response?.status()).toBe(403)
  })
})

describe('a shop in a browser, with a workbench that speaks HTTPS', () => {
  const cert = readFileSync(path.join(__dirname, '../fixtures/tls/localhost.pem'), 'utf8')
  const key = readFileSync(path.join(__dirname, '../fixtures/tls/localhost-key.pem'), 'utf8')
  const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })

  async function visitWith(trustedKey?: string) {
    const messages: string[] = []
    const report = ({ message }: { message: string }) => messages.push(message)
    const { workbench, shop, browser, stop } = await startSetup({ tls: { cert, key }, report }, trustedKey)
    const page = await browser.newPage()
    await page.goto(`http://localhost:${shop.port}/thanks`)
    await page.evaluate('reported.then(() => {})')
    await stop()
    return { messages, purchases: workbench.sandbox!.ledger().purchases }
  }

  test('reports an order if the browser trusts the certificate', async () => {
    const { purchases } = await visitWith(createHash('sha256').update(publicKey).digest('base64'))
    expect(purchases).toHaveLength(1)
  })

  test('causes a message in the terminal if the browser does not trust the certificate', async () => {
    const { messages, purchases } = await visitWith()
    expect(purchases).toEqual([])
    expect(messages).toContain(
      'A client could not connect over HTTPS: it does not trust the certificate. See docs/workbench.md#https.'
    )
  })
})
