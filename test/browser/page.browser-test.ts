import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { launchChromium } from './chromium'
import {
  expectSoon,
  NARROW,
  QUICK,
  findAccessibilityProblems,
  longestTask,
  openWorkbench,
  overflowOf
} from './workbench-page'

describe("the workbench's page", () => {
  let workbench: Workbench
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    workbench = await startWorkbench({ port: 0, log: console.error, timing: QUICK })
    complaints = []
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await workbench.stop()
    expect(complaints).toEqual([])
  })

  async function open(place = '', options: BrowserContextOptions = {}): Promise<void> {
    ;({ page, complaints } = await openWorkbench(browser, workbench, place, options))
  }

  async function send(...events: object[]): Promise<void> {
    const batch = events.map((event) => ({ type: 'track', anonymousId: 'visitor-1', ...event }))
    const response = await fetch(`${workbench.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ batch })
    })
    expect(response.status).toBe(200)
  }

  const view = (properties: object = {}) => ({
    event: 'Product Viewed',
    properties: { product_id: 'p_PJbnN', ...properties }
  })

  const rows = () => page.locator('[role=row][aria-selected]')
  const selectedRow = () => page.getByRole('row', { selected: true })
  const detail = () => page.locator('#event-detail')
  const column = (title: string) => page.getByRole('region', { name: title, exact: true })

  async function waitForRows(count: number): Promise<void> {
    await page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor()
  }

  test('the first screen explains what to do, and shows the sample in three columns', async () => {
    await open()
    await page.getByRole('heading', { name: 'See what Topsort gets, and why' }).waitFor()
    await page.getByRole('tab', { name: 'Python' }).click()
    expect(await page.getByRole('tabpanel').innerText()).toContain(`analytics.host = '${workbench.url}'`)

    await page.getByRole('button', { name: 'Send the sample' }).click()
    await waitForRows(3)
    await page.getByRole('row', { name: /Product Viewed/ }).click()

    expect(await column('From your shop').innerText()).toContain('"position": "home_banner_top"')
    expect(await column('Mapped').innerText()).toContain('"position": "home_banner_top"')
    const sent = await column('To Topsort').innerText()
    expect(sent).toContain('"deviceType": "mobile"')
    expect(sent).not.toContain('home_banner_top')
    await column('Mapped')
      .getByRole('button', { name: /Why .*Position was changed/ })
      .click()
    expect(await page.locator(':focus').innerText()).toMatch(
      /placement\.position\s*"home_banner_top"\s*→\s*not sent\s*Topsort takes only whole numbers/
    )
  })

  test('shows the request and the answer of an event, without the key', async () => {
    await send(view())
    await open('#/events?event=1')
    await detail().getByRole('heading', { name: 'Request and answer' }).waitFor()
    const text = await detail().innerText()
    expect(text).toContain('POST https://api.topsort.com/v2/events')
    expect(text).toMatch(/204\s+after \d+ ms/)
    expect(text).toMatch(/authorization\s+Bearer \[redacted\]/i)
    expect(text).not.toContain('TSE_')
  })

  test('keeps the search and the selection in the URL', async () => {
    await send(view(), { event: 'Order Completed', properties: {} }, { event: 'Cart Viewed' })
    await open('#/events?query=is%3Afailed')
    await waitForRows(1)
    expect(await rows().innerText()).toContain('Order Completed')
    await expectSoon(() => page.getByRole('combobox', { name: 'Search events' }).inputValue(), 'is:failed')

    await page.getByRole('button', { name: /^Filtered/ }).click()
    await page.getByRole('row', { name: /Cart Viewed/ }).click()
    await detail().getByText('No mapping that is switched on takes').waitFor()
    expect(page.url()).toMatch(/#\/events\?query=is%3Afiltered&event=\d+$/)

    await page.reload()
    await detail().getByRole('heading', { name: 'Cart Viewed' }).waitFor()
    await waitForRows(1)
  })

  test('completes the search, and explains an invalid one', async () => {
    await send(view(), { event: 'Order Completed', properties: {} })
    await open()
    await waitForRows(2)
    const search = page.getByRole('combobox', { name: 'Search events' })
    await search.click()
    await search.pressSequentially('event:ord')
    await page.getByRole('option', { name: /event:"Order Completed"/ }).waitFor()
    await search.press('Tab')
    await expectSoon(() => search.inputValue(), 'event:"Order Completed" ')
    await waitForRows(1)

    await search.fill('')
    await waitForRows(2)
    await search.pressSequentially('code:')
    await page.getByRole('option', { name: /code:required_field_missing/ }).waitFor()
    await search.press('Tab')
    await waitForRows(1)
    expect(await rows().innerText()).toContain('Order Completed')

    await search.fill('color:red')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('There is no search field "color".')
    await page.reload()
    await alert.waitFor()
    await search.fill('')
    await waitForRows(2)
    // The browser itself writes that a request was refused.
    complaints = complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'))
  })

  test('shows a row the moment an event arrives, its retries in an outage, and each attempt', async () => {
    await open()
    const faults = [{ status: 503, times: 2 }]
    await fetch(`${workbench.url}/workbench/faults`, { method: 'PUT', body: JSON.stringify(faults) })
    await send(view())
    await page.getByRole('row', { name: /pending retry 503/ }).waitFor()
    await page.getByRole('row', { name: /delivered 204 · 3 attempts/ }).click()
    await detail().getByRole('heading', { name: 'Attempts' }).waitFor()
    const statuses = await detail().locator('.attempt .badge').allInnerTexts()
    expect(statuses).toEqual(['503', '503', '204'])
  })

  test('the page can be used with the keyboard alone', async () => {
    await send(view(), { event: 'Order Completed', properties: {} })
    await open()
    await waitForRows(2)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await selectedRow().innerText()).toContain('Product Viewed')
    await detail().getByRole('heading', { name: 'Product Viewed' }).waitFor()
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('event-detail')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('delivered 204')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Edit and send again')
    await page.keyboard.press('Escape')
    expect(await detail().count()).toBe(0)
    expect(await page.evaluate('document.activeElement.id')).toBe('events')

    await page.keyboard.press('/')
    await page.keyboard.type('is:failed')
    await page.keyboard.press('Enter')
    await waitForRows(1)
    await page.keyboard.press('Escape')
    await waitForRows(2)

    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Help' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('the list of events does not change while it is paused', async () => {
    await send(view())
    await open()
    await waitForRows(1)
    await page.getByRole('button', { name: 'Pause' }).click()
    await send(view())
    await page.getByText(/Paused, \d+ new/).waitFor()
    await waitForRows(1)
    await page.getByRole('button', { name: 'Continue' }).click()
    await waitForRows(2)
  })

  test('shows that the workbench has stopped, and starts over when it is started again', async () => {
    await send(view(), view())
    await open()
    await waitForRows(2)
    await workbench.stop()
    await page.getByText('Connection lost, trying again').waitFor()
    workbench = await startWorkbench({ port: workbench.port, log: console.error, timing: QUICK })
    await send({ event: 'Order Completed', properties: {} })
    await waitForRows(1)
    expect(await rows().innerText()).toContain('Order Completed')
    await page.getByText('Live', { exact: true }).waitFor()
    // The browser itself writes that it could not connect.
    complaints = complaints.filter((complaint) => !complaint.includes('net::ERR_'))
  })

  test('forgets everything after a confirmation', async () => {
    await send(view())
    await open()
    await waitForRows(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    const forget = page.getByRole('button', { name: 'Forget all events' })
    await forget.waitFor()
    await page.keyboard.press('Escape')
    await forget.waitFor({ state: 'hidden' })
    await waitForRows(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    await forget.click()
    await page.getByRole('button', { name: 'Send the sample' }).waitFor()
    expect(workbench.pipeline.counts().received).toBe(0)
  })

  test('sends an edited event again as a new one, and opens the next event of a person', async () => {
    await send(view())
    await open('#/events?event=1')
    await detail().getByRole('button', { name: 'Edit and send again' }).click()
    const text = page.getByRole('textbox', { name: /The Segment call/ })
    const call = JSON.parse(await text.inputValue()) as { properties: object }
    await text.fill('{')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    expect(await page.getByRole('alert').innerText()).toContain('This is not JSON')

    await text.fill(JSON.stringify({ ...call, properties: { product_id: 'p_edited' } }))
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await waitForRows(2)
    await detail().getByRole('button', { name: 'Next of this user' }).click()
    await column('To Topsort').getByText('"p_edited"').waitFor()
    expect(workbench.sandbox!.ledger().impressions.map(({ entity }) => entity)).toMatchObject([
      { id: 'p_PJbnN' },
      { id: 'p_edited' }
    ])
  })

  test('keeps the chosen columns of the list', async () => {
    await send(view())
    await open()
    await waitForRows(1)
    await page.locator('summary', { hasText: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Message id' }).check()
    await page.getByRole('checkbox', { name: 'User' }).uncheck()
    await page.getByRole('checkbox', { name: 'About' }).uncheck()
    await page.reload()
    await waitForRows(1)
    const titles = await page.getByRole('columnheader').allInnerTexts()
    expect(titles).toEqual([
      ...['Time', 'Event', 'Ad', 'Value and credit', 'Result', 'Message id', 'Findings', 'Message']
    ])
  })

  test('shows each finding with its remedy, and links to its events', async () => {
    const click = { event: 'Product Clicked', properties: { product_id: 'p_1', resolvedBidId: 'bid-1' } }
    await send({ ...click, messageId: 'tap-1' }, { ...click, event: 'Banner Click', messageId: 'tap-2' })
    await fetch(`${workbench.url}/workbench/findings?wait`)
    await open('#/findings')
    const finding = page.getByRole('article').filter({ hasText: 'double-click' })
    await finding.getByRole('button', { name: /One tap on an ad/ }).click()
    expect(await finding.innerText()).toMatch(/One tap on an ad was reported as two clicks[\s\S]*What to do/)
    await finding.getByRole('link', { name: /tap-/ }).first().click()
    await waitForRows(1)
    expect(page.url()).toMatch(/query=id%3Atap-/)
  })

  test('shows the figures of a finding, its cost in each currency, and values that are no ids', async () => {
    await send(
      ...['USD', 'EUR'].map((currency) => ({
        event: 'Completed Order',
        properties: { order_id: `o-${currency}`, currency, products: [{ product_id: 'p_1', price: 10 }] }
      }))
    )
    await fetch(`${workbench.url}/workbench/findings?wait`)
    await open('#/findings')
    const finding = page.getByRole('article').filter({ hasText: 'unmapped-events' })
    await finding.getByRole('button', { expanded: false }).click()
    expect(await finding.innerText()).toContain(
      'No mapping takes "Completed Order" (2 events, like a purchase). Orders worth 10.00 EUR and 10.00 USD are not reported.'
    )
    expect(await finding.getByRole('columnheader').allInnerTexts()).toEqual(['Name', 'Looks like', 'Message id'])
    expect(await finding.innerText()).not.toContain('2 cases')
  })

  test('fits a window of 360 pixels, where the back button leads from an event to the list', async () => {
    await send(view(), { event: 'Order Completed', properties: {} })
    await open('', NARROW)
    await waitForRows(2)
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('row', { name: /Product Viewed/ }).click()
    await column('To Topsort').waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await page.getByRole('grid').isVisible()).toBe(false)
    await page.goBack()
    await page.getByRole('grid').waitFor()
    await page.getByRole('link', { name: 'Findings' }).click()
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    expect(await overflowOf(page)).toBe(0)
  })

  test('the page is dark if the system is dark', async () => {
    const lightness: number[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await open('', { colorScheme })
      const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
      lightness.push(Number(/\d+/.exec(color)?.[0]))
    }
    expect(lightness[0]).toBeGreaterThan(200)
    expect(lightness[1]).toBeLessThan(40)
  })

  describe('has no barrier that axe-core knows', () => {
    test.each([
      ['in its list and an event', '#/events?event=1', 'Request and answer'],
      ['in a failed event', '#/events?query=is%3Afailed&event=2', 'From your shop'],
      ['in its findings', '#/findings', 'Findings']
    ])('the page is accessible %s', async (_, place, heading) => {
      await send(view({ position: 'top' }), { event: 'Order Completed', properties: {} }, view({ position: 'top' }))
      await fetch(`${workbench.url}/workbench/findings?wait`)
      for (const options of [{}, { colorScheme: 'dark' }, NARROW] as const) {
        await open(place, options)
        await page.getByRole('heading', { name: heading }).waitFor()
        expect(await findAccessibilityProblems(page)).toEqual([])
      }
    })

    test.each(['light', 'dark'] as const)(
      'the first screen and the help are accessible in %s colors',
      async (colorScheme) => {
        await open('', { colorScheme })
        await page.getByRole('button', { name: 'Send the sample' }).waitFor()
        expect(await findAccessibilityProblems(page)).toEqual([])
        await page.getByRole('button', { name: 'Help' }).click()
        await page.getByRole('dialog', { name: 'Help' }).waitFor()
        expect(await findAccessibilityProblems(page)).toEqual([])
      }
    )

    test('the search with completions is accessible', async () => {
      await send(view())
      await open()
      await waitForRows(1)
      await page.keyboard.press('/')
      await page.keyboard.type('is:')
      await page.keyboard.press('ArrowDown')
      await page.getByRole('option', { selected: true }).waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
    })
  })

  test('sends an event to Topsort itself only after a confirmation that names the billed events', async () => {
    const received: unknown[] = []
    const topsort = createServer((request, response) => {
      void json(request).then((body) => {
        received.push(body)
        response.writeHead(204).end()
      })
    })
    await once(topsort.listen(0, '127.0.0.1'), 'listening')
    const { port } = topsort.address() as AddressInfo
    await workbench.stop()
    const access = { key: 'TSE_real', url: `http://127.0.0.1:${port}/v2/events` }
    workbench = await startWorkbench({ port: 0, log: console.error, timing: QUICK, topsort: access })

    await send({ event: 'Product Clicked', messageId: 'm1', properties: { product_id: 'p_PJbnN' } })
    await open('#/events?event=1')
    await detail().getByRole('button', { name: 'Send to Topsort…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send this one to Topsort?' })
    expect(await dialog.innerText()).toContain('Topsort stores 1 click')
    expect(received).toEqual([])
    expect(await findAccessibilityProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Send 1 click' }).click()
    await dialog.getByText('Topsort stored 1 click.').waitFor()
    expect(received).toMatchObject([{ clicks: [{ id: 'm1', entity: { id: 'p_PJbnN' } }] }])
    topsort.close()
  })

  test('shows the name of an event as text, never as HTML', async () => {
    const attack = '<img src=x onerror="document.title=`stolen`"><script>document.title="stolen"</script>'
    await send({
      event: attack,
      messageId: attack,
      anonymousId: attack,
      properties: { [attack]: attack, product_id: attack }
    })
    await fetch(`${workbench.url}/workbench/findings?wait`)
    await open('#/events?event=1')
    await waitForRows(1)
    await detail().getByRole('heading', { name: attack }).waitFor()
    expect(await column('From your shop').innerText()).toContain(JSON.stringify(attack))
    expect(await page.locator('img, #page script').count()).toBe(0)
    expect(await page.title()).toBe('Events · Topsort workbench')
  })

  test('the list takes 1,000 events at once and shows 10,000', async () => {
    await send(view())
    await open()
    await waitForRows(1)
    await send(...Array.from({ length: 999 }, () => view()))
    await waitForRows(1_000)
    const inBurst = await longestTask(page)

    for (let sent = 1_000; sent < 10_000; sent += 1_000) await send(...Array.from({ length: 1_000 }, () => view()))
    await waitForRows(10_000)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    expect(await selectedRow().getAttribute('aria-rowindex')).toBe('10001')
    expect(await page.getByRole('row').count()).toBeLessThan(100)
    expect(await page.getByText('10,000 shown. The newest 10,000 are kept.').count()).toBe(1)

    const upTo = await longestTask(page)

    await page.reload()
    await waitForRows(10_000)
    const atLoad = await longestTask(page)
    expect(workbench.pipeline.counts()).toMatchObject({ received: 10_000, failedOnIngest: 0 })
    console.log(
      `Longest task (0 if none took 50 ms): ${inBurst} ms with 1,000 events at once, ${upTo} ms up to 10,000, ${atLoad} ms when 10,000 are loaded.`
    )
  }, 120_000)
})
