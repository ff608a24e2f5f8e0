import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'

const EXAMPLE = join(__dirname, '../../examples/shop.mjs')
const README = join(__dirname, '../../README.md')

describe('the example of the README', () => {
  let workbench: Workbench

  beforeEach(async () => {
    workbench = await startWorkbench({ port: 0, log: console.error, timing: { batchWait: 10 } })
  })
  afterEach(() => workbench.stop())

  test('reports an impression, a click and a purchase', async () => {
    await promisify(execFile)(process.execPath, [EXAMPLE], { env: { ...process.env, SEGMENT_HOST: workbench.url } })
    const ledger: unknown = await (await fetch(`${workbench.url}/workbench/ledger?wait`)).json()

    const event = {
      id: expect.any(String) as unknown,
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      opaqueUserId: '71303ce0-de89-496d-8270-6434589615e8'
    }
    const ad = {
      resolvedBidId: 'WyJlX1BKYm5OIiwiMTJhNTU4MjgiLCJsaXN0aW5ncyIsImRlZmF1bHQiLCIiXQ==',
      entity: { type: 'product', id: 'p_PJbnN' }
    }
    expect(ledger).toEqual({
      impressions: [{ ...event, ...ad }],
      clicks: [{ ...event, ...ad }],
      purchases: [{ ...event, items: [{ productId: 'p_PJbnN', unitPrice: 12.95, quantity: 2 }] }],
      pageviews: [],
      links: []
    })
  })

  test('is the file itself', () => {
    expect(readFileSync(README, 'utf8')).toContain(`\`\`\`js\n${readFileSync(EXAMPLE, 'utf8')}\`\`\``)
  })
})
