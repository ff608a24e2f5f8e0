/**
 * Runs the package on several versions of Node: `npm run check:node`. These are the oldest and the newest version of each
 * supported line, and the newest version of all. They come from the npm registry, about 50 MB for each. With arguments, it
 * runs only on those versions: `npm run check:node -- 22 26.1.0`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import { engines, name } from '../package.json'

const ROOT = path.join(__dirname, '..')
const TABLES = path.join(ROOT, 'src/archive/read/__tests__/tables')

/** What Topsort would receive from `events.jsonl`, and from the tables with the same events. */
const SENT = { impressions: 12, clicks: 4, purchases: 3, pageviews: 4 }

/** A program that takes longer has failed. Milliseconds. */
const TIMEOUT_MS = 120_000

/** A folder that is empty except for the tarball of the package, and the variables that make it use one version of Node. */
type Place = { folder: string; tarball: string; env: NodeJS.ProcessEnv }

/** Returns the oldest and the newest version of each range in `engines`, and the newest version of all. */
function supportedVersions(): string[] {
  const ranges = engines.node.split(' || ').map((range) => range.replace(/^\D+/, '').split('.'))
  return [...ranges.flatMap(([major, minor = '0', patch = '0']) => [`${major}.${minor}.${patch}`, major]), 'latest']
}

/** Runs a program to its end. Returns its exit code and its output. */
function run({ folder, env }: Place, program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: TIMEOUT_MS
  })
  return { status, stdout, stderr }
}

/** Runs a command of the package with npx. */
function runCommand(place: Place, ...args: string[]) {
  return run(place, 'npx', '--yes', place.tarball, ...args)
}

/** What the package does, and a check that throws if it does not. */
const CHECKS: [string, (place: Place) => void | Promise<void>][] = [
  ['start opens the page, and credits an order of the real SDKs', checkStart],
  ['preflight reads JSON Lines with gzip', checkSent('preflight', 'events.jsonl.gz')],
  ['preflight reads CSV', checkSent('preflight', path.join(TABLES, 'csv'))],
  ['preflight reads Parquet with Snappy', checkSent('preflight', path.join(TABLES, 'parquet-snappy'))],
  ['preflight reads Parquet with zstd', checkSent('preflight', path.join(TABLES, 'parquet-zstd'))],
  ['suggest writes mappings that preflight takes', checkSuggest],
  ['replay shows its plan', checkSent('replay', 'events.jsonl.gz')],
  ['a project requires the definition', checkRequire]
]

function expect(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return
  throw new Error(`Expected ${JSON.stringify(expected)}, but got ${JSON.stringify(actual)}`)
}

/** Runs preflight, or replay without a place to deliver to, and compares what Topsort would receive. */
function checkSent(command: 'preflight' | 'replay', ...args: string[]) {
  return (place: Place): void => {
    const { stdout } = runCommand(place, command, ...args, '--json')
    expect((JSON.parse(stdout) as { sent: unknown }).sent, SENT)
  }
}

function checkSuggest(place: Place): void {
  expect(runCommand(place, 'suggest', 'events.jsonl.gz', '--out', 'mappings.json').status, 0)
  checkSent('preflight', 'events.jsonl.gz', '--mappings', 'mappings.json')(place)
}

function checkRequire(place: Place): void {
  run(place, 'npm', 'install', '--no-audit', '--no-fund', place.tarball)
  expect(run(place, 'node', '--print', `require('${name}').default.slug`).stdout, 'actions-topsort\n')
}

async function checkStart(place: Place): Promise<void> {
  const { folder, tarball, env } = place
  // A process group of its own, because npx starts the workbench as another process.
  const workbench = spawn('npx', ['--yes', tarball, 'start'], { cwd: folder, env, detached: true })
  const ended = once(workbench, 'exit')
  try {
    const early = ended.then(() => Promise.reject(new Error('The workbench ended at once.')))
    const [line] = (await Promise.race([once(workbench.stdout, 'data'), early])) as [Buffer]
    const url = /http:\/\/localhost:\d+/.exec(line.toString())?.[0] ?? ''
    for (const file of ['/', '/shop']) expect((await fetch(url + file)).status, 200)

    const { status, stdout } = run(
      { ...place, env: { ...env, SEGMENT_HOST: url } },
      'node',
      path.join(ROOT, 'examples/loop.mjs')
    )
    expect({ status, credit: /^credited.* to the click/m.test(stdout) }, { status: 0, credit: true })
  } finally {
    if (workbench.exitCode === null && workbench.pid !== undefined) process.kill(-workbench.pid, 'SIGTERM')
    await ended
  }
}

/** Installs Node in a folder. Returns the folder of its program, and its version. */
function installNode(version: string, folder: string): { programs: string; exact: string } {
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }')
  const args = ['install', '--no-audit', '--no-fund', `node@${version}`]
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' })
  const programs = path.join(folder, 'node_modules/node/bin')
  const { stdout } = spawnSync(path.join(programs, 'node'), ['--version'], { encoding: 'utf8' })
  if (status !== 0 || !stdout) throw new Error(`Node ${version} could not be installed: ${stderr}`)
  return { programs, exact: stdout.trim() }
}

/** Runs all checks on one version of Node. Returns how many failed. */
async function checkVersion(version: string, folder: string, packed: string): Promise<number> {
  const { programs, exact } = installNode(version, path.join(folder, `node-${version}`))
  console.log(`\nNode ${exact} (${version})`)
  const place: Place = {
    folder: mkdtempSync(path.join(folder, 'empty-')),
    tarball: `./${path.basename(packed)}`,
    env: { ...process.env, PATH: `${programs}${path.delimiter}${process.env.PATH}`, PORT: '0', NODE_OPTIONS: undefined }
  }
  copyFileSync(packed, path.join(place.folder, place.tarball))
  const events = readFileSync(path.join(TABLES, 'events.jsonl'))
  writeFileSync(path.join(place.folder, 'events.jsonl.gz'), gzipSync(events))
  expect(run(place, 'node', '--version').stdout.trim(), exact)

  let failed = 0
  for (const [title, check] of CHECKS) {
    try {
      await check(place)
      console.log(`  ok      ${title}`)
    } catch (error) {
      failed += 1
      console.log(`  FAILED  ${title}: ${String(error)}`)
    }
  }
  return failed
}

async function main(asked: string[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'node-versions-'))
  try {
    spawnSync('npm', ['pack', ROOT], { cwd: folder, stdio: 'ignore' })
    const packed = path.join(folder, String(readdirSync(folder).find((file) => file.endsWith('.tgz'))))
    const versions = asked.length > 0 ? asked : supportedVersions()
    let failed = 0
    for (const version of versions) failed += await checkVersion(version, folder, packed)
    console.log(`\nRan the package on these versions of Node: ${versions.join(', ')}. Checks that failed: ${failed}.`)
    if (failed > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

void main(process.argv.slice(2))
