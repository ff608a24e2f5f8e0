/**
 * Checks that the destination's folder passes in Segment's repository. Copies the folder into a project with the
 * compiler, linter, formatter and test runner of that repository (`test/drop-in/project`), and runs them there.
 *
 * Passes its arguments to Jest. Use absolute paths, because Jest runs in that project. For example:
 * `npm run check:drop-in -- --json --outputFile=/tmp/results.json`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { compile } from 'json-schema-to-typescript'
import { findStrayImports } from './drop-in-imports'
import { findSecrets } from './drop-in-secrets'
import { toTypeFiles } from './type-files'

const ROOT = join(__dirname, '..')
const PROJECT = join(ROOT, 'test/drop-in/project')
const DESTINATION = 'src/destinations/topsort'

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort()
  })
}

/** Runs a program in a folder and shows its output. Returns whether it succeeded. */
async function run(cwd: string, toProgram: string, ...args: string[]): Promise<boolean> {
  const child = spawn(toProgram, args, {
    cwd,
    env: { ...process.env, TZ: 'UTC' },
    stdio: 'inherit',
    signal: interrupted.signal
  })
  const [status] = (await once(child, 'exit')) as [number | null]
  return status === 0
}

/** Prints the problems. Returns whether there are none. */
function report(problems: string[]): boolean {
  for (const line of problems) console.error(line)
  return problems.length === 0
}

/** Generates the types with the compiler of Segment's repository, whose CI compares the bytes. */
async function checkTypes(project: string): Promise<boolean> {
  const segments = createRequire(join(project, 'package.json'))('json-schema-to-typescript') as {
    compile: typeof compile
  }
  const stale = [...(await toTypeFiles(segments.compile))].filter(
    ([file, content]) => readFileSync(join(project, DESTINATION, file), 'utf8') !== content
  )
  return report(stale.map(([file]) => `${file} differs from what Segment's repository generates`))
}

/** Runs all steps, even after one fails. Only a failed `npm ci` stops it. Returns whether all steps passed. */
async function checkIn(project: string, jestArguments: string[]): Promise<boolean> {
  const failed: string[] = []
  const step = async (title: string, check: () => boolean | Promise<boolean>): Promise<boolean> => {
    console.log(`\n-- ${title}`)
    const ok = await check()
    if (!ok) failed.push(title)
    return ok
  }
  const program = (name: string): string => join(project, 'node_modules/.bin', name)

  await step('imports', () => report(findStrayImports(join(ROOT, DESTINATION))))
  await step('secrets', () => report(findSecrets(join(ROOT, DESTINATION))))
  if (await step('npm ci', () => run(project, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'))) {
    await step('tsc', () => run(project, program('tsc')))
    await step('tsc, the build', () => run(project, program('tsc'), '-p', 'tsconfig.build.json'))
    await step('generated types', () => checkTypes(project))
    await step('eslint', () => run(project, program('eslint'), '--ext', '.ts', '--max-warnings', '0', DESTINATION))
    await step('prettier', () => run(project, program('prettier'), '--check', DESTINATION))
    await step('jest', () => run(project, program('jest'), '--coverage', ...jestArguments))
  }
  console.log(failed.length > 0 ? `\nThe drop-in fails: ${failed.join(', ')}` : '\nThe drop-in passes.')
  return failed.length === 0
}

async function main(): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), 'drop-in-'))
  try {
    cpSync(PROJECT, project, { recursive: true, filter: (path) => basename(path) !== 'node_modules' })
    cpSync(join(ROOT, DESTINATION), join(project, DESTINATION), { recursive: true })
    if (!(await checkIn(project, process.argv.slice(2)))) process.exitCode = 1
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

void main()
