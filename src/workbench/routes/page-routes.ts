import type { Context } from 'hono'
import { html } from 'hono/html'
import { commandLine } from '../../core'
import type { Parts } from '../parts'

/** The paths of the pages. */
export const PAGES: readonly string[] = ['/', '/shop']

/**
 * Creates the handler of a page.
 *
 * Nothing on it is loaded from anywhere else, and the content security policy says so. The editor of mappings adopts its
 * styles in a shadow root, which the policy allows.
 *
 * @param name the name of its script and its stylesheet
 */
export function showPage(name: string, title: string) {
  return (c: Context) => {
    c.header('Content-Security-Policy', POLICY)
    c.header('Referrer-Policy', 'no-referrer')
    c.header('Cache-Control', 'no-store')
    return c.html(toHtml(name, title))
  }
}

/** Creates the handler of the files that pages load. */
export function sendFile(load: NonNullable<Parts['loadPages']>) {
  return async (c: Context) => {
    const file = (await load()).get(c.req.path)
    if (!file) return c.notFound()
    return c.body(file.body.slice().buffer, 200, {
      'Content-Type': file.type,
      'Cache-Control': 'no-cache'
    })
  }
}

const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`
].join('; ')

/** Writes a page, with the commands that it quotes. */
function toHtml(name: string, title: string) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234f46e5'/%3E%3Cpath d='M4 11V8h2v3zm3 0V6h2v5zm3 0V4h2v7z' fill='white'/%3E%3C/svg%3E"
        />
        <link rel="stylesheet" href="/${name}.css" />
      </head>
      <body>
        <div
          id="page"
          data-start="${commandLine('start')}"
          data-start-https="${commandLine('start', '--cert … --key …')}"
        ></div>
        <noscript
          >This page needs JavaScript. Everything that it shows is also answered by the routes of
          docs/workbench.md.</noscript
        >
        <script type="module" src="/${name}.js"></script>
      </body>
    </html> `
}
