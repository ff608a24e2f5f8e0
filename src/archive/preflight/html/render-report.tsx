import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { VNode } from 'preact'
import { renderToStaticMarkup } from 'preact-render-to-string'
import { isPackage } from '../../../core'
import type { Report } from '../report'
import { ReportPage } from './ReportPage'

const SOURCES = [path.join(__dirname, '../../../page/ui/ui.css'), path.join(__dirname, 'report.css')]

/** The page has no script and loads nothing. This makes the browser enforce it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** Writes a report as one HTML page that needs no other file. Values of events are always text in it, never HTML. */
export function renderReport(report: Report): string {
  return renderDocument('Preflight for Topsort', <ReportPage report={report} />)
}

/** Writes a page with the look of the report. It needs no other file. */
export function renderDocument(title: string, content: VNode): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${readStyles()}</style>`,
    '</head>',
    '<body>',
    renderToStaticMarkup(content),
    '</body>',
    '</html>',
    ''
  ].join('\n')
}

/**
 * Reads the styles of the report: the look of the workbench's page, and what the report adds to it. The package has them in
 * one file beside its program.
 */
export function readStyles(): string {
  const files = isPackage ? [path.join(__dirname, 'report.css')] : SOURCES
  return files.map((file) => readFileSync(file, 'utf8')).join('\n')
}
