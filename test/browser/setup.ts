import type { Browser } from 'playwright-core'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench, WorkbenchOptions } from '../../src/workbench/server'
import { launchChromium } from './chromium'
import { startShop } from './shop'
import type { Shop } from './shop'

/** A workbench, a shop whose SDK sends to the workbench, and a browser. */
export type BrowserSetup = { workbench: Workbench; shop: Shop; browser: Browser; stop: () => Promise<void> }

/**
 * Starts a workbench, a shop and a browser.
 *
 * @param options options of the workbench. With `tls`, the SDK of the shop uses HTTPS
 * @param trustedKey a certificate's key that the browser trusts, as for `launchChromium`
 */
export async function startSetup(options: Partial<WorkbenchOptions> = {}, trustedKey?: string): Promise<BrowserSetup> {
  const workbench = await startWorkbench({ port: 0, log: console.error, ...options })
  const shop = await startShop(workbench.port, options.tls ? 'https' : 'http')
  const browser = await launchChromium(trustedKey)
  return {
    workbench,
    shop,
    browser,
    async stop() {
      await browser.close()
      shop.close()
      await workbench.stop()
    }
  }
}
