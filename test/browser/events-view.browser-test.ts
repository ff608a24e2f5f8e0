import type { BrowserContextOptions, Page } from 'playwright-core'
import { expectSoon, NARROW, QUICK, findAccessibilityProblems, overflowOf, serveView } from './workbench-page'

type AuctionAnswer = { results: { winners: { resolvedBidId: string }[] }[] }

const WIDE: BrowserContextOptions = { viewport: { width: 1600, height: 900 } }

describe('the view of events', () => {
  const view = serveView({ timing: QUICK })
  let page: Page

  async function open(place = '#/events', options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open(place, options)
  }

  async function post(path: string, body: object, method = 'POST'): Promise<unknown> {
    const response = await fetch(`${view.workbench.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: 'Bearer TSE_sandbox' },
      body: JSON.stringify(body)
    })
    const text = await response.text()
    return text === '' ? undefined : JSON.parse(text)
  }

  async function track(event: string, properties: object, user = 'ann', rest: object = {}): Promise<void> {
    await post('/v1/track', { event, anonymousId: user, properties, messageId: `${event} of ${user}`, ...rest })
    await view.workbench.pipeline.drain()
  }

  const yogurt = { product_id: 'p_PJbnN', name: 'Vanilla yogurt', price: 12.95 }

  /** An ad that is seen, clicked and ordered together with a product that no ad is for. */
  async function shop(user = 'ann'): Promise<string> {
    const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] }, opaqueUserId: user }
    const { results } = (await post('/v2/auctions', { auctions: [auction] })) as AuctionAnswer
    const { resolvedBidId } = results[0].winners[0]
    await track('Product Viewed', { ...yogurt, resolvedBidId }, user)
    await track('Product Clicked', { ...yogurt, resolvedBidId }, user)
    const products = [
      { ...yogurt, quantity: 2 },
      { product_id: 'p_Mfk15', price: 1.1 }
    ]
    await track('Order Completed', { order_id: `order of ${user}`, currency: 'USD', products }, user)
    return resolvedBidId
  }

  const row = (name: RegExp) => page.getByRole('row', { name })
  const rows = () => page.locator('[role=row][aria-selected]')
  const detail = () => page.locator('#event-detail')
  const chips = () => page.getByRole('list', { name: 'Terms of the search' }).getByRole('listitem')
  const foot = () => page.locator('.events-foot')
  const searchBox = () => page.getByRole('combobox', { name: 'Search events' })

  async function waitForRows(count: number): Promise<void> {
    await page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor()
  }

  test('a row speaks of the product, the ad, and the value with its credit', async () => {
    await shop()
    await open()
    await waitForRows(3)
    expect(await row(/Product Clicked/).innerText()).toMatch(/Vanilla yogurt\s+sponsored\s+delivered 204/)
    expect(await row(/Order Completed/).innerText()).toMatch(/Vanilla yogurt × 2, 1 more\s+27\.00\s+25\.90 credited/)
    await track('Order Completed', { order_id: 'o', products: [yogurt] }, 'bob')
    await row(/uncredited: other user id/).waitFor()
  })

  test('a row has a message only where something is wrong, and a status only if Topsort answered', async () => {
    await track('Order Completed', { order_id: 'a', products: [yogurt, { product_id: 'p_2', price: 0 }] }, 'part')
    await track('Order Completed', { order_id: 'b', revenue: 5 }, 'fails')
    await track('Cart Viewed', {}, 'filtered')
    await open()
    await waitForRows(3)
    expect(await row(/in part 204/).innerText()).toContain('line 2 has a price of 0')
    expect(await row(/not reported/).innerText()).toMatch(/not sent\s[\s\S]*This event has no items\./)
    expect(await row(/Cart Viewed/).innerText()).not.toContain('No mapping')
    expect(await page.locator('.line-problem .badge.tone-waiting').count()).toBeGreaterThan(0)
  })

  test('the story of an event links to the other events of the ad', async () => {
    await shop()
    await open()
    await row(/Order Completed/).click()
    const story = detail().locator('.story')
    await story.waitFor()
    expect(await story.innerText()).toMatch(
      /Vanilla yogurt won an auction for listings at [\d:]+, was seen after .*, clicked after .* and ordered after .*\. 25\.90 USD of 27\.00 USD is credited to the click\. 1\.10 USD for p_Mfk15 is not\./
    )
    await story.getByRole('link', { name: 'clicked' }).click()
    await detail().getByRole('heading', { name: 'Product Clicked' }).waitFor()
    expect(await story.innerText()).toMatch(
      /An order of 27\.00 USD followed after .*, and 25\.90 USD of it is credited\./
    )
    await page.getByRole('button', { name: 'Next of this user' }).click()
    await detail().getByRole('heading', { name: 'Order Completed' }).waitFor()
    await page.keyboard.press('[')
    await detail().getByRole('heading', { name: 'Product Clicked' }).waitFor()
    await page.getByRole('button', { name: 'Previous of this user' }).click()
    await detail().getByRole('heading', { name: 'Product Viewed' }).waitFor()
  })

  test('a click on a value filters the list, and its chip negates and removes the term', async () => {
    await shop('ann')
    await shop('bob')
    await open()
    await waitForRows(6)
    await page.getByRole('button', { name: 'bob' }).first().click()
    await waitForRows(3)
    await page.getByRole('button', { name: 'sponsored' }).first().click()
    await waitForRows(2)
    await expectSoon(() => searchBox().inputValue(), /^user:bob bid:/)
    await chips()
      .nth(1)
      .getByRole('button', { name: /^Remove/ })
      .click()
    await waitForRows(3)
    await chips().first().getByRole('button', { name: 'user:bob', exact: true }).click()
    await expectSoon(() => searchBox().inputValue(), '-user:bob')
    await page.locator('.cell-user', { hasText: 'ann' }).first().waitFor()
    await row(/Order Completed/).click({ position: { x: 20, y: 10 } })
    await detail().getByRole('button', { name: 'order of ann' }).click()
    await expectSoon(() => searchBox().inputValue(), '-user:bob order:"order of ann"')
    await waitForRows(1)
  })

  test('a time range is chosen from a menu, and is a term of the search', async () => {
    await shop()
    await open()
    await waitForRows(3)
    await page.locator('summary', { hasText: 'Any time' }).click()
    await page.getByRole('radio', { name: 'Last hour' }).check()
    await expectSoon(() => searchBox().inputValue(), 'since:1h')
    await waitForRows(3)
    await page.getByLabel('To', { exact: true }).fill('2020-01-01T10:00:00')
    await page.getByText('No event matches the search').waitFor()
    await expectSoon(() => searchBox().inputValue(), /^since:1h until:2020-01-01T10:00/)
  })

  test('the search says how many events match only after it was searched', async () => {
    await shop()
    await open()
    await waitForRows(3)
    await searchBox().fill('nothing-like-that')
    await page.getByText('No event matches the search').waitFor()
    expect(await foot().innerText()).toMatch(/^0 match the search\./)
    await searchBox().fill('color:red')
    await page.getByRole('alert').waitFor()
    expect(await foot().innerText()).toBe('The search cannot be read, so nothing was searched.')
    view.accept('400 (Bad Request)')
  })

  test('clearing keeps the mappings unless they are to be reset', async () => {
    await post('/workbench/mappings', [{ name: 'Click', enabled: false }], 'PUT')
    await track('Product Viewed', yogurt)
    const isOn = () => view.workbench.pipeline.mappings().find(({ name }) => name === 'Click')?.enabled
    await open()
    await waitForRows(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('button', { name: 'Forget all events' }).click()
    await page.getByRole('button', { name: 'Send the sample' }).waitFor()
    expect(isOn()).toBe(false)

    await track('Product Viewed', yogurt)
    await waitForRows(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('checkbox', { name: /Also set mappings/ }).check()
    await page.getByRole('button', { name: 'Forget everything' }).click()
    await page.getByRole('button', { name: 'Send the sample' }).waitFor()
    expect(isOn()).toBe(true)
  })

  test('the value that a failure is about is marked in the call, and noise is folded', async () => {
    const context = { page: { path: '/yogurt' } }
    await track('Product Clicked', { ...yogurt, resolvedBidId: 'unknown-1' }, 'ann', { context })
    await open()
    await row(/Product Clicked/).click({ position: { x: 20, y: 10 } })
    const call = page.getByRole('region', { name: 'From your shop, as JSON' })
    await call.waitFor()
    expect(await call.locator('.json-removed').innerText()).toContain('"resolvedBidId": "unknown-1"')
    expect(await call.innerText()).toContain('"context": {…}')
    await call.getByRole('button', { name: 'Show context' }).click()
    expect(await call.innerText()).toContain('"path": "/yogurt"')
  })

  test('an event that is too large shows its call and its largest properties, and can be edited', async () => {
    await track('Product Viewed', { ...yogurt, html: 'x'.repeat(40_000) })
    await open()
    await row(/failed on ingest/).click()
    await detail().getByRole('heading', { name: 'The largest properties' }).waitFor()
    expect(await detail().locator('.largest li').first().innerText()).toMatch(/properties\.html\s+40,002 bytes/)
    expect(await page.getByRole('region', { name: 'From your shop, as JSON' }).innerText()).toContain(
      '(40,002 characters)'
    )
    await detail().getByRole('button', { name: 'Edit and send again' }).click()
    const text = page.getByRole('textbox', { name: /The Segment call/ })
    await text.fill((await text.inputValue()).replace(/x{100,}/, 'short'))
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await row(/delivered 204/).waitFor()
  })

  test('armed faults are visible in each view, and can be ended there', async () => {
    await track('Product Viewed', yogurt)
    await open('#/shoppers')
    await post('/workbench/faults', [{ status: 401, times: 3 }], 'PUT')
    const strip = page.locator('.strip', { hasText: 'The next 3 requests: answered with 401.' })
    await strip.waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await strip.getByRole('button', { name: 'End' }).click()
    await strip.waitFor({ state: 'detached' })
    expect(view.workbench.sandbox!.scriptsLeft().events).toEqual([])
  })

  test('an opened case says so, and its events have their dates', async () => {
    await shop()
    const state = (await (await fetch(`${view.workbench.url}/workbench/state?mask`)).json()) as {
      savedAt: string
      entries: { receivedAt: string }[]
    }
    const days = ['2026-03-05T12:00:00.000Z', '2026-03-07T12:00:00.000Z', '2026-03-07T13:00:00.000Z']
    const entries = state.entries.map((entry, index) => ({ ...entry, receivedAt: days[index] }))
    await post('/workbench/state', { ...state, savedAt: '2026-03-08T12:00:00.000Z', entries }, 'PUT')
    await open()
    await page.locator('.strip', { hasText: 'This is a saved case of Sunday 8 March 2026' }).waitFor()
    await waitForRows(3)
    expect(await page.locator('.event-day').allInnerTexts()).toEqual(['Saturday 7 March 2026', 'Thursday 5 March 2026'])
    const time = rows().first().locator('time')
    expect(await time.innerText()).toMatch(/^7 Mar .*\d\d:00/)
    expect(await time.getAttribute('title')).toBe('2026-03-07T13:00:00.000Z')
    expect(await findAccessibilityProblems(page)).toEqual([])
  })

  test('in a wide window an event stands beside the list, in a panel that can be resized', async () => {
    await shop()
    await open('#/events', WIDE)
    await row(/Order Completed/).click()
    const splitter = page.getByRole('separator', { name: 'Width of the event' })
    await splitter.waitFor()
    const [list, panel] = [await page.locator('.events-box').boundingBox(), await detail().boundingBox()]
    expect(panel!.x).toBeGreaterThan(list!.x + list!.width)
    await splitter.focus()
    await page.keyboard.press('ArrowLeft')
    expect((await detail().boundingBox())!.width).toBe(panel!.width + 40)
    await page.reload()
    await splitter.waitFor()
    expect((await detail().boundingBox())!.width).toBe(panel!.width + 40)
    expect(await overflowOf(page)).toBe(0)
  })

  test('a card of a narrow window has all that a row has', async () => {
    await shop()
    await open('#/events', NARROW)
    await waitForRows(3)
    const text = await row(/Order Completed/).innerText()
    for (const fact of ['Vanilla yogurt × 2, 1 more', '27.00', '25.90 credited', 'delivered 204', 'ann']) {
      expect(text).toContain(fact)
    }
    expect(await row(/Product Clicked/).innerText()).toContain('sponsored')
    expect(await overflowOf(page)).toBe(0)
  })

  describe('has no barrier that axe-core knows', () => {
    test.each<[string, BrowserContextOptions]>([
      ['in a wide window', WIDE],
      ['in a wide window with dark colors', { ...WIDE, colorScheme: 'dark' }],
      ['in a medium window', {}],
      ['in a medium window with dark colors', { colorScheme: 'dark' }],
      ['in a narrow window', NARROW]
    ])('the events and the story of one are accessible %s', async (_, options) => {
      await shop()
      await track('Order Completed', { order_id: 'x', products: [yogurt, { product_id: 'p_2', price: 'ask' }] }, 'bob')
      await open('#/events?query=has%3Avalue', options)
      await waitForRows(2)
      expect(await findAccessibilityProblems(page)).toEqual([])
      await rows()
        .first()
        .click({ position: { x: 20, y: 10 } })
      await detail().locator('.story').waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    })

    test('the menu of the time range is accessible', async () => {
      await shop()
      await open()
      await page.locator('summary', { hasText: 'Any time' }).click()
      await page.getByRole('radio', { name: 'Today' }).waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
    })
  })
})

describe('the view of events in live mode', () => {
  const view = serveView({ liveKey: 'TSE_not-used' })

  test('each view says that events are billed', async () => {
    const page = await view.open('#/mappings')
    await page.locator('.strip', { hasText: 'Events go to Topsort itself, and are billed.' }).waitFor()
  })
})
