import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Program } from '../../../../test/support/program'

/** A replay in its own process. */
export type ReplayProcess = {
  child: ChildProcess
  /** Resolves when the process has ended. `code` is null if it was killed. */
  ended: Promise<{ code: number | null; out: string; err: string }>
}

/** Starts the command. `shell` runs before it, such as `ulimit -f 8;`. */
export function startReplay(
  program: Program,
  args: readonly string[],
  { env = {}, shell }: { env?: NodeJS.ProcessEnv; shell?: string } = {}
): ReplayProcess {
  const options = { env: { ...process.env, TOPSORT_API_KEY: '', ...env } }
  const command = [program.file, 'replay', ...args]
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
