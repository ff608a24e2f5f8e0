import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { findUnusedPort, runNode } from '../support/run-node'

const EXAMPLE = join(__dirname, '../../examples/shop.mjs')
const PAGE = join(__dirname, '../../docs/workbench.md')

const run = (port: number) => runNode(port, EXAMPLE)

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

describe('the example of docs/workbench.md', () => {
  let workbench: Workbench

  beforeEach(async () => {
    workbench = await startWorkbench({ port: 0, log: console.error, timing: { batchWait: 10 } })
  })
  afterEach(() => workbench.stop())

  const AD = [
    '"opaqueUserId":"71303ce0-de89-496d-8270-6434589615e8"',
    '"resolvedBidId":"WyJlX1BKYm5OIiwiMTJhNTU4MjgiLCJsaXN0aW5ncyIsImRlZmF1bHQiLCIiXQ=="'
  ]

  test('reports an impression, a click and a purchase, and prints the result of each', async () => {
    const { code, stdout, stderr } = await run(workbench.port)
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines.filter((line) => line.startsWith('sent')).sort()).toEqual([
      'sent       Order Completed',
      'sent       Product Clicked',
      'sent       Product Viewed'
    ])
    const [purchase, click, impression, ...others] = lines.filter((line) => !line.startsWith('sent')).sort()
    expect(purchase).toMatch(/^delivered {2}Order Completed -> Purchase \(204\) \{"purchases":\[/)
    expect(purchase).toContain('"items":[{"productId":"p_PJbnN","unitPrice":12.95,"quantity":2}]')
    expect(click).toMatch(/^delivered {2}Product Clicked -> Click \(204\) \{"clicks":\[/)
    expect(impression).toMatch(/^delivered {2}Product Viewed -> Impression \(204\) \{"impressions":\[/)
    for (const part of AD) expect([click, impression].every((line) => line.includes(part))).toBe(true)
    expect(others).toEqual([])

    const { impressions, clicks, purchases } = workbench.sandbox!.ledger()
    expect([impressions, clicks, purchases].map((events) => events.length)).toEqual([1, 1, 1])
  })

  test('prints only the events of its own run', async () => {
    await run(workbench.port)
    expect((await run(workbench.port)).stdout.trimEnd().split('\n')).toHaveLength(6)
  })

  test('fails if an event is not delivered', async () => {
    workbench.sandbox!.script([{ status: 401, times: 3 }])
    const { code, stdout } = await run(workbench.port)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^failed {5}Order Completed -> Purchase \(401\) Topsort did not accept the API key/m)
  })

  test('says that nothing answers if the port is closed', async () => {
    const port = await findUnusedPort()
    expect(await run(port)).toEqual({
      code: 1,
      stdout: '',
      stderr: `Nothing answers at http://localhost:${port}. Start the workbench with npm start. If it has another port, set the same PORT here.\n`
    })
  })

  test('says that nothing answers if another program on the port does not answer', async () => {
    const connections = new Set<net.Socket>()
    const silent = net.createServer((socket) => connections.add(socket))
    const port = await listen(silent)
    const { code, stderr } = await run(port)
    connections.forEach((socket) => socket.destroy())
    silent.close()
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Nothing answers at /)])
  }, 20_000)

  test.each(['hello', '{"mappings":1}'])('says that another program answers if the answer is %s', async (body) => {
    const other = createServer((_, response) => response.end(body))
    const port = await listen(other)
    const { code, stderr } = await run(port)
    other.closeAllConnections()
    other.close()
    expect([code, stderr]).toEqual([
      1,
      `Something other than the workbench answers at http://localhost:${port}. Set PORT to the port of the workbench.\n`
    ])
  })

  test('the example of docs/workbench.md has the code on the page as its first lines', () => {
    const [, block] = /```js\n(import { Analytics }[\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? []
    expect(readFileSync(EXAMPLE, 'utf8').startsWith(block)).toBe(true)
  })
})
