import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'

const run = promisify(execFile)
const page = readFileSync(join(__dirname, '../../docs/sandbox.md'), 'utf8')
const commands = [...page.matchAll(/^```sh\n([\s\S]+?)\n```$/gm)].map(([, command]) => command)

let workbench: Workbench

beforeAll(async () => {
  workbench = await startWorkbench({ port: 0, log: console.error })
})
afterAll(() => workbench.stop())

test('docs/sandbox.md has a command for each route of auctions and attribution', () => {
  for (const route of ['v2/auctions', 'link-users', 'catalogue', 'workbench/auctions', 'workbench/attribution']) {
    expect(commands.join('\n')).toContain(route)
  }
})

test.each(commands)('the command %.60s… works as docs/sandbox.md shows it', async (command) => {
  const here = command.replaceAll('http://localhost:3000', workbench.url).replaceAll('curl ', 'curl -sS --fail ')
  const { stderr } = await run('sh', ['-c', here])
  expect(stderr).toBe('')
})
