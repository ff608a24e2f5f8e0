/**
 * Checks that the destination's folder passes in Segment's repository. Copies the folder into a project with the
 * compiler, linter, formatter and test runner of that repository (`test/drop-in/project`), and runs them there.
 *
 * Passes its arguments to Jest. Use absolute paths, because Jest runs in that project. For example:
 * `npm run check:drop-in -- --json --outputFile=/tmp/results.json`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { findStrayImports } from './drop-in-imports'

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

function checkImports(): boolean {
  const stray = findStrayImports(join(ROOT, DESTINATION))
  for (const line of stray) console.error(line)
  return stray.length === 0
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

  await step('imports', checkImports)
  if (await step('npm ci', () => run(project, 'npm', 'ci', '--no-audit', '--no-fund'))) {
    await step('tsc', () => run(project, program('tsc')))
    await step('eslint', () => run(project, program('eslint'), '--ext', '.ts', '--max-warnings', '0', DESTINATION))
    await step('prettier', () => run(project, program('prettier'), '--check', DESTINATION))
    await step('jest', () => run(project, program('jest'), ...jestArguments))
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
