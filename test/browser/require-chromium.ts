import { existsSync } from 'node:fs'
import { CHROMIUM } from './chromium'

/** Ends the run with one line, rather than a stack for each test, on a machine without the browser. */
export default function requireChromium(): void {
  if (existsSync(CHROMIUM)) return
  console.error(
    `There is no Chromium at ${CHROMIUM}. Install it (apt-get install chromium), or say where it is: CHROMIUM=/path/to/chromium npm run test:browser`
  )
  process.exit(1)
}
