import { spawn } from 'node:child_process'
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { createProgram } from '../support/program'
import type { Program } from '../support/program'
import { findUnusedPort } from '../support/run-node'

const ROOT = path.resolve(__dirname, '../..')
const TLS = path.join(ROOT, 'test/fixtures/tls')

/** Variables of a developer's shell that would change the results. */
const SETTINGS = ['PORT', 'TOPSORT_API_KEY', 'FORCE_COLOR']
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)))

let program: Program
beforeAll(async () => {
  program = await createProgram()
})
afterAll(() => {
  program.remove()
})

const running = new Set<ChildProcess>()
afterEach(() => {
  running.forEach((child) => child.kill('SIGKILL'))
})

/** Starts the program with the command of `npm start`. */
function launch(env: Record<string, string>, ...args: string[]) {
  return observe(
    spawn(process.execPath, [program.file, 'start', ...args], { cwd: ROOT, env: { ...ENVIRONMENT, ...env } })
  )
}

/** Starts `npm start` itself. */
function launchWithNpm(env: Record<string, string>) {
  return observe(spawn('npm', ['start'], { cwd: ROOT, env: { ...ENVIRONMENT, ...env } }))
}

function observe(child: ChildProcessWithoutNullStreams) {
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
    /** Stops reading the output, as `head` does. */
    closeOutput: () => child.stdout.destroy(),
    interrupt: (signal: NodeJS.Signals = 'SIGINT') => child.kill(signal),
    /** Resolves with the first match in the output. */
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

/** Long enough for a machine that does something else. No test waits for a time. */
jest.setTimeout(120_000)

/** The lines about pending events. A busy machine prints them where a fast one is done before the first. */
const PENDING = /^\d+ events? (?:is|are) pending\..*\n/gm

test('it prints its address, and Ctrl-C ends it after all events are delivered, even if the signal comes twice', async () => {
  const workbench = launch({ PORT: '0' })
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await post(url, '/workbench/faults', 'PUT', [{ status: 204, times: 1, delay: 100 }])
  await post(url, '/v1/track', 'POST', { ...click, messageId: 'm2', event: 'Cart Viewed' })
  await post(url, '/v1/track', 'POST', { ...click, anonymousId: '' })
  await post(url, '/v1/tracks', 'POST', click)
  await post(url, '/v1/track', 'POST', click)
  workbench.interrupt()
  workbench.interrupt()

  const ended = await workbench.ended
  expect({ ...ended, stdout: ended.stdout.replace(PENDING, '') }).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      `The workbench is at ${url}`,
      'Events go to a sandbox on this machine. Nothing reaches Topsort.',
      'Bids are not checked before the first auction. To check them at once: npm start -- --strict-bids',
      '',
      `  point a Segment SDK    new Analytics({ writeKey: 'any', host: '${url}' })`,
      `  see what is stored     curl '${url}/workbench/ledger?wait'`,
      `  see each delivery      curl '${url}/workbench/deliveries?wait'`,
      `  see what goes wrong    curl '${url}/workbench/findings?wait'`,
      '  stop                   Ctrl-C',
      '',
      'No mapping that is switched on takes "Cart Viewed".',
      'Segment refuses this track call: it has neither "userId" nor "anonymousId".',
      'POST /v1/tracks was refused. There is nothing at /v1/tracks. SDKs of Segment send to /v1/batch, /v1/track and the like: check the host that is set in the SDK.',
      'Product Clicked -> Click: delivered (204)',
      'Stopped. 1 delivered, 2 failed.',
      ''
    ].join('\n')
  })
})

describe('while it waits for pending events', () => {
  test('it says how many events there are, and a second Ctrl-C says how many were dropped', async () => {
    const workbench = launch({ PORT: '0' })
    const url = await workbench.printed(/http:\/\/localhost:\d+/)
    await post(url, '/workbench/faults', 'PUT', [{ status: 204, times: 1, delay: 600_000 }])
    // In one call, so that both are in the request that is not answered.
    const batch = ['m1', 'm2'].map((messageId) => ({ ...click, messageId, type: 'track' }))
    await post(url, '/v1/batch', 'POST', { batch })
    workbench.interrupt('SIGTERM')
    await workbench.printed(/\n2 events are pending\. Waiting for an answer\. Ctrl-C again drops them\.\n/)
    workbench.interrupt()

    const { code, stdout } = await workbench.ended
    expect(code).toBe(130)
    expect(stdout).toMatch(/\nStopped\. 0 delivered, 0 failed, 2 dropped\.\n$/)
  })

  test('it waits for the last attempt of each, and says once that Segment makes more', async () => {
    const workbench = launch({ PORT: '0' })
    const url = await workbench.printed(/http:\/\/localhost:\d+/)
    await post(url, '/workbench/faults', 'PUT', [{ status: 503, times: 5 }])
    await post(url, '/v1/track', 'POST', click)
    workbench.interrupt()

    const { code, stdout } = await workbench.ended
    expect(code).toBe(0)
    expect(stdout.replace(PENDING, '')).toMatch(
      /failed \(503\) after 5 attempts: [^\n]*\. Segment tries again for about four hours\. \(This was the last of 5 attempts here\. Segment makes more\.\) \[m1\]\nStopped\. 0 delivered, 1 failed\.\n$/
    )
    expect(stdout.match(/tries again/g)).toHaveLength(1)
  })
})

test('SIGTERM to npm start ends the workbench, and its port is free', async () => {
  const workbench = launchWithNpm({ PORT: '0' })
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await post(url, '/v1/track', 'POST', click)
  workbench.interrupt('SIGTERM')

  const { stdout } = await workbench.ended
  expect(stdout).toMatch(/Stopped\. 1 delivered, 0 failed\.\n$/)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('SIGHUP, which a terminal sends when it is closed, ends the workbench after all events are delivered', async () => {
  const workbench = launch({ PORT: '0' })
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await post(url, '/v1/track', 'POST', click)
  workbench.interrupt('SIGHUP')
  expect(await workbench.ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Stopped. 1 delivered, 0 failed.') as string
  })
})

describe('an output that cannot be written', () => {
  test('does not end the workbench if its reader has gone', async () => {
    const workbench = launch({ PORT: '0' })
    const url = await workbench.printed(/http:\/\/localhost:\d+/)
    workbench.closeOutput()
    for (const messageId of ['m1', 'm2']) await post(url, '/v1/track', 'POST', { ...click, messageId })
    const counts: unknown = await (await fetch(`${url}/workbench/counts?wait`)).json()
    expect(counts).toMatchObject({ received: 2, delivered: 2 })
    workbench.interrupt()
    expect(await workbench.ended).toMatchObject({ code: 0, stderr: '' })
  })

  const onLinux = existsSync('/dev/full') ? test : test.skip

  onLinux('does not end the workbench if the disk is full', async () => {
    const port = await findUnusedPort()
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [program.file, 'start'], {
      cwd: ROOT,
      env: { ...ENVIRONMENT, PORT: String(port) },
      stdio: ['ignore', full, 'pipe']
    })
    running.add(child)
    closeSync(full)
    const [told] = (await once(child.stderr!, 'data')) as [Buffer]
    expect(told.toString()).toBe('The output cannot be written (ENOSPC). The command goes on without it.\n')
    await post(`http://127.0.0.1:${port}`, '/v1/track', 'POST', click)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  onLinux('does not change the exit code of a preflight', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'archive-'))
    const full = openSync('/dev/full', 'w')
    const run = async (stdout: number | 'ignore') => {
      const args = [program.file, 'preflight', folder]
      const child = spawn(process.execPath, args, { cwd: ROOT, env: ENVIRONMENT, stdio: ['ignore', stdout, 'pipe'] })
      running.add(child)
      const stderr = text(child.stderr!)
      const [code] = (await once(child, 'close')) as [number]
      return { code, stderr: await stderr }
    }
    try {
      writeFileSync(path.join(folder, 'events.json'), JSON.stringify({ ...click, type: 'track' }))
      const { code, stderr } = await run(full)
      expect(stderr).toContain('The output cannot be written (ENOSPC).')
      expect(code).toBe((await run('ignore')).code)
    } finally {
      closeSync(full)
      rmSync(folder, { recursive: true })
    }
  })
})

test('it says once that older deliveries are dropped', async () => {
  const workbench = launch({ PORT: '0' }, '--keep', '2')
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  for (const messageId of ['a', 'b', 'c', 'd']) {
    await post(url, '/v1/track', 'POST', { ...click, event: 'Cart Viewed', messageId })
  }
  workbench.interrupt()
  const { stdout } = await workbench.ended
  expect(
    stdout.match(/From now on, only the newest 2 are kept\. To keep more: npm start -- --keep 20\n/g)
  ).toHaveLength(1)
})

test('with --strict-bids it says that bids are checked, and refuses an unknown bid', async () => {
  const workbench = launch({ PORT: '0' }, '--strict-bids')
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await workbench.printed(/\nBids are checked: an event needs a resolvedBidId that an auction here gave\.\n/)
  await post(url, '/v1/track', 'POST', click)
  workbench.interrupt()
  expect((await workbench.ended).stdout).toMatch(
    /\nProduct Clicked -> Click: failed \(400\): [^\n]*resolved_bid_id_not_found/
  )
})

test('with a certificate it speaks HTTPS, from where npm start was called', async () => {
  const files = ['--cert', 'localhost.pem', '--key', 'localhost-key.pem']
  const workbench = launch({ PORT: '0', INIT_CWD: TLS }, ...files)
  const url = await workbench.printed(/https:\/\/localhost:\d+/)
  const ca = readFileSync(path.join(TLS, 'localhost.pem'))
  const outgoing = https.request(`${url}/v1/track`, { method: 'POST', ca })
  outgoing.end(JSON.stringify(click))
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  response.resume()
  expect(response.statusCode).toBe(200)

  await expect(fetch(url.replace('https', 'http'))).rejects.toThrow('fetch failed')
  await workbench.printed(/it spoke HTTP\. Set its host to https:\/\//)
  workbench.interrupt()
  expect((await workbench.ended).stdout).not.toContain('not HTTP (')
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
  expect(stdout).not.toContain('Bids')
})

test('with a key and without --live, it says what can reach Topsort, and events go to the sandbox', async () => {
  const workbench = launch({ PORT: '0', TOPSORT_API_KEY: 'TSE_mine' })
  const url = await workbench.printed(/http:\/\/localhost:\d+/)
  await post(url, '/v1/track', 'POST', click)
  workbench.interrupt()

  const { code, stdout } = await workbench.ended
  expect(code).toBe(0)
  expect(stdout).toContain('Only what you confirm on the page reaches Topsort, with the key of TOPSORT_API_KEY.')
  expect(stdout).toContain('Product Clicked -> Click: delivered (204)')
  expect(stdout).not.toContain('TSE_mine')
})

test('a port that is in use causes a message of one line', async () => {
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

test.each<[string, Record<string, string>, string[], string | RegExp]>([
  ['an unknown option', {}, ['--life'], 'Invalid options: --life. For help: npm start -- --help\n'],
  [
    'a state that is none',
    { PORT: '0' },
    ['--open', path.join(ROOT, 'package.json')],
    /^--open: This is not the state of a workbench\. [^\n]*\n$/
  ]
])('%s is one line', async (_, env, args, stderr) => {
  const ended = await launch(env, ...args).ended
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toEqual(typeof stderr === 'string' ? stderr : expect.stringMatching(stderr))
})
