import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { buildSync } from 'esbuild'

/** A replay in its own process. */
export type ReplayProcess = {
  child: ChildProcess
  /** Resolves when the process has ended. `code` is null if it was killed. */
  ended: Promise<{ code: number | null; out: string; err: string }>
}

const MAIN = join(__dirname, '../../../src/cli/main.ts')

/** Bundles the command into one file, because compiling it takes seconds at each start. */
export function bundleReplay(folder: string): string {
  const outfile = join(folder, 'replay.cjs')
  buildSync({
    entryPoints: [MAIN],
    bundle: true,
    platform: 'node',
    outfile,
    external: ['@aws-sdk/*', 'esbuild'],
    // ES modules read their own URL.
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href" },
    logLevel: 'error'
  })
  return outfile
}

/** Starts the command. `shell` runs before it, such as `ulimit -f 8;`. */
export function startReplay(
  bundle: string,
  args: readonly string[],
  { env = {}, shell }: { env?: NodeJS.ProcessEnv; shell?: string } = {}
): ReplayProcess {
  const options = { env: { ...process.env, TOPSORT_API_KEY: '', ...env } }
  const command = [bundle, 'replay', ...args]
  const child =
    shell === undefined
      ? spawn(process.execPath, command, options)
      : spawn('bash', ['-c', `${shell} exec "$@"`, 'bash', process.execPath, ...command], options)
  child.stdin.end()
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]) => ({
      code: code as number | null,
      out,
      err
    })
  )
  return { child, ended }
}
