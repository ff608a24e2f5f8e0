import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expectSoon, NARROW, findAccessibilityProblems, overflowOf, serveView } from './workbench-page'

type AuctionAnswer = { results: { winners: { id: string; resolvedBidId: string }[] }[] }

describe('the view of shoppers', () => {
  const view = serveView()
  let page: Page

  beforeEach(() => {
    view.workbench.sandbox!.changeAttribution({ windowDays: 14, model: 'last-click', halo: false })
  })

  async function open(place = '', options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open(`#/shoppers${place}`, options)
  }

  async function post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${view.workbench.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer TSE_sandbox' },
      body: JSON.stringify(body)
    })
    return response.json()
  }

  const track = (anonymousId: string, event: string, properties: object) =>
    post('/v1/track', { anonymousId, event, properties, messageId: `${event} of ${anonymousId}` })

  /** An ad that is seen and, if it is to be, clicked. Then an order of this product and another one of its vendor. */
  async function visit(user: string, clicks: boolean): Promise<void> {
    const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] }, opaqueUserId: user }
    const { results } = (await post('/v2/auctions', { auctions: [auction] })) as AuctionAnswer
    const ad = { product_id: 'p_PJbnN', resolvedBidId: results[0].winners[0].resolvedBidId }
    await track(user, 'Product Viewed', ad)
    if (clicks) await track(user, 'Product Clicked', ad)
    await view.workbench.pipeline.drain()
    await track(user, 'Order Completed', {
      products: [
        { product_id: 'p_PJbnN', vendorId: 'v_alpine', price: 12.5, quantity: 2 },
        { product_id: 'p_ojng4', vendorId: 'v_alpine', price: 4, quantity: 1 }
      ]
    })
    await view.workbench.pipeline.drain()
  }

  const marks = (lane: string) => page.locator(`.mark-${lane}[tabindex]`)
  const reason = () => page.locator('.journey-reason')
  const figure = (name: string) =>
    page
      .locator('.figure')
      .filter({ has: page.locator(`dt:text-is("${name}")`) })
      .locator('dd')

  test('draws a curve from an order line to the click that it is credited to, and says why', async () => {
    await visit('ann', true)
    await open()
    await page.locator('.curve').waitFor()

    expect(await page.locator('.curve').count()).toBe(1)
    const lanes = ['auction', 'impression', 'click', 'order']
    expect(await Promise.all(lanes.map((lane) => marks(lane).count()))).toEqual([1, 1, 1, 2])

    await marks('order').first().hover()
    expect(await reason().innerText()).toMatch(
      /Line 1: 25\.00 of p_PJbnN\. Credited to the click\. The last click on this product in listings came/
    )
    await expectSoon(() => page.locator('.curve-shown').count(), 1)
    await marks('order').last().hover()
    expect(await reason().innerText()).toContain('Line 2: 4.00 of p_ojng4. Credited to nothing.')
  })

  test('shows the figures of a shopper', async () => {
    await visit('ann', true)
    await open()
    const names = ['Impressions', 'Clicks', 'Click-through', 'Orders', 'Credited', 'Uncredited', 'Organic']
    await figure('Orders').waitFor()
    expect(await Promise.all(names.map((name) => figure(name).innerText()))).toEqual([
      ...['1', '1', '100%', '1', '25.00', '0.00', '4.00']
    ])
  })

  test('updates the credit when halo is switched on', async () => {
    await visit('ann', true)
    await open()
    await page.locator('.curve').waitFor()
    await page.getByRole('switch', { name: 'Halo' }).click({ force: true })
    await page.locator('.curve').nth(1).waitFor()
    expect(await figure('Credited').innerText()).toBe('29.00')
  })

  test('updates the credit when impressions count', async () => {
    await visit('ann', false)
    await open()
    await marks('order').first().waitFor()
    await expectSoon(() => page.locator('.curve').count(), 0)
    await page.getByRole('switch', { name: 'Impressions of listings count' }).click({ force: true })
    await page.locator('.curve').waitFor()
    await page.getByRole('cell', { name: 'the impression' }).waitFor()
  })

  test('changes the days in which an ad gets credit, and ignores an invalid number', async () => {
    await visit('ann', true)
    await open()
    const days = page.getByLabel('Days after a listing')
    await days.fill('7')
    await Promise.all([page.waitForResponse(/\/workbench\/attribution$/), days.blur()])
    expect(view.workbench.sandbox!.attribution().settings).toMatchObject({
      listings: { windowDays: 7 },
      brands: { windowDays: 14 },
      banners: { windowDays: 14 }
    })
    await days.fill('1000')
    await days.blur()
    await expectSoon(() => days.inputValue(), '7')
  })

  test('the picture can be read with the keyboard alone', async () => {
    await visit('ann', true)
    await open()
    await page.locator('.curve').waitFor()
    await marks('auction').first().focus()
    expect(await reason().innerText()).toContain('an auction for listings. Winners: p_PJbnN.')
    await page.keyboard.press('End')
    expect(await reason().innerText()).toContain('Line 2')
    await page.keyboard.press('ArrowUp')
    expect(await reason().innerText()).toContain('Line 1')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    expect(await reason().innerText()).toContain('an impression')
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toContain('an impression')
  })

  test('describes the whole picture in words', async () => {
    await visit('ann', true)
    await open()
    await page.getByText('The same in words').click()
    const lines = await page.locator('.moments li').allInnerTexts()
    expect(lines.map((line) => line.replace(/^[\d:.]+: /, ''))).toEqual([
      'an auction for listings. Winners: p_PJbnN.',
      'an impression of p_PJbnN, with the bid of a listing.',
      'a click of p_PJbnN, with the bid of a listing.',
      'an order of 29.00.'
    ])
  })

  test('shows the shopper that the URL names', async () => {
    await visit('ann', true)
    await visit('bob', false)
    await open('?user=ann')
    await page.getByRole('heading', { name: 'Journey of ann' }).waitFor()
    await page.getByRole('navigation', { name: 'Shoppers' }).getByRole('link', { name: /^bob/ }).click()
    await page.getByRole('heading', { name: 'Journey of bob' }).waitFor()
    expect(page.url()).toContain('user=bob')
  })

  test('shows new events while the view is open', async () => {
    await open()
    await page.getByText('No shopper yet').waitFor()
    await visit('ann', true)
    await page.locator('.curve').waitFor()
  })

  test('shows an id and a product as text, never as HTML', async () => {
    const user = '<img src=x onerror=alert(1)>'
    await track(user, 'Product Viewed', { product_id: user })
    await view.workbench.pipeline.drain()
    await open()
    await page.getByRole('heading', { name: `Journey of ${user}` }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
  })

  test('explains why a shopper cannot be shown, and still lists the others', async () => {
    await visit('ann', true)
    await open('?user=..')
    await page.getByText('A shopper whose id is ".." cannot be shown').waitFor()
    await page.getByRole('navigation', { name: 'Shoppers' }).getByRole('link', { name: /^ann/ }).click()
    await page.locator('.curve').waitFor()
  })

  test('shows a shopper whose id has characters that are not allowed in URLs', async () => {
    const user = 'a/b?c%d#e&f \u202e'
    await track(user, 'Product Viewed', { product_id: 'p_1' })
    await view.workbench.pipeline.drain()
    await open()
    await marks('impression').first().waitFor()
  })

  const listed = () => page.getByRole('navigation', { name: 'Shoppers' }).getByRole('link')

  test('the tabs, the search and a reason of lost credit each narrow the list', async () => {
    await visit('ann', true)
    await visit('bob', false)
    await track('cleo', 'Product Viewed', { product_id: 'p_SA0238' })
    await view.workbench.pipeline.drain()
    await open()
    await listed().nth(2).waitFor()
    await page.getByRole('tab', { name: 'No order 1' }).click()
    await listed().nth(1).waitFor({ state: 'detached' })
    expect(await listed().first().innerText()).toContain('cleo')

    await page.keyboard.press('ArrowLeft')
    await page.getByRole('heading', { name: 'Journey of ann' }).waitFor()
    await expectSoon(() => page.getByRole('tab', { name: 'Credited 1', selected: true }).count(), 1)

    await page.getByRole('link', { name: 'ad was not clicked' }).click()
    await page.getByRole('heading', { name: 'Journey of bob' }).waitFor()
    expect(await page.getByRole('row', { name: /ad was not clicked/ }).innerText()).toContain('25.00')

    await page.getByLabel('Search shoppers').fill('nobody')
    await page.getByText('No shopper matches.').waitFor()
    await page.getByRole('tab', { name: 'All 0' }).click()
    await page.getByLabel('Search shoppers').fill('sa0238')
    await page.getByRole('heading', { name: 'Journey of cleo' }).waitFor()
    expect(page.url()).toContain('find=sa0238')
  })

  test('tells orders with the same reason once, and why they got no credit stands first', async () => {
    await visit('bob', false)
    await track('bob', 'Product Viewed', { product_id: 'p_1' })
    await post('/v1/track', {
      anonymousId: 'bob',
      event: 'Order Completed',
      properties: { currency: 'EUR', products: [{ product_id: 'p_PJbnN', price: 7 }] },
      messageId: 'second order'
    })
    await view.workbench.pipeline.drain()
    await open()
    await page.getByText('The same reason for 1 other order').waitFor()
    const headings = await page.locator('main h2').allInnerTexts()
    expect(headings.slice(0, 2)).toEqual(['Lost credit', 'Orders, lost credit first'])
    expect(await figure('Uncredited').innerText()).toBe('25.00 and 7.00 EUR')
    expect(await figure('Organic').innerText()).toBe('4.00')
  })

  test('the picture opens at the order that lost credit, and a mark leads to its event', async () => {
    await visit('bob', false)
    const other = Array.from({ length: 60 }, (_, index) => ({ product_id: `p_${index}` }))
    for (const [index, properties] of other.entries()) {
      await post('/v1/track', { anonymousId: 'bob', event: 'Product Viewed', properties, messageId: `later ${index}` })
    }
    await view.workbench.pipeline.drain()
    await open('', NARROW)
    await marks('impression').nth(60).waitFor()
    expect(await reason().innerText()).toContain('Line 1: 25.00 of p_PJbnN. Credited to nothing.')
    const [frame, mark] = [
      await page.locator('.journey-scroll').boundingBox(),
      await marks('order').first().boundingBox()
    ]
    expect(mark!.x).toBeGreaterThan(frame!.x)
    expect(mark!.x).toBeLessThan(frame!.x + frame!.width)

    await marks('order').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Order Completed' }).waitFor()
    await page.goBack()
    await marks('auction').first().click()
    await page.getByText('Product Viewed').first().waitFor()
    expect(page.url()).toContain('query=bid')
  })

  test('a case has one shopper, and is opened on another page after a confirmation', async () => {
    await visit('ann', true)
    await visit('bob', false)
    await open('?user=ann')
    await page.getByRole('heading', { name: 'Journey of ann' }).waitFor()
    await page.getByRole('button', { name: 'Share this case' }).click()
    const dialog = page.getByRole('dialog', { name: 'Share this case' })
    expect(await findAccessibilityProblems(page)).toEqual([])
    const asTest = dialog.getByRole('link', { name: 'Save as a test' })
    expect(await asTest.getAttribute('href')).toBe('/workbench/state?user=ann&mask=&as=test')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Save the file' }).click()
    ])
    expect(download.suggestedFilename()).toMatch(/^topsort-case-.*-masked\.json$/)
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).not.toMatch(/"(ann|bob)"/)

    await drop('case.json', text)
    const question = page.getByRole('dialog', { name: 'Open this case?' })
    await question.getByText(/case\.json has 3 events of Today.*with pseudonyms/).waitFor()
    await question.getByText(/takes the place of everything that is here: 5 events/).waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect(view.workbench.pipeline.counts().received).toBe(5)

    await page.getByLabel('File of a case').setInputFiles({ name: 'c.json', mimeType: '', buffer: Buffer.from(text) })
    await question.getByRole('button', { name: 'Open the case' }).click()
    await page.getByText('This is a saved case').waitFor()
    await page.getByRole('link', { name: 'Shoppers' }).click()
    await listed().nth(1).waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: /^Journey of user-/ }).waitFor()
    await page.locator('.curve').waitFor()
  })

  test('a file that is no case is refused with its name, and JSON Lines of calls are a case', async () => {
    await visit('ann', true)
    await open()
    await drop('photo.png', 'no case')
    await page.getByText('photo.png is no case.').waitFor()
    const call = {
      type: 'track',
      event: 'Product Viewed',
      userId: 'dora',
      messageId: 'd',
      properties: { product_id: 'p' }
    }
    await drop('calls.jsonl', JSON.stringify({ ...call, timestamp: '2026-01-31T12:00:00.000Z' }))
    await page.getByRole('button', { name: 'Open the case' }).click()
    await page.getByText('calls.jsonl is open.').waitFor()
    await page.getByRole('link', { name: 'Shoppers' }).click()
    await page.getByRole('heading', { name: 'Journey of dora' }).waitFor()
    await expectSoon(() => listed().count(), 1)
  })

  /** Drops a file in the middle of the page. */
  async function drop(name: string, text: string): Promise<void> {
    const dataTransfer = await page.evaluateHandle(
      ([fileName, content]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([content], fileName))
        return transfer
      },
      [name, text]
    )
    await page.dispatchEvent('main', 'dragover', { dataTransfer })
    await page.getByText('Drop the file to look at its case').waitFor()
    await page.dispatchEvent('main', 'drop', { dataTransfer })
  }

  test.each(['light', 'dark'] as const)('the view of shoppers is accessible in %s colors', async (colorScheme) => {
    await open('', { colorScheme })
    await page.getByText('No shopper yet').waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await visit('ann', true)
    await page.locator('.curve').waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
  })

  test('the view of shoppers fits a window of 360 pixels', async () => {
    await visit('ann', true)
    await open('', NARROW)
    await page.locator('.curve').waitFor()
    expect(await overflowOf(page)).toBe(0)
  })
})
