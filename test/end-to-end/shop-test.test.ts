import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'
import { runNode } from '../support/run-node'

const EXAMPLE = join(__dirname, '../../examples/shop.test.mjs')

describe("the example of a shop's own tests", () => {
  let workbench: Workbench

  beforeEach(async () => {
    workbench = await startWorkbench({ port: 0, log: console.error, timing: { batchWait: 10, backOff: 1 } })
  })
  afterEach(() => workbench.stop())

  const run = () => runNode(workbench.port, '--test', '--test-reporter=tap', EXAMPLE)

  test('passes twice with one workbench', async () => {
    for (const { code, stdout } of [await run(), await run()]) {
      expect([code, stdout]).toEqual([0, expect.stringMatching(/\n# tests 4\n[\s\S]*\n# pass 4\n# fail 0\n/)])
    }
  })

  test('fails if a mapping is switched off', async () => {
    workbench.pipeline.switchMappings([{ name: 'Click', enabled: false }])
    const { code, stdout } = await run()
    expect([code, stdout]).toEqual([1, expect.stringMatching(/\n# pass 2\n# fail 2\n/)])
  })

  test("the example of a shop's own tests is named in docs/workbench.md", () => {
    expect(readFileSync(join(__dirname, '../../docs/workbench.md'), 'utf8')).toContain('(../examples/shop.test.mjs)')
  })
})
