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

type Scene = {
  /** The name of the file, before its color scheme. */
  name: string
  /** On the page. */
  place: string
  /** What is on the page when the picture is taken. */
  waitFor: string
  /** Before the picture is taken. */
  act?: (page: Page) => Promise<void>
}

const SCENES: Scene[] = [
  { name: 'events', place: '#/events', waitFor: 'text=pending retry', act: (page) => openEvent(page, 'position') },
  { name: 'findings', place: '#/findings', waitFor: 'text=What to do' }
]

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const timing = { batchWait: 100, backOff: 8_000, random: () => 1 }
  const workbench = await startWorkbench({ port: 0, log: console.error, timing })
  const browser = await launchChromium()
  try {
    await takeAll(browser, workbench.url, [{ name: 'first-screen', place: '', waitFor: 'text=Send the sample' }])
    await playShop(workbench.url)
    await takeAll(browser, workbench.url, SCENES)
  } finally {
    await browser.close()
    await workbench.stop()
  }
}

async function takeAll(browser: Browser, url: string, scenes: Scene[]): Promise<void> {
  for (const { name, place, waitFor, act } of scenes) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme })
      await page.goto(`${url}/${place}`)
      await page.waitForSelector(waitFor)
      await act?.(page)
      const picture = await page.screenshot()
      await page.close()
      if (picture.length > MAX_SIZE) throw new Error(`The picture ${name}-${colorScheme} has ${picture.length} bytes.`)
      writeFileSync(join(FOLDER, `${name}-${colorScheme}.png`), picture)
      console.log(`${name}-${colorScheme}.png  ${Math.round(picture.length / 1_000)} KB`)
    }
  }
}

/** Opens the newest event whose differences name a path, so that a picture shows what was changed. */
async function openEvent(page: Page, word: string): Promise<void> {
  const rows = page.getByRole('row', { name: /Product Viewed .* delivered/ })
  await rows.first().click()
  await page.locator('#event-detail').getByText(word).first().waitFor()
}

void main()
