import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Finding } from '../../src/workbench/api'
import { startWorkbench } from '../../src/workbench/server'
import { launchChromium } from './chromium'
import { NARROW, findAccessibilityProblems, openWorkbench, overflowOf, serveView } from './workbench-page'

describe('the demo shop', () => {
  const view = serveView()
  let page: Page

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open('shop', options)
    await tiles().first().waitFor()
  }

  const tiles = () => page.locator('.tile')
  const sponsoredTile = () => tiles().filter({ hasText: 'Sponsored' }).first()
  const openSponsored = () => sponsoredTile().getByRole('link').click()
  const reported = () => page.getByRole('list', { name: 'Reported so far' })
  const switchOn = (title: string) => page.getByRole('switch', { name: title }).check({ force: true })

  async function order(): Promise<void> {
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: /^Cart/ }).click()
    await page.getByRole('button', { name: 'Log in and order' }).click()
    await page.locator('.credit').first().waitFor()
  }

  async function findings(): Promise<string[]> {
    const answer = await fetch(`${view.workbench.url}/workbench/findings?wait`)
    return ((await answer.json()) as Finding[]).map(({ code }) => code)
  }

  test('credits an order to the click on the ad before it, and finds no mistake', async () => {
    await open()
    await openSponsored()
    await order()

    expect(await page.locator('.credit').innerText()).toMatch(
      /credited to the click\s+The last click on this product in listings came/
    )
    expect(await findings()).toEqual([])

    await page.getByRole('link', { name: 'See this visit as a picture' }).click()
    await page.getByRole('cell', { name: 'the click' }).waitFor()
    expect(await page.locator('.curve').count()).toBe(1)
  })

  test('credits an order to the banner that led to its product', async () => {
    await open()
    await page.locator('.promo').click()
    await page.getByRole('heading', { name: /^The best of/ }).waitFor()
    await tiles().first().getByRole('link').click()
    await order()

    expect(await page.locator('.credit').innerText()).toMatch(
      /credited to the click\s+The last click on this product in banners/
    )
    expect(await findings()).toEqual([])
  })

  test('reports an order once, also if its thank-you page is loaded again', async () => {
    await open()
    await openSponsored()
    await order()
    await page.reload()
    await page.locator('.credit').waitFor()

    expect(await findings()).toEqual([])
    expect(view.workbench.sandbox!.ledger().purchases).toHaveLength(1)
  })

  test('reports each page with its own path', async () => {
    await open()
    await openSponsored()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await reported().getByText('Product Viewed').waitFor()
    await view.workbench.pipeline.drain()

    const pages = view.workbench.sandbox!.ledger().pageviews.map((event) => event.page.pageId)
    expect(pages).toEqual(['/shop', expect.stringMatching(/^\/shop\/product\/p_/)])
  })

  test('finds products by the words of their names', async () => {
    await open()
    await page.getByRole('searchbox').fill('oat milk')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Results for “oat milk”' }).waitFor()
    await reported().getByText('Products Searched').waitFor()
    expect(await tiles().count()).toBe(1)
  })

  test('the demo shop works when nobody wins an auction', async () => {
    await fetch(`${view.workbench.url}/workbench/auctions`, {
      method: 'PUT',
      body: JSON.stringify([{ times: 2, winners: [] }])
    })
    await open()
    expect(await tiles().count()).toBe(6)
    expect(await page.locator('.sponsored').count()).toBe(0)
    await tiles().first().getByRole('link').click()
    await order()
    expect(await page.locator('.credit').innerText()).toContain('credited to nothing')
  })

  test('shows the products of another catalogue, and their names as text', async () => {
    const name = '<img src=x onerror="alert(1)">'
    const before = (await (await fetch(`${view.workbench.url}/workbench/catalogue`)).json()) as unknown
    const replace = (catalogue: unknown) =>
      fetch(`${view.workbench.url}/workbench/catalogue`, { method: 'PUT', body: JSON.stringify(catalogue) })
    await replace([{ id: 'x', name }])
    await open()
    expect(await tiles().first().getByRole('link').innerText()).toBe(name)
    expect(await page.locator('img').count()).toBe(0)
    await replace(before)
  })

  describe('finds a mistake that is switched on', () => {
    const finding = (code: string) => page.getByRole('link', { name: `Found: ${code}` })

    test('finds a bid that is lost after the auction', async () => {
      await open()
      await switchOn('Lose the bid after the auction')
      await sponsoredTile().waitFor()
      await openSponsored()
      await finding('missing-bid').waitFor()
    })

    test('finds two events that are mapped to a click, only while the mistake is switched on', async () => {
      await open()
      await switchOn('Map Product Clicked and Product Added to a click')
      await sponsoredTile().getByRole('button').click()
      await finding('double-click').waitFor()

      const names = () => view.workbench.pipeline.mappings().map(({ name }) => name)
      expect(names()).toContain('Add to Cart as a Click')
      await page.getByRole('switch', { name: 'Map Product Clicked' }).uncheck({ force: true })
      await page.locator('.mistake-on').waitFor({ state: 'detached' })
      expect(names()).not.toContain('Add to Cart as a Click')
    })

    test('finds a banner whose bid is missing on the page behind it', async () => {
      await open()
      await switchOn('Forget the banner on the page behind it')
      await page.locator('.promo').click()
      await page.getByRole('heading', { name: /^The best of/ }).waitFor()
      await tiles().first().getByRole('link').click()
      await finding('banner-no-follow-up').waitFor()
    })

    test('finds an order under another user id', async () => {
      await open()
      await switchOn('Send the order from a server that knows only the account')
      await sponsoredTile().waitFor()
      await openSponsored()
      await order()
      await finding('user-id-mismatch').waitFor()
      expect(await page.locator('.credit').innerText()).toContain('credited to nothing')
    })

    test('finds an order that is reported again when its page is reloaded', async () => {
      await open()
      await switchOn('Report the order at each load of the thank-you page')
      await sponsoredTile().waitFor()
      await openSponsored()
      await order()
      await page.reload()
      await finding('double-purchase').waitFor()
    })
  })

  test.each(['light', 'dark'] as const)(
    'each page of the demo shop is accessible in %s colors',
    async (colorScheme) => {
      await open({ colorScheme })
      await page.locator('.promo').waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
      await switchOn('Forget the banner on the page behind it')
      await sponsoredTile().waitFor()
      await openSponsored()
      await page.getByRole('button', { name: 'Add to cart' }).click()
      expect(await findAccessibilityProblems(page)).toEqual([])
      await page.getByRole('link', { name: /^Cart/ }).click()
      await page.getByRole('button', { name: 'Log in and order' }).waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
      await page.getByRole('button', { name: 'Log in and order' }).click()
      await page.locator('.credit').waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
    }
  )

  test('the demo shop fits a window of 360 pixels', async () => {
    await open(NARROW)
    await page.locator('.promo').waitFor()
    expect(await overflowOf(page)).toBe(0)
    await openSponsored()
    await page.getByRole('button', { name: 'Add to cart' }).click()
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('link', { name: /^Cart/ }).click()
    await page.getByRole('button', { name: 'Log in and order' }).waitFor()
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('button', { name: 'Behind the counter' }).click()
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Behind the counter')
  })
})

describe('the demo shop in live mode', () => {
  test('in live mode, the demo shop is closed and reports nothing to Topsort', async () => {
    const workbench = await startWorkbench({ port: 0, liveKey: 'TSE_not-a-key', log: console.error })
    const browser = await launchChromium()
    const { page } = await openWorkbench(browser, workbench, 'shop')
    await page.getByText('The shop is closed: There is no sandbox in live mode').waitFor()
    await page.waitForLoadState('networkidle')
    expect(workbench.pipeline.counts().received).toBe(0)
    await browser.close()
    await workbench.stop()
  })
})
