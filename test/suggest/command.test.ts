import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Ajv from 'ajv'
import { createProgram, type Program } from '../support/program'
import type { Suggestions } from '../../src/suggest'
import * as trackings from './trackings'
import { makeVisits, track } from './visits'

let program: Program
let folder: string

const { visits, truth } = makeVisits()
const lines = track(visits, trackings.ga4).map((event) => JSON.stringify(event))

beforeAll(async () => {
  program = await createProgram()
  folder = mkdtempSync(path.join(tmpdir(), 'suggest-test-'))
  writeFileSync(file('events.jsonl'), lines.join('\n'))
  writeFileSync(file('backwards.jsonl'), [...lines].reverse().join('\n'))
})
afterAll(() => {
  program.remove()
  rmSync(folder, { recursive: true })
})

function file(name: string): string {
  return path.join(folder, name)
}

function run(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program.file, ...args], { input, encoding: 'utf8' })
  return { status, stdout, stderr }
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(file(name), 'utf8'))
}

test('an archive becomes mappings, which preflight reads and which deliver what was said', () => {
  const out = file('mappings.json')
  const { status, stdout } = run(['suggest', file('events.jsonl'), '--out', out])
  expect(status).toBe(0)
  expect(stdout).toContain('trigger  type = "track" and event = "purchase"')
  expect(stdout).toMatch(new RegExp(`Orders +0 +${truth.orders}\n`))
  expect(stdout).toContain(`npm run preflight -- ${file('events.jsonl')} --mappings ${out}`)
  for (const mappings of [out, file('mappings.tf.json')]) {
    run(['suggest', file('events.jsonl'), '--terraform', file('mappings.tf.json')])
    const report = JSON.parse(run(['preflight', file('events.jsonl'), '--mappings', mappings, '--json']).stdout) as {
      sent: { purchases: number; clicks: number }
      sponsored: { clicks: number }
      revenue: { byCurrency: { unknown: { reported: number } } }
    }
    expect(report).toMatchObject({
      sent: { purchases: truth.orders, clicks: truth.visits },
      sponsored: { clicks: truth.clickedBids },
      revenue: { byCurrency: { unknown: { reported: truth.revenue } } }
    })
  }
})

test('standard input and events in another order give the same suggestions', () => {
  const json = (args: string[], input?: string): Suggestions =>
    JSON.parse(run(['suggest', ...args, '--json'], input).stdout) as Suggestions
  const whole = json([file('events.jsonl')])
  expect(whole.suggestions.map(({ kind }) => kind)).toEqual(['purchase', 'click', 'impression', 'list'])
  expect(json(['-'], lines.join('\n'))).toEqual(whole)
  expect(json([file('backwards.jsonl')])).toEqual(whole)
})

test('only the chosen events count', () => {
  const { stdout } = run(['suggest', file('events.jsonl'), '--from', '2026-03-02', '--to', '2026-03-03', '--json'])
  const day = track(visits, trackings.ga4).filter(({ timestamp }) => String(timestamp).startsWith('2026-03-02'))
  expect((JSON.parse(stdout) as Suggestions).input.events).toBe(day.length)
})

test('the page shows the evidence, and has no script', () => {
  const shopify = track(visits, trackings.shopifyPixels).map((event) => JSON.stringify(event))
  writeFileSync(file('shopify.jsonl'), shopify.join('\n'))
  // The bundle of this test has no stylesheet.
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'suggest', file('shopify.jsonl'), '--report', file('report.html')]
  expect(spawnSync(process.execPath, args, { cwd: path.join(__dirname, '../..') }).status).toBe(0)
  const html = readFileSync(file('report.html'), 'utf8')
  expect(html).toContain('4 mappings suggested')
  expect(html).toContain('Candidates for items.productId')
  expect(html).toContain('data.checkout.lineItems[].variant.product.id')
  expect(html).not.toContain('<script')
})

test("the files have the shapes of Segment's Public API and of Terraform's provider", () => {
  run(['suggest', file('events.jsonl'), '--out', file('api.json'), '--terraform', file('tf.json')])
  const text = { type: 'string', minLength: 1 }
  const enabled = { type: 'boolean' }
  const subscription = {
    type: 'object',
    required: ['name', 'actionSlug', 'enabled', 'trigger', 'settings'],
    additionalProperties: false,
    properties: { name: text, actionSlug: text, enabled, trigger: text, settings: { type: 'object' } }
  }
  const resource = {
    type: 'object',
    required: ['destination_id', 'name', 'enabled', 'action_id', 'trigger'],
    additionalProperties: false,
    properties: { destination_id: text, name: text, enabled, action_id: text, trigger: text, settings: text }
  }
  const ajv = new Ajv()
  const api = readJson('api.json') as { data: { subscriptions: unknown[] } }
  for (const each of api.data.subscriptions) expect(ajv.validate(subscription, each)).toBe(true)
  const { variable, resource: resources } = readJson('tf.json') as {
    variable: Record<string, unknown>
    resource: { segment_destination_subscription: Record<string, { action_id: string; settings: string }> }
  }
  for (const [label, each] of Object.entries(resources.segment_destination_subscription)) {
    expect(label).toMatch(/^[a-z][a-z0-9_]*$/)
    expect(ajv.validate(resource, each)).toBe(true)
    expect(variable).toHaveProperty([each.action_id.slice('${var.'.length, -1)])
    expect(JSON.parse(each.settings)).toBeInstanceOf(Object)
  }
})

test.each([
  [[], 'Which archive? Give a folder, a file or s3://bucket/prefix.'],
  [['/no/such/folder'], '/no/such/folder'],
  [['--nothing'], '--nothing']
])('the command line %j is refused', (args, message) => {
  const { status, stderr } = run(['suggest', ...args])
  expect(status).toBe(2)
  expect(stderr).toContain(message)
})
