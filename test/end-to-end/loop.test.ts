import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { findUnusedPort, runNode } from '../support/run-node'

const EXAMPLE = join(__dirname, '../../examples/loop.mjs')
const README = readFileSync(join(__dirname, '../../README.md'), 'utf8')

const run = (port: number, ...args: string[]) => runNode(port, EXAMPLE, ...args)

let workbench: Workbench

beforeAll(async () => {
  workbench = await startWorkbench({ port: 0, strictBids: true, log: console.error, timing: { batchWait: 10 } })
})
afterAll(() => workbench.stop())

// All runs share a workbench, as those of a user do. Each run shows only its own shopper.
test.each([
  [[], 'credited   25.90 of p_PJbnN to the click: ', 'findings   none'],
  [['bid-lost'], 'credited   25.90 of p_PJbnN to nothing: Click ', 'finding    missing-bid (loses money): '],
  [['other-user'], 'credited   25.90 of p_PJbnN to nothing: User id ', 'finding    user-id-mismatch (loses money): '],
  [['double-click'], 'credited   25.90 of p_PJbnN to the click: ', 'finding    double-click (loses money): ']
])('the loop with the mistakes %j prints the credit and the findings', async (mistakes, credited, finding) => {
  const { code, stdout, stderr } = await run(workbench.port, ...mistakes)
  expect([code, stderr]).toEqual([0, ''])
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toBe('auction    p_PJbnN won')
  const shown = lines.filter((line) => !/^(auction|sent) /.test(line))
  expect(shown).toEqual([expect.stringContaining(credited), expect.stringContaining(finding)])
})

test('the loop refuses an unknown mistake and lists the known ones', async () => {
  expect(await run(workbench.port, 'no-bid')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Unknown mistake "no-bid". Use bid-lost, other-user or double-click, or no argument.\n'
  })
})

test.each([
  [{ times: 1, winners: [] }, 'Nobody won the auction.'],
  [{ times: 1, status: 503 }, 'The auction failed (503): ']
])('the loop says why it ends if the auction is scripted as %j', async (script, message) => {
  workbench.sandbox!.scriptAuctions([script])
  const { code, stderr } = await run(workbench.port)
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
})

test('the loop fails if an event is not delivered', async () => {
  workbench.sandbox!.script([{ status: 401, times: 9 }])
  const { code, stdout } = await run(workbench.port)
  workbench.sandbox!.script([])
  expect(code).toBe(1)
  expect(stdout).toMatch(/^failed {5}Product Clicked -> Click \(401\) Topsort did not accept the API key/m)
})

test('the loop says that nothing answers if the port is closed', async () => {
  const port = await findUnusedPort()
  expect(await run(port)).toEqual({
    code: 1,
    stdout: '',
    stderr: `Nothing answers at http://localhost:${port}. Start the workbench with npm start. If it has another port, set the same PORT here.\n`
  })
})

test('the loop says that another program answers', async () => {
  const other = http.createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, stdout, stderr } = await run(port)
  other.closeAllConnections()
  other.close()
  expect([code, stdout, stderr]).toEqual([
    1,
    '',
    `Something other than the workbench answers at http://localhost:${port}. Set PORT to the port of the workbench.\n`
  ])
})

test.each(['', 'bid-lost'])('the README shows what the loop with the mistake "%s" prints', async (mistake) => {
  const command = `node examples/loop.mjs ${mistake}`.trim()
  const [, shown] = README.split(`\n${command}\n\`\`\`\n\n\`\`\`text\n`)
  const { stdout } = await run(workbench.port, ...(mistake ? [mistake] : []))
  for (const part of shown.split('\n```')[0].split(/…|\n/)) expect(stdout).toContain(part)
})

test('the README names the other mistakes', () => {
  for (const mistake of ['other-user', 'double-click']) expect(README).toContain(`\`${mistake}\``)
})
