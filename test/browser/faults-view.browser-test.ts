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

  test('causes an outage for a time, or until it is ended', async () => {
    await open()
    await page.getByLabel('What is counted').selectOption('minutes')
    await press('Outage')
    await left().waitFor()
    await page.getByLabel('What is counted').selectOption('until I end it')
    await press('Bad key')
    await left().nth(1).waitFor()
    expect(await left().allInnerTexts()).toEqual([
      expect.stringMatching(/^until \d\d:\d\d:\d\d\s+answered with 503/),
      expect.stringMatching(/^until you end it\s+answered with 401/)
    ])
    const [outage, badKey] = view.workbench.sandbox!.scriptsLeft().events
    expect(Date.parse(outage.until!)).toBeGreaterThan(Date.now())
    expect(badKey).toEqual({ status: 401, until: 'ended' })
  })

  test('rehearses an outage: the lost events are replayed, and stored once', async () => {
    await open()
    await press('Start the drill')
    await page.getByText('3 lost').waitFor({ timeout: 30_000 })
    expect(await page.getByRole('button', { name: 'Replay 3 events' }).isDisabled()).toBe(true)
    await press('End the outage')
    await press('Replay 3 events')
    await page.getByText('Topsort has stored all 3 events, each once.').waitFor()
    expect(await page.getByRole('cell', { name: 'once', exact: true }).count()).toBe(3)
    expect(await findAccessibilityProblems(page)).toEqual([])
    const { impressions, clicks, purchases } = view.workbench.sandbox!.ledger()
    expect([impressions.length, clicks.length, purchases.length]).toEqual([1, 1, 1])

    await press('Start over')
    await page.getByRole('button', { name: 'Start the drill' }).waitFor()
  })

  test('ends the outage of a rehearsal that is started over', async () => {
    await open()
    await press('Start the drill')
    await left().waitFor()
    await press('Start over')
    await page.getByText('Everything works').waitFor()
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
