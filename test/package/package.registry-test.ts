import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { buildSync } from 'esbuild'
import { createSandbox } from '../../src/sandbox'
import { afterTest } from '../support/after-test'
import type { Project } from './project'
import { installPackage } from './project'

const NAME = 'segment-destination-topsort'
const SOURCES = join(__dirname, '../../src/destinations/topsort')

/** Libraries that only some archives need. */
const LOADED_LATER = ['aws-sdk.js', 'csv-library.js', 'parquet-library.js', 'zstd-library.js']

/** Bytes. */
const MAX_TARBALL = 1_500_000

const PAGES = ['pages/page.js', 'pages/page.css', 'pages/shop.js', 'pages/shop.css']

/** Scripts that a page loads later. */
const PART = /^dist\/cli\/pages\/parts\/[\w.-]+\.js$/

let project: Project

beforeAll(async () => {
  // The framework's type declarations import `json-schema`, but the framework does not install its types.
  project = await installPackage('typescript@5.5.4', '@types/json-schema@7.0.15')
})
afterAll(() => project.remove())

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
}

test('the package contains only the destination with its types, the program with its pages, and the documents', () => {
  const compiled = listFiles(SOURCES)
    .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
    .flatMap((file) => ['.js', '.d.ts'].map((extension) => `dist/${file.replace(/\.ts$/, extension)}`))

  const program = ['main.js', ...LOADED_LATER, 'report.css', ...PAGES].map((file) => `dist/cli/${file}`)
  const documents = readdirSync(join(__dirname, '../../docs')).filter((file) => file.endsWith('.md'))

  const files = listFiles(project.path(`node_modules/${NAME}`))
  const [parts, others] = [true, false].map((isPart) => files.filter((file) => PART.test(file) === isPart))
  expect(parts).not.toEqual([])
  expect(others.sort()).toEqual(
    [
      ...['LICENSE', 'README.md', 'package.json', 'dist/third-party-notices.txt', 'dist/types/index.d.ts'],
      ...documents.map((file) => `docs/${file}`),
      ...compiled,
      ...program
    ].sort()
  )
})

test('the tarball has less than 1.5 MB', () => {
  const { size } = statSync(project.path(project.tarball))
  console.log(`The tarball has ${size} bytes.`)
  expect(size).toBeLessThan(MAX_TARBALL)
})

test('the package depends only on the framework, and on liquidjs, which the framework needs but does not declare', () => {
  const { dependencies } = JSON.parse(readFileSync(project.path(`node_modules/${NAME}/package.json`), 'utf8')) as {
    dependencies: object
  }
  expect(Object.keys(dependencies)).toEqual(['@segment/actions-core', 'liquidjs'])
})

test('the package delivers an event in a project that requires it', async () => {
  const sandbox = createSandbox()
  const server = serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 0 })
  afterTest(() => server.close())
  await once(server, 'listening')
  // The other process loads this script first. It sends requests for Topsort to the sandbox.
  buildSync({
    stdin: {
      contents: `import { routeHost } from './net/route-host'; routeHost('api.topsort.com', Number(process.env.SANDBOX_PORT))`,
      resolveDir: join(__dirname, '../../src/workbench')
    },
    bundle: true,
    platform: 'node',
    outfile: project.path('preload.cjs')
  })
  await project.write(
    'deliver.cjs',
    `const { Destination } = require('@segment/actions-core')
     const { default: topsort } = require('${NAME}')

     const event = {
       messageId: 'm-1',
       type: 'track',
       event: 'Product Clicked',
       timestamp: '2025-01-31T12:00:00.000Z',
       anonymousId: 'u-1',
       properties: { product_id: 'p-1', resolvedBidId: 'bid-1' }
     }
     new Destination(topsort).onEvent(event, { api_key: 'TSE_installed', subscriptions: topsort.presets })`
  )

  await project.run(process.execPath, ['--require', './preload.cjs', 'deliver.cjs'], {
    SANDBOX_PORT: String((server.address() as AddressInfo).port)
  })

  expect(sandbox.ledger()).toEqual({
    impressions: [],
    clicks: [
      {
        id: 'm-1',
        occurredAt: '2025-01-31T12:00:00.000Z',
        opaqueUserId: 'u-1',
        resolvedBidId: 'bid-1',
        entity: { type: 'product', id: 'p-1' }
      }
    ],
    purchases: [],
    pageviews: [],
    links: []
  })
})

/** The versions of TypeScript that the types are checked with, and their compilers. */
const COMPILERS: [string, () => string][] = [
  ['5.5', () => project.path('node_modules/typescript/bin/tsc')],
  ['6', () => require.resolve('typescript/bin/tsc')]
]

test.each(COMPILERS)('the package has types for a strict project with TypeScript %s', async (version, compiler) => {
  await project.write(
    'consumer.ts',
    `import { Destination } from '@segment/actions-core'
     import topsort from '${NAME}'

     const destination = new Destination(topsort)
     export const name: 'cloud' | 'device' | 'warehouse' = topsort.mode
     export const results: Promise<unknown> = destination.onEvent({ messageId: 'm-1', type: 'track' }, { api_key: 'TSE_1' })
     export const label: string = topsort.actions.purchase.fields.items.label
     // @ts-expect-error: the destination has a type, which is not string
     export const text: string = topsort`
  )

  expect(await project.run(process.execPath, [compiler(), '--version'])).toContain(`Version ${version}.`)
  const options = ['--strict', '--noEmit', '--target', 'ES2020', '--module', 'node16', '--types', 'node']
  expect(await project.run(process.execPath, [compiler(), ...options, 'consumer.ts'])).toBe('')
})

describe.each(COMPILERS)('With TypeScript %s', (_version, compiler) => {
  test.each([
    ['node16', 'node16'],
    ['es2022', 'bundler']
  ])('the types compile alone with --module %s and --moduleResolution %s', async (module, resolution) => {
    await project.write(
      'types.ts',
      `import type { Click, ClickPayload, DeliveryRow, Finding, PreflightReport, Settings } from '${NAME}/types'

       export const settings: Settings = { api_key: 'TSE_1' }
       export const code = (row: DeliveryRow): string | undefined => row.reason?.code
       export const isLoss = ({ severity }: Finding): boolean => severity === 'loses money'
       export const clicks = ({ sent }: PreflightReport): number => sent.clicks
       export const bid = (click: Click, payload: ClickPayload): boolean => click.resolvedBidId === payload.resolvedBidId
       // @ts-expect-error: there is no such severity
       export const wrong = ({ severity }: Finding): boolean => severity === 'loses nothing'`
    )
    const options = ['--strict', '--skipLibCheck', 'false', '--noEmit', '--target', 'ES2020', '--lib', 'ES2020']
    // An empty folder of types hides those of Node, so nothing but the language is known.
    const alone = ['--typeRoots', 'no-types', '--module', module, '--moduleResolution', resolution]
    expect(
      await project.run(process.execPath, [compiler(), ...options, ...alone, '--listFiles', 'types.ts'])
    ).not.toMatch(/@types\/|actions-core/)
  })
})
