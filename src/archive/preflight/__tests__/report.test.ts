import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyReport, toReport } from '../counts'
import type { Report } from '../report'

jest.setTimeout(60_000)

const HOSTILE = '<img src=x onerror="alert(1)"></style></script><script>alert(2)</script>'

/** A report in which each text comes from a hostile event. */
const hostile = toReport({
  ...emptyReport(),
  failures: [
    { code: HOSTILE, message: HOSTILE, count: 1, samples: [{ place: HOSTILE, messageId: HOSTILE, message: HOSTILE }] }
  ],
  leftOut: [{ message: HOSTILE, count: 1, samples: [{ place: HOSTILE }] }],
  unreadable: [{ message: HOSTILE, count: 1, samples: [{ place: HOSTILE }] }],
  changes: [
    {
      mapping: HOSTILE,
      path: HOSTILE,
      kind: 'changed',
      count: 1,
      samples: [{ place: HOSTILE, messageId: HOSTILE, from: HOSTILE, to: HOSTILE }]
    }
  ],
  mappings: [{ name: HOSTILE, action: 'click', taken: 1, delivered: 0, failed: 1, leftOut: 0 }],
  findings: [
    {
      code: 'double-click',
      severity: 'loses money',
      title: 'One tap was reported twice',
      why: 'It costs.',
      cure: 'Mend it.',
      link: 'docs/findings.md#double-click',
      count: 1,
      cost: null,
      otherCosts: [],
      first: '2026-01-31T12:00:00.000Z',
      last: '2026-01-31T12:00:00.000Z',
      samples: [{ messageId: HOSTILE, user: HOSTILE, bid: HOSTILE, place: HOSTILE }]
    }
  ]
})

const folder = mkdtempSync(join(tmpdir(), 'report-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Writes the HTML of a report with the command, because Jest cannot load the library that renders it. */
function renderReport(report: Report): string {
  const [json, html] = [join(folder, 'report.json'), join(folder, 'report.html')]
  writeFileSync(json, JSON.stringify(report))
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'preflight', '--merge', json, '--report', html]
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stderr).toBe('')
  return readFileSync(html, 'utf8')
}

describe('The HTML report', () => {
  test('the HTML report shows values of events as text, never as HTML', () => {
    const html = renderReport(hostile)
    expect(html).not.toMatch(/<img|<script|onerror="/)
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html).toContain('&lt;img src=x')
  })

  test('the HTML report has no script, requests nothing, and forbids both by its policy', () => {
    const html = renderReport(hostile)
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`
    )
    expect(html).not.toMatch(/<(script|link|iframe|img)|url\(|@import/)
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^#/)
  })

  test('the HTML report of an empty archive says that nothing arrived, and has no NaN', () => {
    const html = renderReport(toReport(emptyReport()))
    expect(html).toContain('Topsort would have received nothing')
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('the HTML report links each problem at its top to the part about it', () => {
    const html = renderReport(hostile)
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`)
  })
})
