import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyReport, toReport } from '../counts'
import { readBaseline } from '../read-baseline'
import type { Report } from '../report'
import { daysOf, findingWith, reportOfDays } from './reports'

jest.setTimeout(120_000)

const folder = mkdtempSync(join(tmpdir(), 'baseline-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, value: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

function preflight(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/cli/main.ts', 'preflight', ...args],
    { encoding: 'utf8' }
  )
  return { out: stdout, err: stderr, status }
}

/** Returns an order with a product. Two with the same id are the finding double-purchase. */
function order(messageId: string, orderId: string, time: string): string {
  return JSON.stringify({
    type: 'track',
    event: 'Order Completed',
    messageId,
    anonymousId: 'u_1',
    timestamp: time,
    receivedAt: time,
    properties: { order_id: orderId, products: [{ product_id: 'p_1', price: 5 }] }
  })
}

const ORDERS = [
  order('m_1', 'o_1', '2026-01-01T10:00:00.000Z'),
  order('m_2', 'o_2', '2026-01-01T11:00:00.000Z'),
  order('m_3', 'o_3', '2026-01-02T10:00:00.000Z'),
  order('m_4', 'o_3', '2026-01-02T10:05:00.000Z')
].join('\n')

test('the command exits with 1 if a finding is new, and writes it in all formats', () => {
  const orders = write('orders.jsonl', ORDERS)
  const baseline = write('before.json', preflight(orders, '--to', '2026-01-02', '--json').out)
  const [html, xml] = [join(folder, 'report.html'), join(folder, 'junit.xml')]
  const args = [orders, '--from', '2026-01-02', '--baseline', baseline]
  const { status, out } = preflight(...args, '--json', '--report', html, '--junit', xml)
  expect(status).toBe(1)
  const report = JSON.parse(out) as Report
  expect(report.changesSince?.baseline).toEqual({
    first: '2026-01-01T10:00:00.000Z',
    last: '2026-01-01T11:00:00.000Z',
    events: 2
  })
  expect(report.changesSince?.new.map(({ code }) => code)).toContain('double-purchase')
  expect(readFileSync(html, 'utf8')).toContain('Since the baseline of 2026-01-01')
  expect(readFileSync(xml, 'utf8')).toMatch(/name="double-purchase">\s*<failure type="loses money"/)
})

test('the command exits with 0 if a finding is there as before, and says so', () => {
  const orders = write('orders.jsonl', ORDERS)
  const baseline = write('same.json', preflight(orders, '--json').out)
  const { status, out } = preflight(orders, '--baseline', baseline)
  expect(out).toContain('double-purchase')
  expect(out).toContain('Since the baseline of 2026-01-01 to 2026-01-02\n  Nothing is new, worse or gone.')
  expect(status).toBe(0)
})

test('merged reports are compared too', () => {
  const report = write('merged.json', reportOfDays(daysOf(1), [findingWith({})]))
  const baseline = write('merged-before.json', reportOfDays(daysOf(7)))
  const { status, out } = preflight('--merge', report, '--baseline', baseline)
  expect(out).toContain('Since the baseline of 2026-01-01 to 2026-01-07\n  new\n')
  expect(status).toBe(1)
})

test('the HTML report shows texts of the baseline as text, never as HTML', () => {
  const hostile = findingWith({ title: '<img src=x onerror="alert(1)"><script>alert(2)</script>' })
  const report = write('now.json', reportOfDays(daysOf(1)))
  const baseline = write('hostile.json', reportOfDays(daysOf(7), [hostile]))
  const html = join(folder, 'hostile.html')
  expect(preflight('--merge', report, '--baseline', baseline, '--report', html)).toMatchObject({ status: 0, err: '' })
  expect(readFileSync(html, 'utf8')).toContain('&lt;img src=x')
  expect(readFileSync(html, 'utf8')).not.toMatch(/<img|<script|onerror="/)
})

test('the command exits with 2 if the baseline cannot be read, before it reads the archive', () => {
  const { status, out, err } = preflight('no-such-archive', '--baseline', join(folder, 'no.json'))
  expect({ status, out }).toEqual({ status: 2, out: '' })
  expect(err).toMatch(/^--baseline .*no\.json cannot be read: ENOENT/)
})

test('the command exits with 2 if the JUnit report cannot be written', () => {
  const report = write('unwritten.json', reportOfDays(daysOf(1)))
  const { status, err } = preflight('--merge', report, '--junit', join(folder, 'no', 'junit.xml'))
  expect(status).toBe(2)
  expect(err).toMatch(/^--junit .*junit\.xml cannot be written: /)
})

const part = { ...reportOfDays(daysOf(1)), part: { index: 1, of: 2 } }

test.each<[string, unknown, string]>([
  ['text', 'no JSON', 'is not JSON. Write it with preflight --json.'],
  ['null', null, 'is not a report of this version.'],
  ['package.json', { name: 'shop', version: '1.0.0' }, 'is not a report of this version.'],
  ['only the start of a report', { version: 1, input: {}, days: [] }, 'is not a report of this version.'],
  ['another version', { ...reportOfDays(daysOf(1)), version: 2 }, 'is not a report of this version.'],
  ['a report of a part', part, 'is the report of a part. Merge the reports of all parts first, with --merge.'],
  ['a report of nothing', toReport(emptyReport()), 'has no events, so nothing can be compared with it.']
])('a baseline that is %s is refused with a sentence', async (_, value, message) => {
  await expect(readBaseline(write('foreign.json', value))).rejects.toThrow(message)
})

test('a baseline of which any compared value is of another kind is refused with a sentence', async () => {
  const finding = findingWith({ cost: { amount: 1, currency: 'USD', of: 'uncredited' } })
  const report = JSON.parse(JSON.stringify(reportOfDays(daysOf(1), [finding]))) as Record<string, unknown>
  const compared = ['input', 'days', 'mappings', 'findings', 'verdict', 'coverage', 'revenue', 'breakdown']
  for (const key of compared) {
    for (const value of [undefined, null, 'text', 7, [[]], [{}], {}]) {
      const file = write('broken.json', { ...report, [key]: value })
      await expect(readBaseline(file)).rejects.toThrow('is not a report of this version.')
    }
  }
  await expect(readBaseline(write('whole.json', report))).resolves.toEqual(report)
})
