import { existsSync } from 'node:fs'
import { CHROMIUM } from './chromium'

/** Ends the run with one message if there is no browser, so that not every test fails with a stack trace. */
export default function requireChromium(): void {
  if (existsSync(CHROMIUM)) return
  console.error(
    `There is no Chromium at ${CHROMIUM}. Install it (apt-get install chromium), or set its path in the environment: CHROMIUM=/path/to/chromium`
  )
  process.exit(1)
}
