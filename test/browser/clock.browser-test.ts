import type { Page } from 'playwright-core'
import { NARROW, findAccessibilityProblems, overflowOf, serveView } from './workbench-page'

describe('the clock on the page', () => {
  const view = serveView()
  let page: Page

  const open = async (options = {}): Promise<void> => {
    page = await view.open('#/faults', options)
    await page.getByRole('button', { name: 'Move', exact: true }).waitFor()
  }
  const strip = () => page.locator('.clock-strip')

  test('the clock on the page is moved by days, and each view says so until it is reset', async () => {
    await open()
    expect(await strip().count()).toBe(0)
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await strip().waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await page.goto(page.url().replace('#/faults', '#/shoppers'))
    await strip().waitFor()
    await page.getByRole('button', { name: 'Use the time of this machine' }).click()
    await strip().waitFor({ state: 'detached' })
  })

  test('the clock on the page fits a window of 360 pixels', async () => {
    await open(NARROW)
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await strip().waitFor()
    expect(await overflowOf(page)).toBe(0)
  })
})
