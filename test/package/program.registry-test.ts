import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Analytics } from '@segment/analytics-node'
import type { Browser } from 'playwright-core'
import { generateArchive } from '../../scripts/archive/generate'
import type { Truth } from '../../scripts/archive/truth'
import type { Report } from '../../src/archive/preflight/report'
import { launchChromium } from '../browser/chromium'
import { openWorkbench } from '../browser/workbench-page'
import { afterTest } from '../support/after-test'
import type { Project } from './project'
import { installPackage } from './project'

const NAME = 'segment-destination-topsort'

let project: Project
let program: string
let truth: Truth
let logs: string

/** Variables of a developer's shell that would change the results. */
const ENVIRONMENT = { ...process.env, PORT: '0', TOPSORT_API_KEY: undefined, NODE_OPTIONS: undefined }

beforeAll(async () => {
  project = await installPackage()
  program = project.path(`node_modules/.bin/${NAME}`)
  logs = project.path('archive/segment-logs')
  truth = await generateArchive({ out: project.path('archive'), events: 600, users: 80, products: 80, days: 2 })
})
afterAll(() => project.remove())

/** Runs the program in the project until it ends. */
function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: project.path('.'), env: { ...ENVIRONMENT, ...env }, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(program, args, options)
  return { status, stdout, stderr }
}

/** Runs the program while this process goes on, for example as a server. Returns what it printed. */
async function runBeside(args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, args, { cwd: project.path('.'), env: { ...ENVIRONMENT, ...env } })
  afterTest(() => child.kill('SIGKILL'))
  child.stdin.end()
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { stdout, stderr }
}

describe('The program', () => {
  test('quotes its commands as they are called with the package', () => {
    expect(run(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(`^Usage: npx ${NAME} COMMAND`) as string
    })
    expect(run(['strat'])).toEqual({
      status: 2,
      stdout: '',
      stderr: `There is no command "strat". The commands are start, preflight, suggest, replay. For help: npx ${NAME} --help\n`
    })
    expect(run(['start', '--keep', '0']).stderr).toContain(`: npx ${NAME} start --keep 10000\n`)
    expect(run(['preflight']).stderr).toContain(`For help: npx ${NAME} preflight --help\n`)
    expect(run(['replay', '--help']).stdout).toContain(`npx ${NAME} replay PATH... --to-topsort [options]\n`)
  })

  test('The program has the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string }
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('quotes the tarball if npx runs one', async () => {
    expect(await project.run('npx', ['--yes', project.tarball, '--help'])).toContain(
      `Usage: npx ${project.tarball} COMMAND`
    )
  })

  test('quotes a tarball at an absolute path as npx takes it', async () => {
    const absolute = project.path(project.tarball)
    const usage = `Usage: npx file:${absolute} COMMAND`
    expect(await project.run('npx', ['--yes', '--package', absolute, NAME, '--help'])).toContain(usage)
    expect(await project.run('npx', ['--yes', `file:${absolute}`, '--help'])).toContain(usage)
  })
})

describe('The workbench', () => {
  let workbench: ChildProcess
  let url: string
  let browser: Browser | undefined

  beforeAll(async () => {
    const started = performance.now()
    workbench = spawn(program, ['start'], { cwd: project.path('.'), env: ENVIRONMENT })
    const ended = once(workbench, 'exit').then(() => Promise.reject(new Error('The workbench ended at once.')))
    const [line] = (await Promise.race([once(workbench.stdout!, 'data'), ended])) as [Buffer]
    console.log(`The workbench of the package started in ${Math.round(performance.now() - started)} ms.`)
    url = /http:\/\/localhost:\d+/.exec(line.toString())![0]
    browser = await launchChromium()
  })
  afterAll(async () => {
    // A part that failed to start does not keep the others from being closed.
    await browser?.close()
    if (workbench.exitCode !== null) return
    workbench.kill('SIGTERM')
    await once(workbench, 'exit')
  })

  test('delivers an event of the Node SDK, and shows it on its page', async () => {
    const analytics = new Analytics({ writeKey: 'any', host: url })
    analytics.track({ anonymousId: 'u-1', event: 'Product Clicked', properties: { resolvedBidId: 'bid-1' } })
    await analytics.closeAndFlush()

    const deliveries = (await (await fetch(`${url}/workbench/deliveries?wait`)).json()) as {
      mapping: string
      ok: true
    }[]
    expect(deliveries.map(({ mapping, ok }) => ({ mapping, ok }))).toEqual([{ mapping: 'Click', ok: true }])

    const { page, complaints } = await openWorkbench(browser!, { url })
    await page.getByRole('row', { name: /Product Clicked/ }).click()
    await page.locator('#event-detail').getByText('bid-1').first().waitFor()
    expect(complaints).toEqual([])
  })

  test.each([
    ['#/mappings', '.fields'],
    ['#/compose', '.cm-content'],
    ['shop', '.tile']
  ])('shows /%s without anything from outside', async (place, element) => {
    const { page, complaints } = await openWorkbench(browser!, { url }, place)
    await page.locator(element).first().waitFor()
    expect(complaints).toEqual([])
  })

  test('tells on its page how it is started again', async () => {
    const { page } = await openWorkbench(browser!, { url })
    expect(await page.locator('#page').getAttribute('data-start')).toBe(`npx ${NAME} start`)
    expect(await page.locator('#page').getAttribute('data-start-https')).toBe(`npx ${NAME} start --cert … --key …`)
  })

  test('says which other port to choose if its port is in use', () => {
    const port = Number(new URL(url).port)
    expect(run(['start'], { PORT: String(port) })).toEqual({
      status: 1,
      stdout: '',
      stderr: `Port ${port} is in use. Choose another: PORT=${port + 1} npx ${NAME} start\n`
    })
  })

  test('gets an archive with replay', async () => {
    await fetch(`${url}/workbench`, { method: 'DELETE' })
    const { stdout } = await runBeside(['replay', logs, '--to-sandbox', url, '--yes', '--rate', '100000'])
    expect(stdout).toMatch(/\nDone: [\d,]+ events delivered, which are [\d,]+ events at Topsort\.\n$/)

    const ledger = (await (await fetch(`${url}/workbench/ledger`)).json()) as Record<keyof Truth['sent'], unknown[]>
    const { impressions, clicks, purchases, pageviews } = ledger
    expect({
      impressions: impressions.length,
      clicks: clicks.length,
      purchases: purchases.length,
      pageviews: pageviews.length
    }).toEqual(truth.sent)
  })
})

describe('Preflight', () => {
  test('reads an archive, and writes a report that needs nothing else', () => {
    const { stdout, stderr } = run(['preflight', logs, '--json', '--report', 'report.html'])
    const { input, sent } = JSON.parse(stdout) as Report
    expect({ events: input.events, sent, stderr }).toEqual({ events: truth.events, sent: truth.sent, stderr: '' })

    const html = readFileSync(project.path('report.html'), 'utf8')
    expect(html).toMatch(/<style>[^<]*\.report \{[^<]*<\/style>/)
    expect(html).not.toMatch(/<(script|link|iframe|img)|url\(|@import/)
  })

  test('tries mappings that were suggested from the archive', () => {
    const { status, stdout, stderr } = run(['suggest', logs, '--out', 'mappings.json', '--report', 'suggest.html'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(`npx ${NAME} preflight ${logs} --mappings mappings.json`)
    expect(readFileSync(project.path('suggest.html'), 'utf8')).toMatch(/<style>[^<]*\.report \{[^<]*<\/style>/)
    const { sent } = JSON.parse(run(['preflight', logs, '--mappings', 'mappings.json', '--json']).stdout) as Report
    expect(sent).toEqual(truth.sent)
  })

  test('reads an archive in S3', async () => {
    const event = JSON.stringify({ type: 'track', event: 'Product Clicked', messageId: 'm-1', anonymousId: 'u-1' })
    const server = createServer((request, response) => {
      const isList = request.url?.includes('list-type=2')
      const list = `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a.json</Key><Size>${event.length}</Size></Contents></ListBucketResult>`
      response.end(isList ? list : event)
    }).listen(0, '127.0.0.1')
    afterTest(() => {
      server.close()
      server.closeAllConnections()
    })
    await once(server, 'listening')
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const env = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' }
    const { stdout } = await runBeside(['preflight', 's3://shop/logs', '--endpoint', endpoint, '--json'], env)
    expect((JSON.parse(stdout) as Report).input).toMatchObject({ files: 1, events: 1 })
  })
})

describe('Parts that only some runs need', () => {
  const tables = join(__dirname, '../../src/archive/read/__tests__/tables')

  /** Returns the variables with which a run writes the files of the package and of the framework that it loaded to a file. */
  const recordTo = (file: string): NodeJS.ProcessEnv => ({
    NODE_OPTIONS: `--require ${project.path('record.cjs')}`,
    LOADED: project.path(file)
  })

  function readLoaded(file: string): { program: string[]; hasFramework: boolean } {
    const files = JSON.parse(readFileSync(project.path(file), 'utf8')) as string[]
    return {
      program: files.filter((each) => each.includes(`${NAME}/dist/cli/`)).map((each) => basename(each)),
      hasFramework: files.some((each) => each.includes('@segment/actions-core'))
    }
  }

  beforeAll(async () => {
    await project.write(
      'record.cjs',
      `process.on('exit', () => require('fs').writeFileSync(process.env.LOADED, JSON.stringify(Object.keys(require.cache))))`
    )
    await project.write('calls.json.zst', toZstd('{"type":"track","event":"Product Clicked","messageId":"m-1"}'))
  })

  test.each([
    ['The help', () => ['--help'], []],
    ['Preflight of JSON Lines with gzip', () => ['preflight', logs], []],
    ['Suggest', () => ['suggest', logs], []],
    ['The plan of a replay', () => ['replay', logs], []],
    ['Preflight of CSV', () => ['preflight', join(tables, 'csv')], ['csv-library.js']],
    ['Preflight of Parquet', () => ['preflight', join(tables, 'parquet-snappy')], ['parquet-library.js']],
    ['Preflight of zstd', () => ['preflight', project.path('calls.json.zst')], ['zstd-library.js']],
    ['Preflight of S3', () => ['preflight', 's3://shop', '--endpoint', 'http://127.0.0.1:9'], ['aws-sdk.js']]
  ])('%s loads only the parts that it needs', (title, args, parts) => {
    const s3 = {
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1'
    }
    run(args(), { ...recordTo('loaded.json'), ...s3 })
    expect(readLoaded('loaded.json')).toEqual({ program: ['main.js', ...parts], hasFramework: title !== 'The help' })
  })

  test('The workbench starts without the parts that only some archives need', async () => {
    const child = spawn(program, ['start'], {
      cwd: project.path('.'),
      env: { ...ENVIRONMENT, ...recordTo('started.json') }
    })
    afterTest(() => child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(readLoaded('started.json')).toEqual({ program: ['main.js'], hasFramework: true })
  })
})

/** Packs a short text with zstd, in one block that is not compressed. Source: RFC 8878, section 3.1.1. */
function toZstd(text: string): Buffer {
  const singleSegment = 0x20
  const lastRawBlock = Buffer.alloc(3)
  lastRawBlock.writeUIntLE((text.length << 3) | 1, 0, 3)
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, singleSegment, text.length]),
    lastRawBlock,
    Buffer.from(text)
  ])
}

test.each([
  ['hono', 'node_modules/hono/LICENSE'],
  ['ajv', 'node_modules/ajv/LICENSE'],
  ['preact', 'node_modules/preact/LICENSE'],
  ['@codemirror/view', 'node_modules/@codemirror/view/LICENSE'],
  ['@segment/analytics-next', 'node_modules/@segment/analytics-next/LICENSE.MD'],
  ['@aws-sdk/client-s3', 'node_modules/@aws-sdk/client-s3/LICENSE']
])('the notices have the license of %s', (name, file) => {
  const notices = readFileSync(project.path(`node_modules/${NAME}/dist/third-party-notices.txt`), 'utf8')
  expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
  expect(notices).toContain(readFileSync(join(__dirname, '../..', file), 'utf8').trim())
})
