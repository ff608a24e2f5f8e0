import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** The path of Chromium: the environment variable `CHROMIUM`, or its path in Debian and Ubuntu. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** The host name of a site on the internet. In the browser, it resolves to this machine. */
export const FOREIGN_HOST = 'shop.example'

/**
 * Starts Chromium without a window and with an empty profile. No host names except `localhost` and `FOREIGN_HOST`
 * resolve.
 *
 * @param trustedKey the SHA-256 of a certificate's public key, in base64. Chromium trusts this certificate
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
