import type { BrowserContextOptions, Page } from 'playwright-core'
import { NARROW, QUICK, findAccessibilityProblems, overflowOf, serveView } from './workbench-page'

describe('the view of faults', () => {
  const view = serveView({ timing: QUICK })
  let page: Page

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    page = await view.open('#/faults', options)
    await page.getByText('Everything works').waitFor()
  }

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const left = () => page.locator('.left-step')

  test('causes an outage, during which events are tried again, and shows the rest of its script', async () => {
    await open()
    await page.getByLabel('Apply to the next').fill('2')
    await page.getByLabel('Apply to the next').blur()
    await press('Outage')
    await left().waitFor()
    expect(await left().innerText()).toMatch(/2\s+answered with 503/)

    await press('Send the sample')
    await page.getByText('Everything works').waitFor()
    await view.workbench.pipeline.drain()
    const deliveries = view.workbench.pipeline.deliveries().filter(({ mapping }) => mapping !== null)
    expect(deliveries.length).toBeGreaterThan(0)
    expect(deliveries.every(({ ok }) => ok)).toBe(true)
    expect(Math.max(...deliveries.map(({ attempts }) => attempts))).toBeGreaterThan(1)
  })

  test('adds fault scripts one after the other, and ends all of them', async () => {
    await open()
    await press('Rate limit')
    await press('Lost answer')
    await press('No winners')
    await left().nth(2).waitFor()
    expect(await left().allInnerTexts()).toEqual([
      expect.stringMatching(/3\s+answered with 429/),
      expect.stringMatching(/3\s+the connection breaks before the answer/),
      expect.stringMatching(/3\s+nobody wins/)
    ])
    await press('End all')
    await page.getByText('Everything works').waitFor()
    expect(view.workbench.sandbox!.scriptsLeft()).toEqual({ events: [], auctions: [] })
  })

  test.each(['light', 'dark'] as const)('the view of faults is accessible in %s colors', async (colorScheme) => {
    await open({ colorScheme })
    expect(await findAccessibilityProblems(page)).toEqual([])
    await press('Rate limit')
    await left().waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
  })

  test('the view of faults fits a window of 360 pixels', async () => {
    await open(NARROW)
    expect(await overflowOf(page)).toBe(0)
  })
})
