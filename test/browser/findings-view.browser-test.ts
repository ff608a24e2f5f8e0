import type { Page } from 'playwright-core'
import { expectSoon, findAccessibilityProblems, NARROW, overflowOf, serveView } from './workbench-page'

describe('The view of the findings', () => {
  const view = serveView()

  async function send(...calls: object[]): Promise<void> {
    await fetch(`${view.workbench.url}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ batch: calls.map((call) => ({ type: 'track', anonymousId: 'a', ...call })) })
    })
    await fetch(`${view.workbench.url}/workbench/findings?wait`)
  }

  const context = { library: { name: 'analytics-kotlin', version: '1.19.2' } }

  const order = (id: string, vendorId?: string) => ({
    event: 'Order Completed',
    properties: { order_id: id, products: [{ product_id: 'p_1', price: 10, vendorId }], currency: 'EUR' }
  })

  const findingOf = (page: Page, code: string) => page.getByRole('article').filter({ hasText: code })

  test('the finding is a folded row with its share, its trend and its time, and links to all of its events', async () => {
    await send(order('o-1'), order('o-2'), order('o-3', 'v_1'))
    const page = await view.open('#/findings')
    const finding = findingOf(page, 'no-vendor')
    await finding.getByText('2 of 3 orders').waitFor()
    await finding.getByRole('img', { name: '2 cases in 30 minutes' }).waitFor()
    expect(await finding.locator('time').last().getAttribute('title')).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/)
    expect(await finding.getByText('What to do').count()).toBe(0)
    await finding.getByRole('link', { name: 'all 2 events' }).click()
    await page
      .getByRole('grid')
      .getByRole('row', { name: /Order Completed/ })
      .nth(1)
      .waitFor()
    await expectSoon(() => page.getByRole('row', { name: /Order Completed/ }).count(), 2)
    expect(page.url()).toContain('query=finding%3Ano-vendor')
  })

  test('the finding says its cost in the row, opens by the keyboard, and has the fix for the SDK of the newest case', async () => {
    await send({ ...order('o-1'), context })
    const page = await view.open('#/findings')
    const finding = findingOf(page, 'no-interaction')
    await finding.getByText('10.00 EUR uncredited').waitFor()

    const other = findingOf(page, 'no-vendor')
    await other.getByRole('button', { expanded: false }).press('Enter')
    await other.getByText('What to do').waitFor()
    await other.getByText('The fix Kotlin').waitFor()
    expect(await other.getByRole('region', { name: 'The fix of no-vendor' }).innerText()).toContain(
      'put("vendorId", line.vendorId)'
    )
    await other.getByRole('button', { expanded: true }).press('Space')
    await other.getByText('What to do').waitFor({ state: 'detached' })
  })

  test('the diagnosis says what is lost, and its links open the finding', async () => {
    await send({ event: 'Order Completed', properties: {} })
    const page = await view.open('#/findings')
    const diagnosis = page.getByRole('region', { name: 'In short' })
    await diagnosis.getByText('An order has lines that cannot be reported: 1 case.').waitFor()
    await diagnosis.getByRole('link', { name: 'unusable-line' }).click()
    await findingOf(page, 'unusable-line').getByText('What to do').waitFor()
  })

  test('a finding is resolved, and no longer counted, after enough later events without a case', async () => {
    await send({ event: 'Order Completed', properties: {}, timestamp: new Date(Date.now() - 60_000).toISOString() })
    const page = await view.open('#/findings')
    const finding = findingOf(page, 'unusable-line')
    await finding.getByText(/^seen/).waitFor()
    const count = page.getByRole('navigation').getByRole('link', { name: 'Findings' })
    expect(await count.innerText()).toMatch(/1/)

    await send(...Array.from({ length: 20 }, (_, index) => order(`o-${index}`, 'v_1')))
    await finding.getByText('not seen since').waitFor()
    await finding.getByText('resolved').waitFor()
    await expectSoon(() => count.innerText(), /^[^1]*$/)
    expect(await page.getByRole('article').last().innerText()).toContain('unusable-line')
    await expectSoon(() => page.getByRole('region', { name: 'In short' }).count(), 0)
  })

  test('open and folded findings are accessible in both color schemes, and fit a window of 360 pixels', async () => {
    await send({ ...order('o-1'), context }, { event: 'Order Completed', properties: {} })
    for (const options of [{}, { colorScheme: 'dark' }, NARROW] as const) {
      const page = await view.open('#/findings?code=no-vendor', options)
      await findingOf(page, 'no-vendor').getByText('The fix Kotlin').waitFor()
      expect(await findAccessibilityProblems(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    }
  })
})
