import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Program } from '../../../../test/support/program'

/** A command in its own process. */
export type CommandProcess = {
  child: ChildProcess
  /** Resolves when the process has ended. `code` is null if it was killed. */
  ended: Promise<{ code: number | null; out: string; err: string }>
}

type Options = {
  env?: NodeJS.ProcessEnv
  /** Runs before the command, such as `ulimit -f 8;`. */
  shell?: string
}

/** Starts a replay. */
export function startReplay(program: Program, args: readonly string[], options?: Options): CommandProcess {
  return startCommand(program, ['replay', ...args], options)
}

/** Starts a command of the program. */
export function startCommand(
  program: Program,
  args: readonly string[],
  { env = {}, shell }: Options = {}
): CommandProcess {
  const options = { env: { ...process.env, TOPSORT_API_KEY: '', ...env } }
  const command = [program.file, ...args]
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
