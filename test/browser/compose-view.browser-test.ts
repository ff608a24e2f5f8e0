import type { BrowserContextOptions, Page } from 'playwright-core'
import { expectSoon, NARROW, findAccessibilityProblems, longestTask, overflowOf, serveView } from './workbench-page'

describe('the view to compose events', () => {
  const view = serveView()
  let page: Page

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open('#/compose', options)
    await page.locator('.sample').first().waitFor()
  }

  /** Writes into the editor as somebody who pastes: brackets are not closed by themselves. */
  async function paste(pasted: string): Promise<void> {
    await page.getByLabel('Events as JSON').focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(pasted)
  }

  const choose = (title: string) => page.locator('.sample', { hasText: title }).first().click()

  /** Sends the text, and waits until it is settled. */
  async function send(): Promise<void> {
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('link', { name: 'See what became of them' }).waitFor({ timeout: 25_000 })
    await view.workbench.pipeline.drain()
  }

  test('sends a whole visit whose order is credited to the click', async () => {
    await open()
    await choose('From the ad to the order')
    await send()
    const { lines } = view.workbench.sandbox!.attribution()
    expect(lines.map(({ credited }) => credited?.type)).toEqual(['click'])
  })

  test('sends an event a thousand times, each with an id and a shopper of its own', async () => {
    await open()
    await choose('Organic click')
    await page.getByRole('button', { name: '1,000 times' }).click()
    await send()
    const { clicks } = view.workbench.sandbox!.ledger()
    expect(clicks).toHaveLength(1_000)
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1_000)
    expect(new Set(clicks.map(({ opaqueUserId }) => opaqueUserId)).size).toBe(1_000)
    console.log(`The longest task while 1,000 events were sent took ${await longestTask(page)} ms.`)
  }, 60_000)

  test('sends pasted JSON Lines, a list, and the body of a batch', async () => {
    await open()
    const event = (id: string) => ({
      type: 'track',
      anonymousId: 'ann',
      event: 'Product Viewed',
      messageId: id,
      properties: { product_id: id }
    })
    await paste(`${JSON.stringify(event('a'))}\n\n${JSON.stringify(event('b'))}\n`)
    await send()
    await paste(JSON.stringify([event('c')]))
    await send()
    await paste(JSON.stringify({ batch: [event('d')] }))
    await send()
    expect(view.workbench.sandbox!.ledger().impressions.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('shows what became of the events that were sent, with a link to exactly these', async () => {
    await open()
    const event = { type: 'track', anonymousId: 'ann', event: 'Product Viewed', properties: { product_id: 'p_1' } }
    await paste(JSON.stringify(event))
    await send()
    await paste(JSON.stringify([event, { ...event, properties: {} }]))
    await send()
    const sent = page.locator('.sent-row')
    await sent.getByText('delivered 204').waitFor()
    await sent.getByText('not sent').waitFor()
    await expectSoon(() => sent.count(), 2)
    expect(await findAccessibilityProblems(page)).toEqual([])
    const [first] = await sent.getByRole('link').all()
    expect(await first.getAttribute('href')).toMatch(/^#\/events\?query=id%3Acompose-[\w-]+&event=\d+$/)

    await page.getByRole('link', { name: 'See what became of them' }).click()
    await page.getByText('not sent').first().waitFor()
    await page.getByText('delivered 204').nth(1).waitFor({ state: 'detached' })
    await expectSoon(() => page.getByText('delivered 204').count(), 1)
  })

  test('links to an event by its own id', async () => {
    await open()
    await paste(JSON.stringify({ type: 'track', anonymousId: 'ann', event: 'A', messageId: 'my 1' }))
    await send()
    const link = page.getByRole('link', { name: 'See what became of them' })
    expect(await link.getAttribute('href')).toBe('#/events?query=id%3A%22my+1%22')
  })

  test('marks an invalid line while somebody types', async () => {
    await open()
    await paste('{"type": "track", "event": "A", "anonymousId": "ann"}\n{"type": "trak"}')
    await page.locator('.cm-lintRange-error', { hasText: 'trak' }).waitFor()
  })

  test('explains each invalid line, and sends nothing', async () => {
    await open()
    await paste('{"type": "track", "event": "A", "anonymousId": "ann"}\n{"type": "trak"}\n{oops\n\n[1]')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Line 2:').waitFor()
    const problems = await page.locator('.compose-problems li').allInnerTexts()
    expect(problems).toEqual([
      'Line 2: The property "type" has to be one of track, page, screen, identify, group, alias.',
      expect.stringMatching(/^Line 3: This is not JSON: /),
      expect.stringMatching(/^Line 5: A Segment call is an object/)
    ])
    expect(view.workbench.pipeline.counts().received).toBe(0)
  })

  test('explains why an auction gives no bid', async () => {
    await fetch(`${view.workbench.url}/workbench/auctions`, {
      method: 'PUT',
      body: JSON.stringify([{ times: 1, status: 503 }])
    })
    await open()
    await choose('Sponsored click')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('The auction for {{bid}} failed with 503.').waitFor()
    view.accept('503 (Service Unavailable)')
  })

  test('sends an event whose name is HTML as text', async () => {
    await open()
    await paste('{"type": "track", "event": "<img src=x onerror=alert(1)>", "anonymousId": "ann"}')
    await send()
    await page.getByRole('link', { name: 'See what became of them' }).click()
    await page.getByText('<img src=x onerror=alert(1)>').first().waitFor()
    expect(await page.locator('img').count()).toBe(0)
  })

  test.each(['light', 'dark'] as const)(
    'the view to compose events is accessible in %s colors',
    async (colorScheme) => {
      await open({ colorScheme })
      expect(await findAccessibilityProblems(page)).toEqual([])
      await paste('oops')
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText('Line 1:').waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
      await choose('Organic click')
      await send()
      expect(await findAccessibilityProblems(page)).toEqual([])
    }
  )

  test('the view to compose events fits a window of 360 pixels', async () => {
    await open(NARROW)
    expect(await overflowOf(page)).toBe(0)
  })
})
