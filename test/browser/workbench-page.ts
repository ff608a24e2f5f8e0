import { setTimeout } from 'node:timers/promises'
import { source as axeSource } from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench, WorkbenchOptions } from '../../src/workbench/server'
import { launchChromium } from './chromium'

/** A phone. */
export const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 740 } }

/** Waits that are short enough for a test that retries. Milliseconds. */
export const QUICK = { batchWait: 50, backOff: 100, random: () => 1 }

/** The workbench's page in a browser of its own, and what must not happen on it. */
export type OpenPage = {
  page: Page
  /** Errors and warnings in the console, errors that the page throws, and requests to another host. */
  complaints: string[]
}

/** Opens the workbench's page as somebody who has never been there. @param place such as `#/findings` */
export async function openWorkbench(
  browser: Browser,
  { url }: Pick<Workbench, 'url'>,
  place = '',
  options: BrowserContextOptions = {}
): Promise<OpenPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== url && protocol !== 'data:') complaints.push(`A request to another host: ${request.url()}`)
  })
  await page.addInitScript(MEASURE_TASKS)
  await page.goto(`${url}/${place}`)
  return { page, complaints }
}

/** What the tests of a view share. */
export type ViewTests = {
  readonly workbench: Workbench
  /** Opens the page, at most once in a test. @param place such as `#/findings` */
  open: (place: string, options?: BrowserContextOptions) => Promise<Page>
  /** Accepts complaints of the page that contain this text. */
  accept: (text: string) => void
}

/**
 * Starts one workbench and one browser for the tests of a `describe`. Each test starts with an empty workbench, and fails
 * if the page complains.
 */
export function serveView(options: Partial<WorkbenchOptions> = {}): ViewTests {
  let workbench: Workbench
  let browser: Browser
  let complaints: string[] = []
  let accepted: string[] = []

  beforeAll(async () => {
    workbench = await startWorkbench({ port: 0, log: console.error, ...options })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await workbench.stop()
  })
  beforeEach(async () => {
    complaints = []
    accepted = []
    await fetch(`${workbench.url}/workbench`, { method: 'DELETE' })
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    expect(complaints.filter((complaint) => !accepted.some((text) => complaint.includes(text)))).toEqual([])
  })

  return {
    get workbench() {
      return workbench
    },
    async open(place, contextOptions) {
      const opened = await openWorkbench(browser, workbench, place, contextOptions)
      complaints = opened.complaints
      return opened.page
    },
    accept(text) {
      accepted.push(text)
    }
  }
}

/** Shorter than a test's own, so that a failure says what was waited for. Milliseconds. */
const PATIENCE = 10_000

const MEASURE_TASKS = `
  window.longestTask = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration)
  }).observe({ type: 'longtask', buffered: true })
`

/** Returns how long the longest task took since the page was loaded, in milliseconds. 0 if none took 50. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate<number>('longestTask')
}

/** Runs axe-core on the page as it is. Returns what is wrong, in a line each. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${String(target)}: ${failureSummary ?? ''}`)
  )
}

/** Tells how far the page is wider than its window, in pixels. 0 if nobody has to scroll sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/**
 * Reads a value until it is as expected. What an action changes on the page or in the workbench, it changes a moment later.
 *
 * @param expected a text may also be a pattern
 */
export async function expectSoon(read: () => unknown, expected: unknown): Promise<void> {
  const isRight = (value: unknown): boolean =>
    expected instanceof RegExp ? expected.test(String(value)) : value === expected
  for (let tries = 0; tries < 100 && !isRight(await read()); tries += 1) await setTimeout(50)
  if (expected instanceof RegExp) expect(await read()).toMatch(expected)
  else expect(await read()).toBe(expected)
}
