import { renderToStaticMarkup } from 'preact-render-to-string'
import type { Report } from '../report'
import { ReportPage } from './ReportPage'
import { readStyles } from './stylesheets'

/** The page has no script and loads nothing, and the browser holds it to that. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * Writes a report as one HTML page that needs nothing else. Values of events are text in it, whatever they hold.
 */
export function renderReport(report: Report): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Preflight for Topsort</title>',
    `<style>${readStyles()}</style>`,
    '</head>',
    '<body>',
    renderToStaticMarkup(<ReportPage report={report} />),
    '</body>',
    '</html>',
    ''
  ].join('\n')
}
