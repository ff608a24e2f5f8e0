import type { BrowserContextOptions, Page } from 'playwright-core'
import { NARROW, findAccessibilityProblems, longestTask, overflowOf, serveView } from './workbench-page'

describe('the view to compose events', () => {
  const view = serveView()
  let page: Page

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open('#/compose', options)
    await page.locator('.sample').first().waitFor()
  }

  const text = () => page.getByLabel('Events as JSON')
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
    await text().fill(`${JSON.stringify(event('a'))}\n\n${JSON.stringify(event('b'))}\n`)
    await send()
    await text().fill(JSON.stringify([event('c')]))
    await send()
    await text().fill(JSON.stringify({ batch: [event('d')] }))
    await send()
    expect(view.workbench.sandbox!.ledger().impressions.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('explains each invalid line, and sends nothing', async () => {
    await open()
    await text().fill('{"type": "track", "event": "A", "anonymousId": "ann"}\n{"type": "trak"}\n{oops\n\n[1]')
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
    await text().fill('{"type": "track", "event": "<img src=x onerror=alert(1)>", "anonymousId": "ann"}')
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
      await text().fill('oops')
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
