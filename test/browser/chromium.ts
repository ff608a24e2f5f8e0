import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** Where Chromium is: what `CHROMIUM` says, or else where Debian and Ubuntu put it. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** The name of a site of the internet, as the browser sees it. It leads to this machine. */
export const FOREIGN_HOST = 'shop.example'

/**
 * Starts Chromium, without a window and with an empty profile. No name but `localhost` leads anywhere.
 *
 * @param trustedKey the SHA-256 of a certificate's public key, in base64. It is trusted as if it were installed
 */
export function launchChromium(trustedKey?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--disable-gpu',
      '--disable-quic',
      ...(trustedKey === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trustedKey}`]),
      `--host-resolver-rules=MAP ${FOREIGN_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`
    ]
  })
}
