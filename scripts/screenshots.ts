/**
 * Takes a picture of each view of the workbench's page, light and dark, with a small shop playing: `docs/images/*.png`.
 * It needs Chromium: `npm run screenshots`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startWorkbench } from '../src/workbench/server'
import { launchChromium } from '../test/browser/chromium'
import { playShop } from './staged-shop'

const FOLDER = join(__dirname, '../docs/images')

/** In bytes. Larger pictures make every clone slower. */
const MAX_SIZE = 200_000

/** How long pictures and lists need to stand still. Milliseconds. */
const SETTLES = 1_000

type Scene = {
  /** The name of the file, before its color scheme. */
  name: string
  /** The part of the address after the page's own, such as `#/mappings`. */
  place: string
  /** The element that is waited for before the picture is taken. */
  waitFor: string
  /** Called before the picture is taken. */
  act?: (page: Page) => Promise<void>
  /** The height of the window, in pixels. Default: 860. */
  height?: number
}

const EMPTY: Scene[] = [{ name: 'first-screen', place: '#/events', waitFor: 'text=Send the sample' }]

const SCENES: Scene[] = [
  { name: 'events', place: '#/events', waitFor: 'text=Wishlist Opened', act: openEvent, height: 960 },
  { name: 'findings', place: '#/findings?code=user-id-mismatch', waitFor: 'text=What to do' },
  { name: 'shoppers', place: '#/shoppers', waitFor: 'main svg', act: openShopper },
  { name: 'mappings', place: '#/mappings', waitFor: 'main h2' },
  { name: 'compose', place: '#/compose', waitFor: 'main h2' },
  { name: 'faults', place: '#/faults', waitFor: 'main h2' },
  { name: 'shop', place: 'shop', waitFor: 'main' }
]

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const timing = { batchWait: 100, backOff: 2_000, random: () => 1 }
  const workbench = await startWorkbench({ port: 0, log: console.error, timing })
  const browser = await launchChromium()
  try {
    await takeAll(browser, workbench.url, EMPTY)
    await playShop(workbench.url)
    await takeAll(browser, workbench.url, SCENES)
  } finally {
    await browser.close()
    await workbench.stop()
  }
}

async function takeAll(browser: Browser, url: string, scenes: Scene[]): Promise<void> {
  for (const { name, place, waitFor, act, height = 860 } of scenes) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 1280, height }, colorScheme })
      await page.goto(`${url}/${place}`)
      await page.waitForSelector(waitFor)
      await act?.(page)
      await page.waitForTimeout(SETTLES)
      const picture = await page.screenshot()
      await page.close()
      if (picture.length > MAX_SIZE) throw new Error(`The picture ${name}-${colorScheme} has ${picture.length} bytes.`)
      writeFileSync(join(FOLDER, `${name}-${colorScheme}.png`), picture)
      console.log(`${name}-${colorScheme}.png  ${Math.round(picture.length / 1_000)} KB`)
    }
  }
}

/** Opens an event with several values that the destination changed. */
async function openEvent(page: Page): Promise<void> {
  await page
    .getByRole('row', { name: /Product Viewed .* delivered/ })
    .first()
    .click()
  await page.locator('#event-detail').getByText('home_banner_top').first().waitFor()
}

/** Opens a shopper whose order is credited to an ad. */
async function openShopper(page: Page): Promise<void> {
  await page.getByText('credited').first().click()
}

void main()
