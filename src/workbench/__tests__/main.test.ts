import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const ROOT = path.resolve(__dirname, '../../..')

/** Variables that a developer's shell may have, and that change what is tested here. */
const SETTINGS = ['PORT', 'TOPSORT_API_KEY', 'FORCE_COLOR']
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)))

const running = new Set<ChildProcess>()
afterEach(() => {
  running.forEach((child) => child.kill('SIGKILL'))
})

/** Starts the program as `npm start` does. */
function launch(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/workbench/main.ts', ...args], {
    cwd: ROOT,
    env: { ...ENVIRONMENT, ...env }
  })
  running.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = once(child, 'close').then(([code]: unknown[]) => {
    running.delete(child)
    return { code, stdout, stderr }
  })

  return {
    ended,
    interrupt: (signal: NodeJS.Signals = 'SIGINT') => child.kill(signal),
    /** Resolves with the first match in what was printed. */
    async printed(pattern: RegExp): Promise<string> {
      for (;;) {
        const match = pattern.exec(stdout)
        if (match) return match[0]
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then((end) => Promise.reject(new Error(JSON.stringify(end))))
        ])
      }
    }
  }
}

const post = (url: string, path: string, method: string, body: unknown) =>
  fetch(url + path, { method, body: JSON.stringify(body), headers: { connection: 'close' } })

const click = { event: 'Product Clicked', messageId: 'm1', anonymousId: 'a1', properties: { resolvedBidId: 'bid-1' } }

jest.setTimeout(30_000)

test('it says where it is, and Ctrl-C ends it when what was taken in is delivered, even if the signal comes twice', async () => {
  const workbench = launch({ PORT: '0', TOPSORT_API_KEY: 'TSE_mine' })
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await post(url, '/workbench/faults', 'PUT', [{ status: 204, times: 1, delay: 100 }])
  await post(url, '/v1/track', 'POST', click)
  await post(url, '/v1/track', 'POST', { ...click, messageId: 'm2', event: 'Cart Viewed' })
  await post(url, '/v1/track', 'POST', { ...click, anonymousId: '' })
  workbench.interrupt()
  workbench.interrupt()

  expect(await workbench.ended).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      `The workbench is at ${url}`,
      'Events go to a sandbox on this machine. Nothing reaches Topsort.',
      '',
      `  point a Segment SDK    new Analytics({ writeKey: 'any', host: '${url}' })`,
      `  see what is stored     curl '${url}/workbench/ledger?wait'`,
      `  see each delivery      curl '${url}/workbench/deliveries?wait'`,
      '  stop                   Ctrl-C',
      '',
      'No mapping that is switched on takes "Cart Viewed".',
      'Segment refuses this track call: it has neither "userId" nor "anonymousId".',
      'Product Clicked -> Click: delivered (204)',
      'Stopped. 1 delivered, 1 failed.',
      ''
    ].join('\n')
  })
})

test('a second Ctrl-C that is meant ends it there and then', async () => {
  const workbench = launch({ PORT: '0' })
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await post(url, '/workbench/faults', 'PUT', [{ status: 204, times: 1, delay: 600_000 }])
  await post(url, '/v1/track', 'POST', click)
  workbench.interrupt('SIGTERM')
  await workbench.printed(/Delivering what was taken in\. Ctrl-C again drops it\./)
  workbench.interrupt()

  const { code, stdout } = await workbench.ended
  expect(code).toBe(130)
  expect(stdout).toMatch(/Stopped before everything was delivered\.\n$/)
})

test('with a key and --live, events go to Topsort itself', async () => {
  const workbench = launch({ PORT: '0', TOPSORT_API_KEY: 'TSE_mine' }, '--live')
  await workbench.printed(/stop +Ctrl-C/)
  workbench.interrupt()

  const { code, stdout } = await workbench.ended
  expect(code).toBe(0)
  expect(stdout).toContain('\nLIVE: events go to Topsort itself, and are billed.\n')
  expect(stdout).not.toContain('TSE_mine')
  expect(stdout).not.toContain('ledger')
})

test('a port that is in use is one line', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  try {
    expect(await launch({ PORT: String(port) }).ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} is in use. Choose another: PORT=${port + 1} npm start\n`
    })
  } finally {
    other.close()
  }
})

const usage = 'Usage: [PORT=3000] npm start, or TOPSORT_API_KEY=TSE_... npm start -- --live\n'
const portError = 'PORT must be a whole number from 0 to 65535: PORT=3000 npm start\n'
const keyError = '--live needs a Marketplace API key: TOPSORT_API_KEY=TSE_... npm start -- --live\n'

test.each<[string, Record<string, string>, string[], string]>([
  ['an unknown option', {}, ['--life'], usage],
  ['an argument', {}, ['live'], usage],
  ['a port that is no number', { PORT: 'http' }, [], portError],
  ['a port that does not exist', { PORT: '65536' }, [], portError],
  ['--live without a key', { TOPSORT_API_KEY: ' ' }, ['--live'], keyError]
])('%s is one line', async (_, env, args, stderr) => {
  expect(await launch(env, ...args).ended).toEqual({ code: 1, stdout: '', stderr })
})
